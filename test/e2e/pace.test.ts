/** The agreed rate, the holds that a provider asks for, the hours and the daily limit, with several processes. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MINUTE_MS, wallTime } from '../../src/domain/wall-clock.ts';
import {
  MAIN,
  NODE,
  runCli,
  type StartedProcess,
  startCli,
  startProcess,
  until,
  type Variables,
} from '../support/cli.ts';
import { heedingModes, modesCount } from '../support/file-modes.ts';
import { mostInAnySecond } from '../support/pace-measure.ts';
import { hasRedis, type RedisServer, redisTest, startRedis } from '../support/redis-server.ts';
import {
  aCohort,
  aFolder,
  aPopulation,
  type Cohort,
  expectWholeRun,
  readOutputs,
} from '../support/runs.ts';
import { sentTimes } from '../support/sent-times.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../support/simulator-process.ts';

const ROWS = 120;
const RATE = 60;

const folder = aFolder();
const key = randomBytes(32).toString('base64');
let population: string;
let cohort: Cohort;
let server: RedisServer | undefined;

beforeAll(async () => {
  if (hasRedis) server = await startRedis();
  population = await aPopulation(folder, 1000);
  cohort = await aCohort(folder, population, 'nightly', ROWS);
});
afterAll(() => server?.stop());

describe.concurrent('told to wait, both workers wait, go on evenly by themselves, and no row loses an attempt:', () => {
  redisTest('503 with Retry-After', async () => {
    const { simulator, sent } = await aHeldRun('{ busy: { retry_after: 3 } }', 'HTTP-503');
    const entries = simulator.journal();
    const told = entries.find(({ httpStatus }) => httpStatus === 503)?.at ?? 0;
    // Those that were on their way go on; a busy machine may take long about it.
    const during = entries.filter(({ at }) => at > told + 1000 && at < told + 2990);
    expect(during).toEqual([]);
    expect(sent.filter((at) => at > told + 2990).length).toBeGreaterThan(20);
  });

  for (const [what, deed, code] of [
    ['503 without', '{ busy: {} }', 'HTTP-503'],
    ['429', '{ status: { code: 429 } }', 'HTTP-429'],
    ['ITK busy', '{ itk_fault: { code: 2100, at_status: 503 } }', 'HTTP-503'],
    ['SMSP-0004', '{ response_code: SMSP-0004 }', 'SMSP-0004'],
  ] as const) {
    redisTest(what, async () => {
      const { sent } = await aHeldRun(deed, code);
      const gaps = sent.slice(1).map((at, index) => at - (sent[index] ?? 0));
      // Back-off is a quarter of a second at least.
      expect(Math.max(...gaps)).toBeGreaterThan(200);
    });
  }
});

/** Two workers; the 30th to 33rd request are told to wait. One attempt is all that a request has. */
async function aHeldRun(deed: string, code: string) {
  const own = await startRedis();
  const simulator = await startSimulatorProcess({
    folder,
    population,
    rules: [`{ when: { requests: 30-33 }, do: ${deed} }`],
  });
  const workers = [1, 2].map(() => aWorker(own));
  const run = aRun(simulator, aJob('attempts: 1'), own, ['--workers', '0']);
  expect(await run.ended).toMatchObject({ code: 0 });
  await end(...workers);
  await Promise.all([simulator.stop(), own.stop()]);
  expectWholeRun(run.out, cohort, simulator.journal().length);
  const { summary } = readOutputs(run.out);
  expect(summary.exceptions.failed).toBe(0);
  expect(summary.requests.by_response_code[code]).toBe(4);
  expect(summary.requests.retried).toBe(4);
  const sent = sentTimes(run.out);
  expect(mostInAnySecond(sent)).toBeLessThanOrEqual(RATE);
  return { simulator, sent };
}

describe.concurrent('the sending hours', () => {
  for (const { queue, queueTest } of [
    { queue: 'embedded', queueTest: test },
    { queue: 'Redis', queueTest: redisTest },
  ]) {
    queueTest(
      `${queue}: outside them nothing is sent, the person is told, and Ctrl-C ends it`,
      async () => {
        const store = queue === 'Redis' ? server : undefined;
        const opensAtMs = Date.now() + 2 * 60 * MINUTE_MS;
        const simulator = await startSimulatorProcess({ folder, population });
        const workers = store === undefined ? [] : [aWorker(store)];
        const job = aJob(`window: ${timeOf(opensAtMs)}-${timeOf(opensAtMs + 60 * MINUTE_MS)}`);
        const run = aRun(simulator, job, store, store === undefined ? [] : ['--workers', '0']);
        const words = `waiting for the sending hours until ${timeOf(opensAtMs)}`;
        await Promise.all(
          [...workers, ...(store === undefined ? [run] : [])].map((one) => one.says(words)),
        );
        // Longer than the queue’s locks last, and than the feeder’s patience.
        await new Promise((resolve) => setTimeout(resolve, 17_000));

        const before = performance.now();
        run.kill('SIGINT');
        const ended = await run.ended;

        expect(performance.now() - before).toBeLessThan(5000);
        expect(ended).toMatchObject({ code: 4, signal: null });
        await end(...workers);
        await simulator.stop();
        expect(simulator.journal()).toEqual([]);
        for (const one of [run, ...workers])
          expect(one.stderr().split(words).length - 1).toBeLessThanOrEqual(1);
      },
    );
  }

  redisTest(
    'whoever waits goes on by himself when they begin',
    async () => {
      const opensAtMs = Math.ceil((Date.now() + 8_000) / MINUTE_MS) * MINUTE_MS;
      const simulator = await startSimulatorProcess({ folder, population });
      const workers = [aWorker(redis()), aWorker(redis())];
      const job = aJob(`window: ${timeOf(opensAtMs)}-${timeOf(opensAtMs + 60 * MINUTE_MS)}`);
      const run = aRun(simulator, job, redis(), ['--workers', '0']);

      expect(await run.ended).toMatchObject({ code: 0 });

      await end(...workers);
      await simulator.stop();
      expectWholeRun(run.out, cohort, simulator.journal().length);
      const sent = sentTimes(run.out);
      expect(sent[0]).toBeGreaterThan(opensAtMs - 5);
      expect(mostInAnySecond(sent)).toBeLessThanOrEqual(RATE);
    },
    120_000,
  );
});

describe.concurrent('the daily limit', () => {
  for (const { queue, queueTest } of [
    { queue: 'embedded', queueTest: test },
    { queue: 'Redis', queueTest: redisTest },
  ]) {
    queueTest(`${queue}: is never exceeded, also not by a resumed run`, async () => {
      const store = queue === 'Redis' ? server : undefined;
      const simulator = await startSimulatorProcess({ folder, population });
      const words = 'waiting: daily limit of 40 reached, goes on at 00:00';
      const run = aRun(simulator, aJob('daily_limit: 40'), store);
      await run.says(words);
      await until(() => simulator.journal().length === 40);
      run.kill('SIGINT');
      expect(await run.ended).toMatchObject({ code: 4 });

      const resumed = startCli(['resume', run.out], variablesOf(store));
      await resumed.says(words);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      resumed.kill('SIGINT');

      expect(await resumed.ended).toMatchObject({ code: 4 });
      await simulator.stop();
      expect(simulator.journal()).toHaveLength(40);
    });
  }
});

describe.concurrent('two runs at a time, each with its embedded queue, beside one another', () => {
  test('share the rate: the provider never sees more than one of them may send', async () => {
    const simulator = await startSimulatorProcess({ folder, population });
    const neighbours = [1, 2].map(() => aRun(simulator, aJob('attempts: 3'), undefined));
    const ends = await Promise.all(neighbours.map(({ ended }) => ended));
    await simulator.stop();
    expect(ends).toMatchObject([{ code: 0 }, { code: 0 }]);
    for (const { out } of neighbours) expectWholeRun(out, cohort);
    const requests = neighbours.map(({ out }) => readOutputs(out).summary.requests.sent);
    expect(requests.reduce((sum, sent) => sum + sent)).toBe(simulator.journal().length);
    const sent = neighbours.map(({ out }) => sentTimes(out));
    expect(overlap(sent)).toBeGreaterThan(ROWS / 2);
    expect(mostInAnySecond(sent.flat().sort((a, b) => a - b))).toBeLessThanOrEqual(RATE);
  });

  test('share the daily limit, also when one was not told of it', async () => {
    const simulator = await startSimulatorProcess({ folder, population });
    const free = aRun(simulator, aJob(''), undefined);
    expect(await free.ended).toMatchObject({ code: 0 });
    const before = simulator.journal().length;
    const limit = before + 15;
    const pair = [1, 2].map(() => aRun(simulator, aJob(`daily_limit: ${limit}`), undefined));
    const words = `waiting: daily limit of ${limit} reached, goes on at 00:00`;
    await Promise.all(pair.map((run) => run.says(words)));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    for (const run of pair) run.kill('SIGINT');
    expect(await Promise.all(pair.map(({ ended }) => ended))).toMatchObject([
      { code: 4 },
      { code: 4 },
    ]);
    await simulator.stop();
    // A place that a busy machine missed is free again when all others are spent, and both wait for midnight by then.
    expect(simulator.journal().length).toBeLessThanOrEqual(limit);
    expect(simulator.journal().length).toBeGreaterThan(limit - 5);
  });

  test('say so when the file they share is a link that somebody put there', async () => {
    const simulator = await startSimulatorProcess({ folder, population });
    const place = join(folder, 'linked');
    mkdirSync(place, { mode: 0o700 });
    symlinkSync(join(folder, 'elsewhere'), join(place, 'pace.sqlite'));
    const run = aRun(simulator, aJob(''), undefined, [], place);
    expect(await run.ended).toMatchObject({ code: 2 });
    await simulator.stop();
    expect(run.stderr()).toContain('pace.sqlite cannot be written');
    expect(simulator.journal()).toEqual([]);
  });
});

test('a run stops when the file of the pace is damaged under it, and goes on with a new one', async () => {
  const simulator = await startSimulatorProcess({ folder, population });
  const place = join(folder, 'damaged');
  const run = aRun(simulator, aJob(''), undefined, [], place);
  await until(() => simulator.journal().length > 5);
  const file = join(place, 'pace.sqlite');
  const other = new DatabaseSync(file, { timeout: 5_000 });
  other.exec('DROP TABLE place');
  other.close();
  expect(await run.ended).toMatchObject({ code: 5 });
  const said = run.stdout() + run.stderr();
  expect(said).toContain(`the pace of the runs cannot be kept in ${file}: no such table`);

  const refused = await runCli(['resume', run.out]);
  expect(refused).toMatchObject({ code: 2 });
  expect(refused.stderr).toContain(`${file} is a pace of the runs of another version`);
  rmSync(file);
  expect(await runCli(['resume', run.out])).toMatchObject({ code: 0 });
  await simulator.stop();
  expectWholeRun(run.out, cohort, simulator.journal().length);
});

test('the same while no place is due for long, so that it is met between requests', async () => {
  const simulator = await startSimulatorProcess({ folder, population });
  const place = join(folder, 'damaged-at-rest');
  const run = aRun(simulator, aJob(''), undefined, ['--rate', '0.4'], place);
  await until(() => simulator.journal().length === 1);
  const file = join(place, 'pace.sqlite');
  const other = new DatabaseSync(file, { timeout: 5_000 });
  other.exec('DROP TABLE place');
  other.close();
  const { code, stderr } = await run.ended;
  await simulator.stop();
  expect(stderr).toContain(`the pace of the runs cannot be kept in ${file}: no such table`);
  expect(stderr).toContain(`go on with: nhs-trace resume ${run.out}`);
  expect(stderr).not.toContain('    at ');
  expect(code).toBe(5);
});

test.skipIf(!modesCount)(
  'a run that may not write beside its directory keeps its pace by itself, and says so',
  async () => {
    const simulator = await startSimulatorProcess({ folder, population });
    const place = join(folder, 'not-writable');
    const out = join(place, 'run');
    mkdirSync(out, { recursive: true, mode: 0o700 });
    chmodSync(place, 0o500);
    const args = ['run', cohort.path, '--endpoint', simulator.url, '--job', aJob(''), '--out', out];
    const [command, ...rest] = heedingModes([NODE, MAIN, ...args]);
    const run = startProcess(command, rest, {});
    expect(await run.ended).toMatchObject({ code: 0 });
    await simulator.stop();
    expect(run.stderr()).toContain(
      `${join(place, 'pace.sqlite')} cannot be written, so this run keeps`,
    );
    expectWholeRun(out, cohort, simulator.journal().length);
    expect(mostInAnySecond(sentTimes(out))).toBeLessThanOrEqual(RATE);
    expect(readdirSync(place)).toEqual(['run']);
  },
);

/** How many of them lie between the first and the last of each run. */
function overlap(runs: readonly (readonly number[])[]): number {
  const from = Math.max(...runs.map((times) => Math.min(...times)));
  const to = Math.min(...runs.map((times) => Math.max(...times)));
  return runs.flat().filter((at) => at >= from && at <= to).length;
}

let jobs = 0;

function aJob(settings: string): string {
  jobs += 1;
  const path = join(folder, `job-${jobs}.yaml`);
  writeFileSync(path, `name: paced\nconcurrency: 5\nrate: ${RATE}\n${settings}\n`);
  return path;
}

let runs = 0;

function aRun(
  simulator: SimulatorProcess,
  job: string,
  store: RedisServer | undefined,
  args: readonly string[] = [],
  beside = join(folder, `beside-${simulator.url.replace(/\D/g, '')}`),
): StartedProcess & { readonly out: string } {
  runs += 1;
  const out = join(beside, `run-${runs}`);
  mkdirSync(beside, { recursive: true });
  const command = ['run', cohort.path, '--endpoint', simulator.url, '--job', job, '--out', out];
  return { ...startCli([...command, ...args], variablesOf(store)), out };
}

function aWorker(store: RedisServer): StartedProcess {
  return startCli(['worker'], variablesOf(store));
}

async function end(...workers: readonly StartedProcess[]): Promise<void> {
  for (const worker of workers) worker.kill('SIGTERM');
  await Promise.all(workers.map((worker) => worker.ended));
}

function variablesOf(store: RedisServer | undefined): Variables {
  return store === undefined ? {} : { NHS_TRACE_KEY: key, NHS_TRACE_QUEUE_URL: store.url };
}

function redis(): RedisServer {
  if (server === undefined) throw new Error('no Redis was started');
  return server;
}

/** `19:00`, in London. */
function timeOf(atMs: number): string {
  const { minute } = wallTime(atMs, 'Europe/London');
  return [Math.floor(minute / 60), minute % 60].map((n) => String(n).padStart(2, '0')).join(':');
}
