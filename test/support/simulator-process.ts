/** `nhs-trace simulate` as a process of its own, with its journal. */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalEntry } from '../../src/simulator/journal.ts';
import { type Ended, startCli, type Variables } from './cli.ts';

export interface SimulatorProcess {
  readonly url: string;
  readonly pid: number;
  /** The environment of a client: its certificate and the authority. Empty without TLS. */
  readonly pem: Variables;
  readonly pfx: Variables;
  /** What it was asked so far, in the order of the answers. */
  journal(): readonly JournalEntry[];
  /** Ends it and gives what it said; the journal is then whole. */
  stop(): Promise<Ended>;
}

export interface SimulatorSetUp {
  /** Where its files go. */
  readonly folder: string;
  readonly population: string;
  /** Rules as they stand in a file of scripted faults, each a line of YAML. */
  readonly rules?: readonly string[];
  readonly isTls?: boolean;
  readonly args?: readonly string[];
}

export async function startSimulatorProcess(setUp: SimulatorSetUp): Promise<SimulatorProcess> {
  const folder = mkdtempSync(join(setUp.folder, 'simulator-'));
  const journalPath = join(folder, 'journal.ndjson');
  const certificates = join(folder, 'certificates');
  const faults = join(folder, 'faults.yaml');
  const rules = setUp.rules ?? [];
  writeFileSync(faults, rules.length === 0 ? 'rules: []' : `rules:\n  - ${rules.join('\n  - ')}\n`);
  const simulator = startCli([
    'simulate',
    ...['--population', setUp.population, '--journal', journalPath, '--faults', faults],
    ...(setUp.isTls === true ? ['--certificates', certificates] : []),
    ...(setUp.args ?? []),
  ]);
  await simulator.says('"pid"');
  const inCertificates = (name: string): string => join(certificates, name);
  const ca = { NHS_TRACE_TLS_CA: inCertificates('ca.pem') };
  return {
    url: String(JSON.parse(simulator.stdout()).url),
    pid: simulator.pid,
    pem: {
      ...ca,
      NHS_TRACE_TLS_CERT: inCertificates('client.pem'),
      NHS_TRACE_TLS_KEY: inCertificates('client-key.pem'),
    },
    pfx: {
      ...ca,
      NHS_TRACE_TLS_PFX: inCertificates('client.pfx'),
      NHS_TRACE_TLS_PASSPHRASE_FILE: inCertificates('client.passphrase'),
    },
    journal: () => readJournal(journalPath),
    stop: () => {
      simulator.kill('SIGTERM');
      return simulator.ended;
    },
  };
}

/** A line that is still being written is left out. */
function readJournal(path: string): JournalEntry[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as JournalEntry);
}
