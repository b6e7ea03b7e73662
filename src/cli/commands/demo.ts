import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readEnvironment } from '../../config/load-env.ts';
import type { CommandContext } from '../command-context.ts';
import { runCommand } from './run.ts';
import { SAMPLE_POPULATION } from './simulate.ts';

const SAMPLE_COHORT = fileURLToPath(
  new URL('../../../samples/nightly-data-quality.csv', import.meta.url),
);
const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

/** What a local simulator can well bear; a real provider sets its own. */
const DEMO_RATE = 50;

/**
 * The whole thing on invented people: the sample cohort against the simulator, over mutual TLS with
 * certificates made for the occasion. Gives the exit code.
 */
export async function demoCommand(
  options: { readonly out?: string },
  context: CommandContext,
): Promise<number> {
  const certificates = mkdtempSync(join(tmpdir(), 'nhs-trace-demo-'));
  const simulator = spawn(
    process.execPath,
    [MAIN, 'simulate', '--population', SAMPLE_POPULATION, '--certificates', certificates],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    context.print(
      'Tracing samples/nightly-data-quality.csv against a simulator on this machine.\n',
    );
    const url = await listeningUrl(simulator);
    const environment = readEnvironment({
      NHS_TRACE_ENDPOINT: url,
      NHS_TRACE_TLS_CERT: join(certificates, 'client.pem'),
      NHS_TRACE_TLS_KEY: join(certificates, 'client-key.pem'),
      NHS_TRACE_TLS_CA: join(certificates, 'ca.pem'),
    });
    return await runCommand(
      SAMPLE_COHORT,
      { rate: DEMO_RATE, ...options },
      { ...context, environment: () => environment },
    );
  } finally {
    simulator.kill();
    rmSync(certificates, { recursive: true, force: true });
  }
}

/** The simulator's one line on stdout. Rejects when it ends without one; its own words are on stderr. */
async function listeningUrl(simulator: ChildProcess): Promise<string> {
  if (simulator.stdout === null) throw new Error('the simulator has no stdout');
  const lines = createInterface({ input: simulator.stdout });
  const ended = once(simulator, 'exit').then(() => {
    throw new Error('the simulator did not start');
  });
  const [line] = await Promise.race([once(lines, 'line'), ended]);
  return String(JSON.parse(String(line)).url);
}
