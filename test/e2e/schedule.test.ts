/** The schedules of samples/schedule, run as their schedulers run them. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'csv-stringify/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ended, NODE, startProcess, until, type Variables } from '../support/cli.ts';
import { hasRedis, type RedisServer, redisTest, startRedis } from '../support/redis-server.ts';
import {
  aCohort,
  aFolder,
  aPopulation,
  type Cohort,
  expectWholeRun,
  readTable,
} from '../support/runs.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../support/simulator-process.ts';

const SCHEDULE = fileURLToPath(new URL('../../samples/schedule/', import.meta.url));
const SCRIPT = join(SCHEDULE, 'nightly.sh');
const ROWS = 20;
const LINE =
  /^nightly-data-quality-\S+: complete, \d+ rows, \d+ matched \(.*\), .* requests.*; \S+$/;

const folder = aFolder();
let population: string;
let cohort: Cohort;
let simulator: SimulatorProcess;
let server: RedisServer | undefined;

beforeAll(async () => {
  if (hasRedis) server = await startRedis();
  population = await aPopulation(folder, 500);
  cohort = await aCohort(folder, population, 'nightly', ROWS);
  simulator = await startSimulatorProcess({ folder, population });
});
afterAll(async () => {
  await simulator.stop();
  await server?.stop();
});

test('cron: one line, and the same day once more goes on with the run of the day', async () => {
  const runs = aRunsFolder('cron');
  const first = await night(runs, simulator);
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout.trimEnd()).toMatch(LINE);
  const [run = ''] = dated(runs);
  expectWholeRun(join(runs, run), cohort, simulator.journal().length);
  const asked = simulator.journal().length;
  const again = await night(runs, simulator);
  expect(again).toMatchObject({ code: 0, stderr: '' });
  expect(again.stdout.trimEnd()).toMatch(LINE);
  expect(dated(runs)).toEqual([run]);
  expect(simulator.journal().length).toBe(asked);
});

test('cron: whoever got no answer is asked about once more, and one line tells the end', async () => {
  const runs = aRunsFolder('unanswered');
  const people = readTable(population).slice(0, 4);
  const input = join(folder, 'three.csv');
  writeFileSync(input, stringify(people));

  const failing = await startSimulatorProcess({
    folder,
    population,
    rules: ['{ when: { requests: 1-3 }, do: { response_code: SMSP-0001 } }'],
  });
  const ended = await night(runs, failing, input);
  const hasNoAnswer = failing.journal().map(({ code }) => code === 'SMSP-0001');
  expect(hasNoAnswer).toEqual([true, true, true, false, false, false]);
  expect(ended.code).toBe(0);
  expect(ended.stdout.trimEnd()).toMatch(LINE);
  await failing.stop();
});

test('cron: a run that cannot begin says why, and with which exit code', async () => {
  const ended = await startProcess('/bin/sh', [SCRIPT, join(folder, 'none.csv'), folder], {
    ...environment(simulator),
  }).ended;
  expect(ended).toMatchObject({ code: 2, stdout: '' });
  expect(ended.stderr).toContain('none.csv');
});

redisTest('BullMQ: its scheduler runs the night, and keeps the line as the result', async () => {
  const runs = aRunsFolder('bullmq');
  const scheduler = startProcess(NODE, [join(SCHEDULE, 'bullmq-scheduler.ts'), cohort.path, runs], {
    ...environment(simulator),
    REDIS_URL: server?.url ?? '',
    NIGHTLY_PATTERN: '*/2 * * * * *',
  });
  await until(() => scheduler.stdout().split('\n').length > 2, 40_000);
  scheduler.kill('SIGTERM');
  expect((await scheduler.ended).stderr).toBe('');
  for (const line of scheduler.stdout().trimEnd().split('\n')) expect(line).toMatch(LINE);
  expect(dated(runs)).toHaveLength(1);
  const kept = await server?.client.keys('bull:nhs-trace-nights:*');
  expect(kept?.length).toBeGreaterThan(0);
});

test('systemd: the service runs the script, with every secret as a credential', () => {
  const service = readFileSync(join(SCHEDULE, 'nhs-trace.service'), 'utf8');
  expect(service).toContain('ExecStart=/opt/nhs-number-tracing/samples/schedule/nightly.sh ');
  expect(service).not.toMatch(/NHS_TRACE_(KEY|TLS_PASSPHRASE)=/);
});

function night(runs: string, of: SimulatorProcess, input = cohort.path): Promise<Ended> {
  return startProcess('/bin/sh', [SCRIPT, input, runs], environment(of)).ended;
}

/** What cron gives a command, and what the crontab adds. */
function environment({ url }: SimulatorProcess): Variables {
  return {
    HOME: folder,
    PATH: process.env['PATH'] ?? '',
    NHS_TRACE_ENDPOINT: url,
    NHS_TRACE_KEY: KEY,
  };
}

const KEY = randomBytes(32).toString('base64');

function aRunsFolder(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
}

function dated(runs: string): readonly string[] {
  return readdirSync(runs).filter((name) => /^nightly-\d{8}$/.test(name));
}
