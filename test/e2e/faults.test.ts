/** A provider that misbehaves: what is lost to it is asked again, what is wrong is never believed. */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli, type Variables } from '../support/cli.ts';
import { hasRedis, type RedisServer, startRedis } from '../support/redis-server.ts';
import {
  aCohort,
  aFolder,
  aPopulation,
  type Cohort,
  comparable,
  expectWholeRun,
  type Row,
  readOutputs,
  scoreOf,
} from '../support/runs.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../support/simulator-process.ts';

const ROWS = 60;
const CONCURRENCY = 5;

const folder = aFolder();
let population: string;
let cohort: Cohort;
let unbroken: readonly Row[][];
let unbrokenRequests: number;
let job: string;
let server: RedisServer | undefined;
/** The quicker queue where there is one: what a provider does has nothing to do with the queue. */
let variables: Variables = {};

beforeAll(async () => {
  if (hasRedis) {
    server = await startRedis();
    variables = {
      NHS_TRACE_QUEUE_URL: server.url,
      NHS_TRACE_KEY: randomBytes(32).toString('base64'),
    };
  }
  population = await aPopulation(folder, 1000);
  cohort = await aCohort(folder, population, 'nightly', ROWS);
  job = aJob('patient', 'timeout_seconds: 1');
  const { out, code } = await aRun([]);
  expect(code).toBe(0);
  unbroken = comparable(out);
  unbrokenRequests = readOutputs(out).summary.requests.sent;
});
afterAll(() => server?.stop());

test('every passing fault at once: all rows are answered in the end, as without faults', async () => {
  const { out, code, requests } = await aRun([
    '{ when: { requests: 3-4 }, do: { busy: { retry_after: 1 } } }',
    '{ when: { requests: 9 }, do: { busy: {} } }',
    '{ when: { requests: 12-13 }, do: reset }',
    '{ when: { requests: 17 }, do: truncate }',
    '{ when: { requests: 19 }, do: { truncate: { dropped: true } } }',
    '{ when: { requests: 23-24 }, do: hang }',
    '{ when: { requests: 28 }, do: { itk_fault: { code: 2100 } } }',
    '{ when: { requests: 30 }, do: { itk_fault: { code: 2100, at_status: 200 } } }',
    '{ when: { requests: 34-35 }, do: garbage }',
    '{ when: { requests: 40 }, do: { status: { code: 502 } } }',
    '{ when: { requests: 44 }, do: wrong_relates_to }',
  ]);
  expect(code).toBe(0);
  expectWholeRun(out, cohort, requests);
  expect(comparable(out)).toEqual(unbroken);
  const { sent, retried, by_response_code } = readOutputs(out).summary.requests;
  expect(retried).toBeGreaterThanOrEqual(14);
  expect(sent - retried).toBe(unbrokenRequests);
  expect(by_response_code['HTTP-503']).toBe(3);
  expect(by_response_code['timeout']).toBe(2);
  expect(by_response_code['ITK-2100']).toBe(2);
});

test('told to wait, everybody waits', async () => {
  const { code, simulator } = await aRun([
    '{ when: { requests: 10 }, do: { busy: { retry_after: 3 } } }',
  ]);
  expect(code).toBe(0);
  const entries = simulator.journal();
  const told = entries.find((entry) => entry.httpStatus === 503)?.at ?? 0;
  // Those that were on their way go on; a busy machine may take long about it.
  const next = entries.filter(({ at }) => at > told + 1500).map(({ at }) => at - told);
  expect(Math.min(...next)).toBeGreaterThan(2950);
});

test.each([
  ['ITK 3000', '{ itk_fault: { code: 3000 } }', 'ITK-3000'],
  ['SMSP-0005', '{ response_code: SMSP-0005 }', 'SMSP-0005'],
  ['HTTP 403', '{ status: { code: 403 } }', 'HTTP-403'],
])(
  '%s stops the run, nothing is lost, and it goes on when that is mended',
  async (_what, deed, code) => {
    const rule = `{ when: { requests: 21-100000 }, do: ${deed} }`;
    const stopped = await aRun([rule]);
    expect(stopped.code).toBe(5);
    expect(stopped.stdout).toMatch(new RegExp(`Stopped.*${code}[\\s\\S]*nhs-trace resume`));
    // Those in flight when the first refusal came, and a few that left before it was noticed.
    expect(stopped.requests).toBeLessThan(20 + 30);

    const resumed = await aResume(stopped.out, []);
    expect(resumed.code).toBe(0);
    expectWholeRun(stopped.out, cohort, stopped.requests + resumed.requests);
    expect(comparable(stopped.out)).toEqual(unbroken);
    expectOnlyTheRest(resumed.requests, 20);
  },
);

test('a provider that is down stops the run, and resume goes on when it is up', async () => {
  job = aJob('hasty', 'timeout_seconds: 1\nattempts: 1');
  const stopped = await aRun(['{ when: { requests: 11-100000 }, do: outage }']);
  expect(stopped.code).toBe(5);
  expect(stopped.stdout).toMatch(/no answer for [2-5]\d people in a row \(\S+: \S/);
  // Ten answered, the limit, those in flight, and those of one more look.
  expect(stopped.requests).toBeLessThan(10 + 20 + 60);
  const resumed = await aResume(stopped.out, []);
  expect(resumed.code).toBe(0);
  expect(comparable(stopped.out)).toEqual(unbroken);
  expectOnlyTheRest(resumed.requests, 10);
});

test('a few rows without an answer are told apart from no match, and asked again', async () => {
  job = aJob('hasty', 'timeout_seconds: 1\nattempts: 1');
  const first = await aRun([
    '{ when: { requests: 5-7 }, do: reset }',
    '{ when: { requests: 30 }, do: { itk_fault: { code: 1000 } } }',
    '{ when: { requests: 33 }, do: { status: { code: 413 } } }',
  ]);
  expect(first.code).toBe(3);
  expect(first.stdout).toMatch(/rows have no answer.*nhs-trace resume/);
  expectWholeRun(first.out, cohort, first.requests);
  const { summary, exceptions } = readOutputs(first.out);
  expect(summary.exceptions.failed).toBeGreaterThanOrEqual(5);
  const failed = exceptions.filter((row) => row['exception_code'] === 'failed');
  for (const row of failed) {
    expect(row['exception_reason']).toMatch(/no answer/);
    expect(row['exception_candidate']).toBe('');
    expect(row['trace_nhs_number_status']).toBe('06');
  }
  expect((await runCli(['report', first.out])).code).toBe(3);

  const resumed = await aResume(first.out, []);
  expect(resumed.code).toBe(0);
  // Five people, each from the question that had no answer.
  expect(first.requests + resumed.requests).toBe(unbrokenRequests + 5);
  expectWholeRun(first.out, cohort, first.requests + resumed.requests);
  expect(comparable(first.out)).toEqual(unbroken);
});

test.each([
  ['another number', '{ wrong_person: nhs_number }'],
  ['another local identifier', '{ wrong_person: local_identifier }'],
  ['another message', 'wrong_relates_to'],
])('a reply for %s never becomes a match', async (_what, deed) => {
  job = aJob('trusting', 'timeout_seconds: 1\nattempts: 1\nstop_after_unanswered: 100000');
  const rules = [`{ when: { share: 0.5 }, do: ${deed} }`];
  const { out, code: first } = await aRun(rules);
  // One number for half of all people stops the run, once.
  const code = first === 5 ? (await aResume(out, rules)).code : first;
  expect([0, 3]).toContain(code);
  expectWholeRun(out, cohort);
  expect((await scoreOf(out, cohort)).wrong).toEqual([]);
  const { matched } = readOutputs(out);
  const [unbrokenMatched = [], unbrokenExceptions = []] = unbroken;
  expect(matched.length).toBeLessThan(unbrokenMatched.length);
  // A row that was held beside another is free when that one has no answer.
  const held = unbrokenExceptions.filter((row) => row['exception_code'] === 'duplicate');
  const numbers = new Map([
    ...held.map((row) => [row['trace_row'], row['exception_candidate']] as const),
    ...unbrokenMatched.map((row) => [row['trace_row'], row['trace_nhs_number']] as const),
  ]);
  for (const row of matched) expect(numbers.get(row['trace_row'])).toBe(row['trace_nhs_number']);
});

test('a provider that answers everybody alike stops the run, once', async () => {
  const all = await aCohort(folder, population, 'nightly', 400);
  const path = aJob('undemanding', 'stop_below_match_rate: 0');
  const out = join(folder, 'alike');
  const alike = ['{ when: { share: 1 }, do: { response_code: DEMOG-0001 } }'];
  const stopped = await against(alike, ['run', all.path, '--job', path, '--out', out]);
  expect(stopped.code).toBe(5);
  expect(stopped.stdout).toMatch(/every request about the first \d{3} people alike \(DEMOG-0001\)/);
  expect((await against([], ['resume', out])).code).toBe(0);
  expectWholeRun(out, all);
});

/** What was in flight when the run stopped, or was aborted with it, may be asked again; nothing else is. */
function expectOnlyTheRest(requests: number, answered: number): void {
  const rest = unbrokenRequests - answered;
  expect(requests).toBeGreaterThanOrEqual(rest);
  expect(requests).toBeLessThanOrEqual(rest + CONCURRENCY);
}

function aJob(name: string, settings: string): string {
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, `name: ${name}\nconcurrency: ${CONCURRENCY}\nrate: 200\n${settings}\n`);
  return path;
}

let runs = 0;

async function aRun(rules: readonly string[]) {
  runs += 1;
  const out = join(folder, `run-${runs}`);
  return { out, ...(await against(rules, ['run', cohort.path, '--job', job, '--out', out])) };
}

function aResume(out: string, rules: readonly string[]) {
  return against(rules, ['resume', out]);
}

async function against(rules: readonly string[], args: readonly string[]) {
  const simulator: SimulatorProcess = await startSimulatorProcess({ folder, population, rules });
  const ended = await runCli([...args, '--endpoint', simulator.url], variables);
  await simulator.stop();
  return { ...ended, simulator, requests: simulator.journal().length };
}
