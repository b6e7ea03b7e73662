/**
 * Whether the rate is kept, and whether it is used: for each rate and number of worker processes, the
 * most requests in any second and the achieved share, by the simulator's clock: the one from the first
 * request on, the other once the connections stand. Ends with 1 when the simulator saw more than the
 * rate in any second.
 *
 *   npm run bench throttle [-- --queue redis,embedded --rates 5,20,100,500 --workers 1,2,4 --seconds 20]
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, getPriority, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import type { JournalEntry } from '../../src/simulator/journal.ts';
import { writeCohort, writePopulation } from '../../src/synth/write-files.ts';
import { endProcesses, startCli, until, type Variables } from '../support/cli.ts';
import { meanRate, mostInAnySecond } from '../support/pace-measure.ts';
import { hasRedis, startRedis } from '../support/redis-server.ts';
import { startSimulatorProcess } from '../support/simulator-process.ts';

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    queue: { type: 'string', default: hasRedis ? 'redis,embedded' : 'embedded' },
    rates: { type: 'string', default: '5,20,100,500' },
    workers: { type: 'string', default: '1,2,4' },
    seconds: { type: 'string', default: '20' },
    concurrency: { type: 'string', default: '20' },
  },
});
const numbers = (text: string): number[] => text.split(',').map(Number);
const seconds = Number(values.seconds);
const rates = numbers(values.rates);
const TODAY = '20261122';
const PEOPLE = 20_000;
/** Until then connections are made and code is compiled: the second column of shares begins here. */
const WARM_UP_MS = 2_000;

interface Case {
  readonly queue: string;
  readonly rate: number;
  readonly workers: number;
}

interface Measured {
  readonly requests: number;
  /** The most in any second, as the simulator saw them, and as they were written to the socket. */
  readonly mostSeen: number;
  readonly mostSent: number;
  readonly share: number;
  readonly warmShare: number;
  /** From the socket to the simulator's clock, in milliseconds: the ways, and the simulator's own stalls. */
  readonly transitMs: { readonly half: number; readonly most: number };
}

const folder = mkdtempSync(join(tmpdir(), 'nhs-trace-throttle-'));
try {
  const population = join(folder, 'population.csv');
  await writePopulation(population, { seed: 'throttle', count: PEOPLE, today: TODAY });
  const input = join(folder, 'people.csv');
  // More than can be sent in the time: the run is stopped, not finished.
  const rows = Math.ceil(Math.max(...rates) * (seconds + 10));
  await writeCohort(input, join(folder, 'truth.csv'), {
    seed: 'throttle',
    populationPath: population,
    count: rows,
    style: 'nightly',
    today: TODAY,
  });
  const redis = hasRedis ? await startRedis() : undefined;
  const cases = values.queue
    .split(',')
    .flatMap((queue) =>
      (queue === 'redis' ? numbers(values.workers) : [1]).flatMap((workers) =>
        rates.map((rate): Case => ({ queue, rate, workers })),
      ),
    );
  console.log(
    `${cpus().length} x ${cpus()[0]?.model}, Node ${process.version}; mutual TLS, ${seconds} s each, simulator on the same machine`,
  );
  console.log(
    row([
      'queue',
      'workers',
      'rate',
      'requests',
      'most in a second',
      'as sent',
      'share',
      'warm',
      'transit ms',
      'at most',
    ]),
  );
  for (const one of cases) {
    const measured = await measure(one, population, input, redis?.url ?? '');
    if (measured.mostSeen > one.rate) process.exitCode = 1;
    console.log(
      row([
        one.queue,
        one.workers,
        one.rate,
        measured.requests,
        measured.mostSeen,
        measured.mostSent,
        percent(measured.share),
        percent(measured.warmShare),
        measured.transitMs.half.toFixed(1),
        measured.transitMs.most.toFixed(1),
      ]),
    );
  }
  await redis?.stop();
} finally {
  await endProcesses();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(
  { queue, rate, workers }: Case,
  population: string,
  input: string,
  redisUrl: string,
): Promise<Measured> {
  const simulator = await startSimulatorProcess({ folder, population, isTls: true });
  prefer(simulator.pid);
  const variables: Variables = {
    ...simulator.pem,
    NHS_TRACE_KEY: randomBytes(32).toString('base64'),
    ...(queue === 'redis' ? { NHS_TRACE_QUEUE_URL: redisUrl } : {}),
  };
  const alone = workers === 1;
  const helpers = Array.from({ length: alone ? 0 : workers }, () =>
    startCli(['worker', '--concurrency', values.concurrency, '--log-level', 'warn'], variables),
  );
  await Promise.all(helpers.map((helper) => helper.says('"worker"')));
  const out = mkdtempSync(join(folder, 'run-'));
  const run = startCli(
    [
      ...['run', input, '--endpoint', simulator.url, '--out', join(out, 'run')],
      ...['--rate', String(rate), '--concurrency', values.concurrency, '--log-level', 'warn'],
      ...['--workers', alone ? '1' : '0'],
    ],
    variables,
  );
  const begin = await until(() => simulator.journal()[0]?.at, 120_000);
  await until(() => Date.now() > begin + seconds * 1000, (seconds + 5) * 1000);
  const end = Date.now();
  run.kill('SIGTERM');
  const ended = await run.ended;
  if (ended.code !== 4) throw new Error(`the run ended with ${ended.code}: ${ended.stderr}`);
  for (const helper of helpers) helper.kill('SIGTERM');
  await Promise.all(helpers.map((helper) => helper.ended));
  await simulator.stop();
  return figures(
    simulator.journal().filter(({ at }) => at < end),
    sentTimes(join(out, 'run', 'ledger.sqlite')),
    rate,
  );
}

/** The provider is another machine in truth: where it is allowed, ours do not keep it from the processor. */
function prefer(pid: number): void {
  try {
    setPriority(pid, Math.max(-20, getPriority() - 10));
  } catch {
    // Only an administrator may. The column of stalls then tells.
  }
}

function figures(
  entries: readonly JournalEntry[],
  sent: ReadonlyMap<string, number>,
  rate: number,
): Measured {
  const times = entries.map(({ at }) => at);
  const begin = Math.min(...times);
  const transits = entries
    .flatMap(({ at, messageId }) => {
      const sentAt = sent.get(messageId ?? '');
      return sentAt === undefined ? [] : [at - sentAt];
    })
    .sort((a, b) => a - b);
  return {
    requests: times.length,
    mostSeen: mostInAnySecond(times),
    mostSent: mostInAnySecond([...sent.values()]),
    share: meanRate(times) / rate,
    warmShare: meanRate(times.filter((at) => at - begin > WARM_UP_MS)) / rate,
    transitMs: {
      half: transits[Math.floor(transits.length / 2)] ?? 0,
      most: transits.at(-1) ?? 0,
    },
  };
}

/** Message id to when it was sent, by the clock of whoever sent it. */
function sentTimes(ledger: string): ReadonlyMap<string, number> {
  const db = new DatabaseSync(ledger, { readOnly: true });
  const found = db.prepare('SELECT message_id, sent_at FROM request').all();
  db.close();
  return new Map(found.map((line) => [String(line['message_id']), Number(line['sent_at'])]));
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function row(cells: readonly (string | number)[]): string {
  const widths = [9, 8, 5, 9, 17, 8, 8, 8, 11, 8];
  return cells.map((cell, at) => String(cell).padStart(widths[at] ?? 8)).join(' ');
}
