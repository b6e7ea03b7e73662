/**
 * Rows a second of the whole pipeline, without a rate limit, beside the thinnest client that makes
 * the same calls against the same simulator, in turn, in one run.
 *
 *   npm run bench [-- --rows 5000 --embedded-rows 1000 --concurrency 20 --rounds 3]
 */

import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeCohort, writePopulation } from '../../src/synth/write-files.ts';
import { endProcesses, runCli, startProcess } from '../support/cli.ts';
import { hasRedis, startRedis } from '../support/redis-server.ts';
import { startSimulatorProcess } from '../support/simulator-process.ts';

if (process.argv[2] === 'throttle') {
  await import('./throttle.ts');
  process.exit();
}

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '5000' },
    'embedded-rows': { type: 'string', default: '1000' },
    concurrency: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '3' },
  },
});
const rounds = Number(values.rounds);
const TODAY = '20261122';
const PEOPLE = 20_000;
/** So high that it never holds anything back. */
const NO_LIMIT = '100000';

interface Timed {
  readonly requests: number;
  readonly seconds: number;
  readonly peakRssBytes: number;
}

const folder = mkdtempSync(join(tmpdir(), 'nhs-trace-bench-'));
try {
  const population = join(folder, 'population.csv');
  await writePopulation(population, { seed: 'bench', count: PEOPLE, today: TODAY });
  const cohort = async (rows: number): Promise<string> => {
    const path = join(folder, `${rows}.csv`);
    await writeCohort(path, `${path}.truth`, {
      seed: 'bench',
      populationPath: population,
      count: rows,
      style: 'nightly',
      today: TODAY,
    });
    return path;
  };
  const simulator = await startSimulatorProcess({ folder, population, isTls: true });
  const redis = hasRedis ? await startRedis() : undefined;
  const key = { NHS_TRACE_KEY: randomBytes(32).toString('base64') };

  const thin = async (input: string): Promise<Timed> => {
    const script = resolve(import.meta.dirname, 'thin-client.ts');
    const client = startProcess(
      process.execPath,
      [script, input, simulator.url, values.concurrency],
      simulator.pem,
    );
    await client.ended;
    return JSON.parse(client.stdout());
  };
  let runs = 0;
  const pipeline = async (input: string, queue: string): Promise<Timed> => {
    runs += 1;
    const out = join(folder, `run-${runs}`);
    const ended = await runCli(
      [
        'run',
        input,
        '--endpoint',
        simulator.url,
        '--queue',
        queue,
        '--out',
        out,
        '--rate',
        NO_LIMIT,
        '--concurrency',
        values.concurrency,
        '--log-level',
        'warn',
      ],
      { ...simulator.pem, ...key },
    );
    if (ended.code !== 0) throw new Error(`the run ended with ${ended.code}: ${ended.stderr}`);
    const summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'));
    const { started_at, finished_at } = summary.timing;
    return {
      requests: summary.requests.sent,
      seconds: (Date.parse(finished_at) - Date.parse(started_at)) / 1000,
      peakRssBytes: summary.resources.peak_rss_bytes,
    };
  };

  console.log(
    `${cpus().length} x ${cpus()[0]?.model}, Node ${process.version}; mutual TLS, ${values.concurrency} requests in flight, ${rounds} rounds in turn`,
  );
  const compare = async (name: string, rows: number, queue: string): Promise<void> => {
    const input = await cohort(rows);
    await thin(input);
    const pairs: { readonly thin: Timed; readonly whole: Timed }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      pairs.push({ thin: await thin(input), whole: await pipeline(input, queue) });
    }
    const perSecond = ({ requests, seconds }: Timed): number => requests / seconds;
    const ratio = median(pairs.map((pair) => perSecond(pair.whole) / perSecond(pair.thin)));
    console.log(
      [
        name.padEnd(9),
        `${rows} rows`,
        `thinnest ${Math.round(median(pairs.map((pair) => perSecond(pair.thin))))}/s`,
        `pipeline ${Math.round(median(pairs.map((pair) => perSecond(pair.whole))))}/s`,
        `ratio ${ratio.toFixed(2)}`,
        `peak memory ${Math.round(Math.max(...pairs.map((pair) => pair.whole.peakRssBytes)) / 1e6)} MB (thinnest ${Math.round(Math.max(...pairs.map((pair) => pair.thin.peakRssBytes)) / 1e6)} MB)`,
      ].join('  '),
    );
  };
  if (redis === undefined)
    console.log('redis-server is not on the PATH: only the embedded queue is measured');
  else await compare('Redis', Number(values.rows), redis.url);
  await compare('embedded', Number(values['embedded-rows']), 'embedded');
  await redis?.stop();
  await simulator.stop();
} finally {
  await endProcesses();
  rmSync(folder, { recursive: true, force: true });
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
