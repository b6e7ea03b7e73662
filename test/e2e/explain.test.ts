/** What became of single rows, by `explain`; and jobs with a policy of their own. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../support/cli.ts';
import {
  aCohort,
  aFolder,
  aPopulation,
  type Cohort,
  expectWholeRun,
  type Row,
  readOutputs,
  scoreOf,
} from '../support/runs.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../support/simulator-process.ts';
import { aDate, peopleIn } from './support/people-of-file.ts';

const HEADER = ['NHS Number', 'Surname', 'Forename', 'DOB', 'Sex', 'Postcode', 'Maiden name'];

const folder = aFolder();
let population: string;
let simulator: SimulatorProcess;
let people: readonly Row[];

beforeAll(async () => {
  population = await aPopulation(folder, 2000);
  people = peopleIn(population);
  simulator = await startSimulatorProcess({ folder, population });
});
afterAll(() => simulator.stop());

describe('explain', () => {
  const out = join(folder, 'explained');
  let input: Cohort;

  beforeAll(async () => {
    input = aFile('explained', [
      cells(person(0), { 'NHS Number': person(0)['nhs_number'] ?? '' }),
      cells(person(1), { Forename: 'Wolfram' }),
      cells(person(2), { DOB: '' }),
      cells(person(3), { Surname: 'Zzquornbeck', 'Maiden name': person(3)['family_name'] ?? '' }),
      cells(person(4), { Surname: 'Zzquornbeck', Postcode: '\u001B[2J' }),
    ]);
    expect(await runOn(input, out, ['--job', 'cohort-backfill'])).toMatchObject({ code: 0 });
    expectWholeRun(out, input);
  });

  test('tells the story of a matched row', async () => {
    const story = await explain(1);

    expect(story).toContain('Personal Data about a patient');
    expect(story).toMatch(/Row 1 of explained\.csv, run \S+/);
    expect(story).toMatch(/What stood in the file\n +NHS Number +\d{10}\n/);
    expect(story).toMatch(/What was found and mended\n +nothing/);
    expect(story).toMatch(new RegExp(`What was used\n +NHS number +${spaced(person(0))}`));
    expect(story).toMatch(
      /Question 1: supplied-number \(getPatientDetailsByNHSNumber\)\n +sent: NHS number/,
    );
    expect(story).toMatch(/answer: SMSP-0000, one person/);
    expect(story).toMatch(
      /What that comes to\n +\d{3} \d{3} \d{4}, found by supplied-number: enough agrees/,
    );
    expect(story).toMatch(new RegExp(`Decision\n +verified: ${spaced(person(0))}`));
    expect(story).toMatch(/STATUS INDICATOR CODE 01/);
  });

  test('tells the story of a possible match', async () => {
    const story = await explain(2);

    expect(story).toMatch(/Question 1: names [\s\S]*nobody[\s\S]*Question 2: /);
    expect(story).toMatch(/Given name +Wolfram +\w+ +differs/);
    expect(story).toMatch(/Decision\n +possible-match\n/);
    expect(story).toContain(`candidate, to be looked at: ${spaced(person(1))}`);
    const [row] = readOutputs(out).exceptions;
    expect(row).toMatchObject({ trace_row: '2', exception_candidate: person(1)['nhs_number'] });
    expect(story).toContain(row?.['exception_reason']);
    expect(story).toContain(row?.['exception_action']);
  });

  test('tells the story of an unusable row', async () => {
    const story = await explain(3);

    expect(story).toMatch(/What was used\n +nothing: the row was not sent/);
    expect(story).not.toContain('Question');
    expect(story).toMatch(/Decision\n +unusable\n +Date of birth: it is missing/);
    expect(story).toMatch(/STATUS INDICATOR CODE 03/);
  });

  test('tells by which form of the name somebody was found', async () => {
    const story = await explain(4);

    expect(story).toMatch(/Question \d: previous-family-name /);
    expect(story).toMatch(
      new RegExp(`Decision\n +traced: ${spaced(person(3))}[\\s\\S]*step previous-family-name`),
    );
  });

  test('sends no control character of the file to the terminal', async () => {
    const story = await explain(5);

    expect(story).toContain('\uFFFD[2J');
    expect(story.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(story).toMatch(/Postcode: .*\[fault\]/);
  });

  test('ends with the end of a line', async () => {
    expect(await explain(3)).toMatch(/\n$/);
  });

  test.each([
    [['--row', '6'], /explained\.csv has 5 rows; there is no row 6/],
    [['--row', '0'], /at least 1/],
    [['--row', 'x'], /whole number/],
    [[], /required option '--row/],
  ] as const)('%j is wrong usage', async (args, says) => {
    const ended = await runCli(['explain', out, ...args]);

    expect(ended).toMatchObject({ code: 2, signal: null, stdout: '' });
    expect(ended.stderr).toMatch(says);
  });

  test('needs a run', async () => {
    const ended = await runCli(['explain', join(folder, 'nowhere'), '--row', '1']);

    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(/not a run directory/);
  });
});

test('a policy of one’s own that verifies and searches for bare numbers', async () => {
  const job = aJob('own', [
    'policy:',
    '  max_requests: 4',
    '  max_namesakes: 0.05',
    '  given_name: [same]',
    '  steps:',
    '    - step: is-it-theirs',
    '      ask: verifyNHSNumber',
    '      after: [begin]',
    '      send: { nhs_number: as-given, birth_date: as-given, family_name: as-given, given_name: as-given }',
    '    - step: whose',
    '      ask: getNHSNumber',
    '      after: [begin, nobody]',
    '      send: { family_name: as-given, given_name: as-given, birth_date: as-given, gender: as-given }',
  ]);
  const input = aFile('own', [
    cells(person(0), { 'NHS Number': person(0)['nhs_number'] ?? '' }),
    cells(person(1)),
    cells(person(2), { 'NHS Number': person(3)['nhs_number'] ?? '' }),
    cells(person(4), { Surname: 'Zzquornbeck' }),
  ]);
  const out = join(folder, 'run-own');
  const seen = await requestsSeen();

  expect(await runOn(input, out, ['--job', job])).toMatchObject({ code: 0 });

  expectWholeRun(out, input, (await requestsSeen()) - seen);
  const { matched, exceptions, summary } = readOutputs(out);
  expect(matched.map((row) => [row['trace_row'], row['trace_outcome'], row['trace_step']])).toEqual(
    [
      ['1', 'verified', 'is-it-theirs'],
      ['2', 'traced', 'whose'],
    ],
  );
  expect(matched.map((row) => row['trace_nhs_number'])).toEqual([
    person(0)['nhs_number'],
    person(1)['nhs_number'],
  ]);
  expect(exceptions.map((row) => [row['exception_code'], row['exception_candidate']])).toEqual([
    ['not-verified', person(2)['nhs_number']],
    ['no-match', ''],
  ]);
  // Bare numbers show nobody, so the details of each are fetched: of the first, second and third.
  expect(summary.requests.by_operation).toEqual({
    verifyNHSNumber: 2,
    getNHSNumber: 3,
    getPatientDetailsByNHSNumber: 3,
  });
});

describe('numbers that are other people’s', () => {
  test.each([
    [false, 'not-verified'],
    [true, 'corrected'],
  ])('accept_corrections: %s', async (accepts, what) => {
    const job = aJob(`correcting-${accepts}`, [`accept_corrections: ${accepts}`]);
    const input = aFile(`correcting-${accepts}`, [
      cells(person(5), { 'NHS Number': person(6)['nhs_number'] ?? '' }),
    ]);
    const out = join(folder, `run-correcting-${accepts}`);

    expect(await runOn(input, out, ['--job', job])).toMatchObject({ code: 0 });

    expectWholeRun(out, input);
    const { matched, exceptions } = readOutputs(out);
    const [row] = [...matched, ...exceptions];
    const own = person(5)['nhs_number'];
    expect(row).toMatchObject(
      accepts
        ? { trace_outcome: what, trace_nhs_number: own, trace_nhs_number_status: '01' }
        : { exception_code: what, exception_candidate: own, trace_nhs_number_status: '05' },
    );
    const story = await runCli(['explain', out, '--row', '1']);
    expect(story.stdout).toContain(accepts ? `corrected: ${spaced(person(5))}` : 'not-verified');
  });

  test('are replaced in a damaged cohort by nobody’s but their own', async () => {
    const cohort = await aCohort(folder, population, 'nightly', 200);
    const job = aJob('correcting-cohort', ['accept_corrections: true']);
    const [plain, correcting] = [join(folder, 'plain'), join(folder, 'correcting')];

    expect((await runOn(cohort, plain)).code).toBe(0);
    expect((await runOn(cohort, correcting, ['--job', job])).code).toBe(0);

    expectWholeRun(correcting, cohort);
    const [before, after] = [await scoreOf(plain, cohort), await scoreOf(correcting, cohort)];
    expect(after.wrong).toEqual([]);
    const { outcomes } = readOutputs(correcting).summary;
    expect(outcomes.corrected).toBeGreaterThan(0);
    expect(after.right).toBe(before.right + outcomes.corrected);
    expect(readOutputs(plain).summary.outcomes.corrected).toBe(0);
  });
});

function person(at: number): Row {
  const found = people[at * 7];
  if (found === undefined) throw new Error('the population is too small');
  return found;
}

function cells(of: Row, changes: Readonly<Record<string, string>> = {}): readonly string[] {
  const held: Readonly<Record<string, string>> = {
    Surname: of['family_name'] ?? '',
    Forename: of['given_name'] ?? '',
    DOB: aDate(of),
    Sex: of['gender'] ?? '',
    Postcode: of['postcode'] ?? '',
    ...changes,
  };
  return HEADER.map((header) => held[header] ?? '');
}

const spaced = ({ nhs_number: number = '' }: Row): string =>
  number.replace(/(...)(...)(....)/, '$1 $2 $3');

function aFile(name: string, rows: readonly (readonly string[])[]): Cohort {
  const path = join(folder, `${name}.csv`);
  writeFileSync(path, stringify([HEADER, ...rows]));
  return { path, truthPath: '' };
}

function aJob(name: string, lines: readonly string[]): string {
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, `name: ${name}\n${lines.join('\n')}\n`);
  return path;
}

function runOn(input: Cohort, out: string, args: readonly string[] = []) {
  return runCli([
    ...['run', input.path, '--out', out, '--rate', '200'],
    ...['--endpoint', simulator.url, ...args],
  ]);
}

async function explain(row: number): Promise<string> {
  const ended = await runCli([
    ...['explain', join(folder, 'explained'), '--row', String(row)],
    ...['--log-level', 'warn'],
  ]);
  expect(ended).toMatchObject({ code: 0, signal: null, stderr: '' });
  return ended.stdout;
}

/** The journal is written a fifth of a second late at most. */
async function requestsSeen(): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 300));
  return simulator.journal().length;
}
