/** Nothing that names or describes a person is said or logged, whatever goes wrong. */
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { numbersInSeededOrder } from '../../src/synth/numbers.ts';
import { populationColumns } from '../../src/synth/population-entry.ts';
import { type Ended, runCli, startCli, until, type Variables } from '../support/cli.ts';
import { hasRedis, type RedisServer, redisTest, startRedis } from '../support/redis-server.ts';
import { aFolder, readOutputs } from '../support/runs.ts';
import { startSimulatorProcess } from '../support/simulator-process.ts';

const PEOPLE = 60;
const LOUD = ['--log-level', 'trace'];

/** Every person has the same few words, which stand nowhere else. */
const MARKS = [
  ...['Quornbeck', 'Zephyrine', 'Wolfram-Xanthe', 'LS1 1AA', 'LS11AA', 'LOCALMARK', 'FREETEXTMARK'],
  ...['1923-11-', '192311', '/11/1923'],
];

const RULES = [
  '{ when: { requests: 3 }, do: { busy: { retry_after: 1 } } }',
  '{ when: { requests: 6 }, do: garbage }',
  '{ when: { requests: 8 }, do: truncate }',
  '{ when: { requests: 9 }, do: { truncate: { dropped: true } } }',
  '{ when: { requests: 11 }, do: reset }',
  '{ when: { requests: 13 }, do: { itk_fault: { code: 1000 } } }',
  '{ when: { requests: 15 }, do: { itk_fault: { code: 2100 } } }',
  '{ when: { requests: 17 }, do: { response_code: SMSP-0001 } }',
  '{ when: { requests: 19 }, do: wrong_relates_to }',
  '{ when: { requests: 21 }, do: wrong_person }',
  '{ when: { requests: 23 }, do: { wrong_person: local_identifier } }',
  '{ when: { requests: 25 }, do: { status: { code: 413 } } }',
  '{ when: { requests: 45-100000 }, do: { itk_fault: { code: 3000 } } }',
];

const folder = aFolder();
const population = join(folder, 'population.csv');
const input = join(folder, 'input.csv');
const numbers = [...take(numbersInSeededOrder('privacy'), PEOPLE)];
let server: RedisServer | undefined;

beforeAll(async () => {
  if (hasRedis) server = await startRedis();
  const people = numbers.map((number, at) => person(number, at));
  writeFileSync(
    population,
    stringify([
      populationColumns,
      ...people.map((cells) => populationColumns.map((c) => cells[c] ?? '')),
    ]),
  );
  const header =
    'LOCAL PATIENT IDENTIFIER,NHS NUMBER,PERSON FAMILY NAME,PERSON GIVEN NAME,PERSON BIRTH DATE,PERSON STATED GENDER CODE,POSTCODE OF USUAL ADDRESS,NOTES';
  writeFileSync(input, stringify([header.split(','), ...people.map(inputRow)]));
});
afterAll(() => server?.stop());

test('embedded: run, resume, report, check and simulate, with faults', async () => {
  await expectSilence({});
});

redisTest('Redis: the same, and a worker', async () => {
  const variables = {
    NHS_TRACE_KEY: randomBytes(32).toString('base64'),
    NHS_TRACE_QUEUE_URL: server?.url ?? '',
  };
  const worker = startCli(['worker', ...LOUD], variables);
  await worker.says('"worker"');
  await expectSilence(variables, ['--workers', '0']);
  await until(() => worker.stderr().includes('worker.joined'));
  worker.kill('SIGTERM');
  expectNobodyNamed(await worker.ended);
});

test('a file that is refused is not quoted', async () => {
  const path = join(folder, 'refused.csv');
  const rows = readFileSync(input, 'utf8');
  for (const [at, text] of [
    rows.replace(/^.*\n/, `${numbers[0]},Quornbeck,Zephyrine,LOCALMARK\n`),
    rows.replace('Quornbeckab,', '"Quornbeckab,'),
    rows.replace('Zephyrineac', 'Zephyrineac\0'),
    rows.replace(/1923-11-(\d\d)/g, '11/$1/1923'),
  ].entries()) {
    writeFileSync(path, text);
    const out = join(folder, `refused-${at}`);
    const ended = await runCli([
      'run',
      path,
      '--out',
      out,
      '--endpoint',
      'http://127.0.0.1:9/x',
      ...LOUD,
    ]);
    expect(ended.code).toBe(2);
    expectNobodyNamed(ended);
  }
});

async function expectSilence(variables: Variables, args: readonly string[] = []): Promise<void> {
  const out = join(folder, `run${args.length}`);
  const simulator = await startSimulatorProcess({ folder, population, rules: RULES, args: LOUD });
  const job = join(folder, 'job.yaml');
  writeFileSync(job, 'name: private\nrate: 100\nconcurrency: 4\nattempts: 2\ntimeout_seconds: 2\n');
  const stopped = await runCli(
    ['run', input, '--job', job, '--out', out, '--endpoint', simulator.url, ...LOUD, ...args],
    variables,
  );
  expect(stopped.code).toBe(5);
  expect(simulator.journal().length).toBeGreaterThan(30);
  expectNobodyNamed(stopped);
  expectNobodyNamed(await simulator.stop());
  expectNobodyNamed({ journal: JSON.stringify(simulator.journal()) });

  const healthy = await startSimulatorProcess({ folder, population, args: LOUD });
  const resumed = await runCli(
    ['resume', out, '--endpoint', healthy.url, ...LOUD, ...args],
    variables,
  );
  expect(resumed.code).toBe(0);
  expectNobodyNamed(resumed);
  expectNobodyNamed(await healthy.stop());
  // The marks are really in what was traced.
  expect(readOutputs(out).summary.outcomes.verified).toBeGreaterThan(PEOPLE / 3);
  expectNobodyNamed(await runCli(['report', out, ...LOUD]));
  expectNobodyNamed(await runCli(['check', input, ...LOUD]));
}

function expectNobodyNamed(said: Ended | Record<string, string>): void {
  const text = JSON.stringify(said).toLowerCase();
  const forms = [...MARKS, ...numbers, ...numbers.map(spaced)];
  expect(forms.filter((mark) => text.includes(mark.toLowerCase()))).toEqual([]);
}

const spaced = (number: string): string => number.replace(/(...)(...)(....)/, '$1 $2 $3');

function person(number: string, at: number): Record<string, string> {
  return {
    nhs_number: number,
    status: 'current',
    family_name: `Quornbeck${letters(at)}`,
    given_name: `Zephyrine${letters(at)}`,
    gender: String(1 + (at % 2)),
    birth_date: `192311${String(1 + (at % 28)).padStart(2, '0')}`,
    address_line_1: '1 Wolfram-Xanthe Road',
    postcode: 'LS1 1AA',
  };
}

/** Every third has no number, and every tenth is nobody that is known. */
function inputRow(cells: Record<string, string>, at: number): string[] {
  const date = cells['birth_date'] ?? '';
  return [
    `LOCALMARK${at}`,
    at % 3 === 0 ? '' : (cells['nhs_number'] ?? ''),
    cells['family_name'] ?? '',
    at % 10 === 9 ? 'Wolfram-Xanthe' : (cells['given_name'] ?? ''),
    `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`,
    cells['gender'] ?? '',
    'LS1 1AA',
    '=FREETEXTMARK',
  ];
}

function letters(at: number): string {
  return String.fromCharCode(97 + Math.floor(at / 26), 97 + (at % 26));
}

function* take<T>(all: Iterable<T>, count: number): Generator<T> {
  let taken = 0;
  for (const one of all) {
    if (taken === count) return;
    taken += 1;
    yield one;
  }
}
