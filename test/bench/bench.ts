/**
 * Rows a second of the whole pipeline, without a rate limit, beside the thinnest client that makes
 * the same calls against the same simulator, in turn, in one run; and what memory each process took.
 *
 *   npm run bench [-- --rows 10000,100000 --queue redis,embedded --workers 1 --concurrency 20
 *                     --latency 0 --rounds 3 --alone]
 *
 * `--workers 2` and more are processes of their own. `--latency`: milliseconds that the provider takes
 * for an answer at least. `--alone`: without the thinnest client.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeCohort, writePopulation } from '../../src/synth/write-files.ts';
import { endProcesses } from '../support/cli.ts';
import { hasRedis } from '../support/redis-server.ts';
import { startSimulatorProcess } from '../support/simulator-process.ts';
import { measureRun, measureThinClient, type Provider, type WholeRun } from './measure.ts';

const [, , other] = process.argv;
if (other === 'throttle' || other === 'nights') {
  await import(`./${other}.ts`);
  process.exit();
}

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000' },
    queue: { type: 'string', default: 'redis,embedded' },
    workers: { type: 'string', default: '1' },
    concurrency: { type: 'string', default: '20' },
    latency: { type: 'string', default: '0' },
    rounds: { type: 'string', default: '3' },
    alone: { type: 'boolean', default: false },
  },
});
const TODAY = '20261122';
/** As many people as rows, so that hardly two rows are the same person; the 999 range has no more. */
const [FEWEST_PEOPLE, MOST_PEOPLE] = [20_000, 900_000];

const HEADINGS =
  'queue | rows | workers | requests/s | thinnest | ratio | ingest s | trace s | reconcile s | peak MB: run | each worker | Redis';
const numbers = (text: string): number[] => text.split(',').map(Number);
const line = (cells: readonly (string | number)[]): void => console.log(`| ${cells.join(' | ')} |`);

const folder = mkdtempSync(join(tmpdir(), 'nhs-trace-bench-'));
try {
  console.log(
    `${cpus().length} x ${cpus()[0]?.model}, Node ${process.version}; mutual TLS, ${values.concurrency} requests in flight for each worker, answers after ${values.latency} ms and more, median of ${values.rounds} rounds\n`,
  );
  console.log(`| ${HEADINGS} |\n|${HEADINGS.replace(/[^|]+/g, '---')}|`);
  for (const rows of numbers(values.rows)) await compareWith(rows);
} finally {
  await endProcesses();
  rmSync(folder, { recursive: true, force: true });
}

async function compareWith(rows: number): Promise<void> {
  const population = join(folder, `population-${rows}.csv`);
  const input = join(folder, `${rows}.csv`);
  const count = Math.min(MOST_PEOPLE, Math.max(FEWEST_PEOPLE, rows));
  const common = { seed: 'bench', today: TODAY };
  await writePopulation(population, { ...common, count });
  const cohort = { ...common, populationPath: population, count: rows, style: 'nightly' } as const;
  await writeCohort(input, `${input}.truth`, cohort);
  const args = ['--latency', values.latency];
  const simulator = await startSimulatorProcess({ folder, population, isTls: true, args });
  for (const queue of values.queue.split(',')) {
    if (queue === 'redis' && !hasRedis) console.log('redis-server is not on the PATH');
    else
      for (const workers of numbers(values.workers))
        await compare(queue, workers, input, rows, simulator);
  }
  await simulator.stop();
}

async function compare(
  queue: string,
  workers: number,
  input: string,
  rows: number,
  simulator: Provider,
): Promise<void> {
  if (queue === 'embedded' && workers > 1) return;
  const { concurrency } = values;
  const thinnest: number[] = [];
  const whole: WholeRun[] = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    if (!values.alone) thinnest.push(await measureThinClient({ input, simulator, concurrency }));
    whole.push(await measureRun({ folder, input, simulator, queue, workers, concurrency }));
  }
  const mid = (of: (run: WholeRun) => number): number => median(whole.map(of));
  const most = (of: (run: WholeRun) => number): number =>
    Math.round(Math.max(...whole.map(of)) / 1e6);
  const ratios = thinnest.map((perSecond, at) => (whole[at]?.perSecond ?? 0) / perSecond);
  line([
    ...[queue, rows, workers, Math.round(mid(({ perSecond }) => perSecond))],
    ...(values.alone ? ['', ''] : [Math.round(median(thinnest)), median(ratios).toFixed(2)]),
    ...[
      mid((run) => run.ingestSeconds),
      mid((run) => run.traceSeconds),
      mid((run) => run.reconcileSeconds),
    ].map((seconds) => seconds.toFixed(1)),
    most((run) => run.peakBytes),
    workers > 1 ? most((run) => run.peakWorkerBytes) : '',
    queue === 'redis' ? most((run) => run.peakRedisBytes) : '',
  ]);
}

function median(numbers_: readonly number[]): number {
  const sorted = numbers_.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
