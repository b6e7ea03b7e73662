/** Runs that are stopped, killed or robbed of their queue, and gone on with: the files are the same. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli, type StartedProcess, startCli, until, type Variables } from '../support/cli.ts';
import { hasRedis, type RedisServer, redisTest, startRedis } from '../support/redis-server.ts';
import {
  aCohort,
  aFolder,
  aPopulation,
  type Cohort,
  comparable,
  expectWholeRun,
  type Row,
  readOutputs,
} from '../support/runs.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../support/simulator-process.ts';

const CONCURRENCY = 8;
const ROWS = 120;

const folder = aFolder();
const key = randomBytes(32).toString('base64');
let population: string;
let cohort: Cohort;
let unbroken: readonly Row[][];
let unbrokenRequests: number;
let server: RedisServer | undefined;

beforeAll(async () => {
  if (hasRedis) server = await startRedis();
  population = await aPopulation(folder, 1000);
  cohort = await aCohort(folder, population, 'nightly', ROWS);
  const simulator = await aSimulator();
  const out = join(folder, 'unbroken');
  const ended = await runCli([
    'run',
    cohort.path,
    '--out',
    out,
    '--rate',
    '500',
    '--endpoint',
    simulator.url,
  ]);
  await simulator.stop();
  expect(ended.code).toBe(0);
  unbroken = comparable(out);
  unbrokenRequests = readOutputs(out).summary.requests.sent;
});
afterAll(() => server?.stop());

const queues = [
  { queue: 'embedded', queueTest: test, variables: (): Variables => ({}) },
  {
    queue: 'Redis',
    queueTest: redisTest,
    variables: (): Variables => redisVariables(),
  },
] as const;

for (const { queue, queueTest, variables } of queues) {
  queueTest(`${queue}: SIGINT stops within five seconds, resume makes the same files`, async () => {
    const simulator = await aSimulator();
    const out = join(folder, `sigint-${queue}`);
    const run = aRun(simulator, out, variables());
    await someRequests(simulator);
    const before = performance.now();
    run.kill('SIGINT');
    const ended = await run.ended;
    expect(performance.now() - before).toBeLessThan(5000);
    expect(ended).toMatchObject({ code: 4, signal: null });
    expect(ended.stdout).toContain(`nhs-trace resume ${out}`);
    expect(existsSync(join(out, 'matched.csv'))).toBe(false);

    const resumed = await runCli(['resume', out], variables());
    expect(resumed).toMatchObject({ code: 0, signal: null });
    await simulator.stop();
    expectWholeRun(out, cohort, simulator.journal().length);
    expect(comparable(out)).toEqual(unbroken);
    // What was answered is known, and all that was in flight had time to come to its end.
    expect(repeats(simulator)).toBe(0);
  });
}

const AFTER_KILL =
  'after SIGKILL resume makes the same files, and repeats no more than was in flight';

test(`embedded: ${AFTER_KILL}`, () => killAndResume('embedded', {}));

test('a second process is kept out of a run that another works on', async () => {
  const simulator = await aSimulator();
  const out = join(folder, 'locked');
  const run = aRun(simulator, out, {}, ['--rate', '5']);
  await someRequests(simulator, 3);
  for (const command of ['resume', 'report']) {
    const second = await runCli([command, out]);
    expect(second.code).toBe(2);
    expect(second.stderr).toMatch(/another process is working on/);
  }
  run.kill('SIGTERM');
  expect((await run.ended).code).toBe(4);
  await simulator.stop();
});

test('stopped twice by an impatient hand, it still resumes', async () => {
  const simulator = await aSimulator();
  const out = join(folder, 'impatient');
  const run = aRun(simulator, out, {});
  await someRequests(simulator);
  run.kill('SIGINT');
  await new Promise((resolve) => setTimeout(resolve, 50));
  run.kill('SIGINT');
  expect((await run.ended).code).toBe(4);
  expect((await runCli(['resume', out])).code).toBe(0);
  await simulator.stop();
  expect(comparable(out)).toEqual(unbroken);
});

describe.concurrent('Redis, where most of the time is spent waiting for locks to end', () => {
  redisTest(AFTER_KILL, () => killAndResume('Redis', redisVariables()));

  redisTest('flushed in the middle of a run, it still completes', async () => {
    const own = await startRedis();
    const simulator = await aSimulator();
    const out = join(folder, 'flushed');
    const run = aRun(simulator, out, redisVariables(own));
    await someRequests(simulator);
    await own.client.flushall();
    expect(await run.ended).toMatchObject({ code: 0 });
    await Promise.all([simulator.stop(), own.stop()]);
    expectWholeRun(out, cohort);
    expect(comparable(out)).toEqual(unbroken);
  });

  redisTest('flushed in the middle, workers elsewhere go on as well', async () => {
    const own = await startRedis();
    const simulator = await aSimulator();
    const out = join(folder, 'flushed-elsewhere');
    const worker = startCli(['worker', '--concurrency', '8'], redisVariables(own));
    const run = aRun(simulator, out, redisVariables(own), ['--workers', '0']);
    await someRequests(simulator);
    await own.client.flushall();
    const ended = await Promise.race([
      run.ended,
      new Promise((resolve) => setTimeout(resolve, 40_000, 'went on for ever')),
    ]);
    worker.kill('SIGTERM');
    run.kill('SIGKILL');
    await Promise.all([simulator.stop(), own.stop()]);
    expect(ended).toMatchObject({ code: 0 });
    expect(comparable(out)).toEqual(unbroken);
  });

  redisTest(
    'gone for longer than any lock lasts, and back: all wait, and go on by themselves',
    async () => {
      const own = await startRedis();
      const simulator = await aSimulator();
      const out = join(folder, 'gone');
      const worker = startCli(['worker', '--concurrency', '4'], redisVariables(own));
      const run = aRun(simulator, out, redisVariables(own), ['--concurrency', '4']);
      await someRequests(simulator);
      await own.goAway();
      for (const waiting of [run, worker]) await waiting.says('queue.away');
      await new Promise((resolve) => setTimeout(resolve, 12_000));
      expect([run.stderr(), worker.stderr()].map(linesAbout('queue.back'))).toEqual([0, 0]);
      await own.comeBack();
      expect(await run.ended).toMatchObject({ code: 0 });
      worker.kill('SIGTERM');
      const ended = await worker.ended;
      await Promise.all([simulator.stop(), own.stop()]);
      expect(ended.code).toBe(0);
      expect([run.stderr(), ended.stderr].map(linesAbout('queue.away'))).toEqual([1, 1]);
      expectWholeRun(out, cohort);
      expect(comparable(out)).toEqual(unbroken);
      // Whoever is back first may take what another answered, but could not keep.
      expect(repeats(simulator)).toBeLessThanOrEqual(8);
    },
  );

  redisTest('a killed worker’s rows are traced by another', async () => {
    const own = await startRedis();
    const simulator = await aSimulator();
    const out = join(folder, 'worker-killed');
    const [first, second] = [1, 2].map(() =>
      startCli(['worker', '--concurrency', '4'], redisVariables(own)),
    );
    const run = aRun(simulator, out, redisVariables(own), ['--workers', '0']);
    await someRequests(simulator);
    first?.kill('SIGKILL');
    expect(await run.ended).toMatchObject({ code: 0 });
    second?.kill('SIGTERM');
    await Promise.all([simulator.stop(), own.stop()]);
    expectWholeRun(out, cohort);
    expect(comparable(out)).toEqual(unbroken);
    expect(repeats(simulator)).toBeLessThanOrEqual(4);
  });
});

async function killAndResume(queue: string, variables: Variables): Promise<void> {
  const simulator = await aSimulator();
  const out = join(folder, `sigkill-${queue}`);
  const run = aRun(simulator, out, variables);
  await someRequests(simulator);
  run.kill('SIGKILL');
  expect((await run.ended).signal).toBe('SIGKILL');

  const resumed = await runCli(['resume', out], variables);
  expect(resumed).toMatchObject({ code: 0, signal: null });
  await simulator.stop();
  expectWholeRun(out, cohort);
  expect(comparable(out)).toEqual(unbroken);
  expect(repeats(simulator)).toBeLessThanOrEqual(CONCURRENCY);

  const again = await runCli(['resume', out], variables);
  expect(again.code).toBe(0);
  expect(comparable(out)).toEqual(unbroken);
}

/** Slow enough that a request is always in flight. */
function aSimulator(): Promise<SimulatorProcess> {
  return startSimulatorProcess({ folder, population, args: ['--latency', '40'] });
}

function aRun(
  simulator: SimulatorProcess,
  out: string,
  variables: Variables,
  args: readonly string[] = [],
): StartedProcess {
  return startCli(
    [
      ...['run', cohort.path, '--out', out, '--endpoint', simulator.url],
      ...['--rate', '60', '--concurrency', String(CONCURRENCY), ...args],
    ],
    variables,
  );
}

async function someRequests(simulator: SimulatorProcess, count = 25): Promise<void> {
  await until(() => simulator.journal().length > count);
  expect(simulator.journal().length).toBeLessThan(ROWS * 0.8);
}

function linesAbout(event: string): (log: string) => number {
  return (log) => log.split('\n').filter((line) => line.includes(event)).length;
}

/** Requests beyond those of the run that nothing disturbed. */
function repeats(simulator: SimulatorProcess): number {
  return simulator.journal().length - unbrokenRequests;
}

function redis(): RedisServer {
  if (server === undefined) throw new Error('no Redis was started');
  return server;
}

function redisVariables({ url } = redis()): Variables {
  return { NHS_TRACE_KEY: key, NHS_TRACE_QUEUE_URL: url };
}
