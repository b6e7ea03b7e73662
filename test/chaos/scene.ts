/** What all runs share: people, a cohort, a job, and the run that nothing disturbs. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeCohort, writePopulation } from '../../src/synth/write-files.ts';
import { runCli, type Variables } from '../support/cli.ts';
import { startSimulatorProcess } from '../support/simulator-process.ts';

export interface Scene {
  readonly folder: string;
  readonly population: string;
  readonly input: string;
  readonly job: string;
  /** The directory of the run that nothing disturbed. */
  readonly reference: string;
  readonly rows: number;
  /** The requests that it took. */
  readonly requests: number;
  readonly variables: Variables;
}

const TODAY = '20261122';

/** A request that hangs is given up soon, so that a run of a minute can hold some. */
const JOB = `name: chaos
purpose: Runs that are disturbed
policy: verify
timeout_seconds: 8
`;

/** The seed makes the people too. `queueUrl` is for the reference run. */
export async function setScene(
  folder: string,
  {
    seed,
    rows,
    queueUrl,
  }: { readonly seed: string; readonly rows: number; readonly queueUrl: string },
): Promise<Scene> {
  mkdirSync(folder, { recursive: true });
  const population = join(folder, 'population.csv');
  const input = join(folder, 'cohort.csv');
  const job = join(folder, 'chaos.yaml');
  writeFileSync(job, JOB);
  await writePopulation(population, { seed, count: Math.max(1000, rows * 2), today: TODAY });
  await writeCohort(input, join(folder, 'cohort.truth.csv'), {
    ...{ seed, style: 'nightly', count: rows, today: TODAY },
    populationPath: population,
  });
  const variables = { NHS_TRACE_KEY: randomBytes(32).toString('base64') };
  const reference = join(folder, 'reference');
  const simulator = await startSimulatorProcess({ folder, population });
  const ended = await runCli(
    [
      ...['run', input, '--job', job, '--out', reference, '--endpoint', simulator.url],
      ...['--queue', queueUrl, '--rate', '100000', '--concurrency', '20'],
    ],
    variables,
  );
  await simulator.stop();
  if (ended.code !== 0)
    throw new Error(`the reference run ended with ${ended.code}: ${ended.stderr}`);
  const requests = simulator.journal().length;
  return { folder, population, input, job, reference, rows, requests, variables };
}
