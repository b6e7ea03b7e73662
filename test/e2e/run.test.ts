/** Whole runs, as a scheduler starts them: processes, mutual TLS, both queues. */
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli, startCli, until } from '../support/cli.ts';
import { redisTest, startRedis } from '../support/redis-server.ts';
import {
  aCohort,
  aFolder,
  aPopulation,
  type Cohort,
  comparable,
  expectPrivate,
  expectWholeRun,
  readOutputs,
  scoreOf,
} from '../support/runs.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../support/simulator-process.ts';

const OUTPUTS = [
  'matched.csv',
  'exceptions.csv',
  'exceptions.xlsx',
  'summary.json',
  'report.html',
  'ledger.sqlite',
];

const folder = aFolder();
let population: string;
let simulator: SimulatorProcess;

beforeAll(async () => {
  population = await aPopulation(folder, 3000);
  simulator = await startSimulatorProcess({ folder, population, isTls: true });
});
afterAll(() => simulator.stop());

test.each([
  ['nightly', 'nightly-data-quality', 'pem'],
  ['backfill', 'cohort-backfill', 'pfx'],
  ['social-care', 'social-care-matching', 'pem'],
] as const)('%s: every row once, as it was, nobody matched wrongly', async (style, job, tls) => {
  const cohort = await aCohort(folder, population, style, 200);
  const out = join(folder, `run-${style}`);
  const seen = (await journalOnceQuiet(simulator)).length;
  const ended = await runCli(
    ['run', cohort.path, '--job', job, '--out', out, '--rate', '200', '--endpoint', simulator.url],
    simulator[tls],
  );
  expect(ended).toMatchObject({ code: 0, signal: null });
  expect(ended.stdout).toMatch(/^200 rows: /);
  await expectGoodRun(out, cohort, (await journalOnceQuiet(simulator)).length - seen);

  const { summary } = readOutputs(out);
  expect(summary.job).toBe(job);
  expect(summary.throttle.max_in_any_second).toBeLessThanOrEqual(201);
  const before = OUTPUTS.slice(0, 2).map((name) => readFileSync(join(out, name)));
  const again = await runCli(['report', out]);
  expect(again.code).toBe(0);
  expect(OUTPUTS.slice(0, 2).map((name) => readFileSync(join(out, name)))).toEqual(before);
  expect(readOutputs(out).summary).toEqual(summary);
});

test('a lower rate is kept to, by the provider’s clock as well as by ours', async () => {
  const cohort = await aCohort(folder, population, 'nightly', 100);
  const out = join(folder, 'run-slowly');
  const seen = (await journalOnceQuiet(simulator)).length;
  const ended = await runCli(
    ['run', cohort.path, '--out', out, '--rate', '20', '--endpoint', simulator.url],
    simulator.pem,
  );
  expect(ended.code).toBe(0);
  const times = (await journalOnceQuiet(simulator)).slice(seen).map(({ at }) => at);
  expect(readOutputs(out).summary.throttle).toMatchObject({ limit_per_second: 20 });
  expect(readOutputs(out).summary.throttle.max_in_any_second).toBeLessThanOrEqual(21);
  const inWindow = (from: number): number =>
    times.filter((time) => time >= from && time < from + 1000).length;
  // One or two requests may arrive a little late of one second, and so in the next.
  expect(Math.max(...times.map(inWindow))).toBeLessThanOrEqual(22);
});

test('NHS_TRACE_KEY may be set with the embedded queue', async () => {
  const cohort = await aCohort(folder, population, 'nightly', 10);
  const out = join(folder, 'run-with-key');
  const ended = await runCli(
    ['run', cohort.path, '--out', out, '--rate', '200', '--endpoint', simulator.url],
    { ...simulator.pem, NHS_TRACE_KEY: randomBytes(32).toString('base64') },
  );
  expect(ended.stderr).not.toContain('defect');
  expect(ended.code).toBe(0);
  expectWholeRun(out, cohort);
});

test('a file with nobody to ask about is a complete run, and nothing is sent', async () => {
  const path = join(folder, 'unusable.csv');
  writeFileSync(path, 'NHS NUMBER,PERSON FAMILY NAME,PERSON BIRTH DATE\n=1+1,,\n,Smith,\n');
  const out = join(folder, 'run-unusable');
  const seen = (await journalOnceQuiet(simulator)).length;
  const ended = await runCli(
    ['run', path, '--out', out, '--endpoint', simulator.url],
    simulator.pem,
  );
  expect(ended.code).toBe(0);
  expectWholeRun(out, { path, truthPath: '' }, 0);
  expect((await journalOnceQuiet(simulator)).length).toBe(seen);
});

redisTest('Redis: two workers elsewhere do all of the work', async () => {
  const redis = await startRedis();
  const cohort = await aCohort(folder, population, 'nightly', 200);
  const out = join(folder, 'run-redis');
  const variables = {
    ...simulator.pem,
    NHS_TRACE_KEY: randomBytes(32).toString('base64'),
    NHS_TRACE_QUEUE_URL: redis.url,
  };
  const seen = (await journalOnceQuiet(simulator)).length;
  // Left from a trial: it is the run that says who is asked.
  const elsewhere = { ...variables, NHS_TRACE_ENDPOINT: 'https://smsp.example.nhs.uk/' };
  const workers = [1, 2].map(() => startCli(['worker'], elsewhere));
  await Promise.all(workers.map((worker) => worker.says('"worker"')));
  const ended = await runCli(
    [
      ...['run', cohort.path, '--out', out, '--rate', '100', '--workers', '0'],
      ...['--endpoint', simulator.url],
    ],
    variables,
  );
  expect(ended.code).toBe(0);
  await expectGoodRun(out, cohort, (await journalOnceQuiet(simulator)).length - seen);
  expect(readOutputs(out).summary.throttle.max_in_any_second).toBeLessThanOrEqual(101);
  for (const worker of workers) {
    await worker.says('worker.left');
    expect(worker.stderr()).toContain('worker.joined');
    worker.kill('SIGTERM');
    expect((await worker.ended).code).toBe(0);
  }
  /** With their time to live. */
  const lasting = async (): Promise<readonly (readonly [string, number])[]> => {
    const names = await redis.client.keys('*');
    const all = await Promise.all(
      names.map(async (name) => [name, await redis.client.pttl(name)] as const),
    );
    return all.filter(([name, ttlMs]) => ttlMs < 0 || !/pace|hold/.test(name));
  };
  await until(async () => (await lasting()).length === 0, 12_000).catch(() => undefined);
  expect(await lasting()).toEqual([]);
  await redis.stop();
  expect(comparable(out)).toEqual(comparable(join(folder, 'run-nightly')));
});

async function expectGoodRun(out: string, cohort: Cohort, requestsSeen: number): Promise<void> {
  expectWholeRun(out, cohort, requestsSeen);
  expectPrivate(out, OUTPUTS);
  const score = await scoreOf(out, cohort);
  expect(score.wrong).toEqual([]);
  expect(score.right).toBeGreaterThan(80);
  const page = readFileSync(join(out, 'report.html'), 'utf8');
  expect(page).toMatch(/^<!DOCTYPE html>/i);
  expect(page).not.toMatch(/(src|href)="?https?:/);
}

/** The journal is written a fifth of a second late at most. */
async function journalOnceQuiet({ journal }: SimulatorProcess) {
  await new Promise((resolve) => setTimeout(resolve, 300));
  return journal();
}
