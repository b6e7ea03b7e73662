import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '../../errors.ts';
import { type Certificates, makeCertificates } from '../../simulator/certificates.ts';
import { openJournal } from '../../simulator/journal.ts';
import { readPopulation } from '../../simulator/population-csv.ts';
import { readFaults } from '../../simulator/scripted-faults.ts';
import { SimulatorFileError } from '../../simulator/simulator-error.ts';
import type { TlsOptions } from '../../simulator/simulator-options.ts';
import { startSimulator } from '../../simulator/soap-server.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';

export const SAMPLE_POPULATION = fileURLToPath(
  new URL('../../../samples/population.csv', import.meta.url),
);

export interface SimulateOptions {
  readonly port?: number;
  readonly host?: string;
  readonly population?: string;
  readonly faults?: string;
  readonly journal?: string;
  readonly latency?: number;
  readonly lenient?: boolean;
  readonly certificates?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly tlsClientCa?: string;
}

/** A Spine Mini Service Provider for development, tests and training. Gives the exit code. */
export async function simulateCommand(
  options: SimulateOptions,
  context: CommandContext,
): Promise<number> {
  const tls = tlsOptions(options);
  const journal = options.journal === undefined ? undefined : await openJournal(options.journal);
  try {
    const simulator = await startSimulator({
      population: await readPopulation(options.population ?? SAMPLE_POPULATION),
      port: options.port,
      host: options.host,
      isStrict: options.lenient !== true,
      latencyMs: options.latency,
      tls,
      faults: options.faults === undefined ? undefined : await readFaults(options.faults),
      journal: journal?.write,
    });
    context.print(`${JSON.stringify({ url: simulator.url, pid: process.pid })}\n`);
    await new Promise<void>((resolve) => {
      if (context.signal.aborted) resolve();
      context.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await simulator.close();
    return EXIT.complete;
  } catch (error) {
    if (error instanceof SimulatorFileError) throw new ConfigError(error.message, { cause: error });
    throw error;
  } finally {
    await journal?.close();
  }
}

function tlsOptions(options: SimulateOptions): TlsOptions | undefined {
  const { tlsCert, tlsKey, tlsClientCa } = options;
  if (options.certificates !== undefined)
    return throwawayCertificates(options.certificates, options.host);
  if (tlsCert === undefined && tlsKey === undefined && tlsClientCa === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined || tlsClientCa === undefined) {
    throw new ConfigError(
      '--tls-cert, --tls-key and --tls-client-ca go together: TLS here is always mutual.',
    );
  }
  return { certificate: read(tlsCert), key: read(tlsKey), clientCa: read(tlsClientCa) };
}

/** Makes an authority, a server and a client for this one run, and leaves the client's part in `directory`. */
function throwawayCertificates(directory: string, host: string | undefined): TlsOptions {
  const made: Certificates = makeCertificates({ hosts: host === undefined ? [] : [host] });
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
  const write = (name: string, content: string | Buffer): void =>
    writeFileSync(join(directory, name), content, { mode: 0o600 });
  write('ca.pem', made.ca);
  write('client.pem', made.client.certificate);
  write('client-key.pem', made.client.key);
  write('client.pfx', made.client.pfx);
  write('client.passphrase', made.client.passphrase);
  return { certificate: made.server.certificate, key: made.server.key, clientCa: made.ca };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ConfigError(`cannot read ${path}.`, { cause });
  }
}
