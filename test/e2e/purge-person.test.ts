/** One person is taken out of every run by order: no byte of them is left, and of nobody else is anything changed. */
import { randomBytes } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { stringify } from 'csv-stringify/sync';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { numbersInSeededOrder } from '../../src/synth/numbers.ts';
import { populationColumns } from '../../src/synth/population-entry.ts';
import { endProcesses, NODE, runCli, startCli, startProcess, until } from '../support/cli.ts';
import { aFolder, aPopulation, type Row, readOutputs, readTable } from '../support/runs.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../support/simulator-process.ts';
import { filesBelow } from './support/marked-people.ts';
import { aDate, peopleIn } from './support/people-of-file.ts';

const REASON = 'order 123/26';
const EXTRAS = `name: extras
reuse_answers_for: 30d
outputs: [mesh, dbs-codes]
bring_back: [family_name, given_name, birth_date, address, postcode]
`;

const folder = aFolder();
const key = randomBytes(32).toString('base64');
let simulator: SimulatorProcess;
let input: string;
/** Of the person, and in how many rows of the input they stand. */
let number: string;
const ROWS_OF_PERSON = [5, 9, 14, 18];
/** A directory of three runs and the answers beside them; to be copied. */
let template: string;

beforeAll(async () => {
  const population = await aPopulation(folder, 1000);
  const others = peopleIn(population).slice(0, 16);
  number = markedPerson(population);
  input = join(folder, 'people.csv');
  writeFileSync(input, stringify([HEADER, ...inputRows(others)]));
  simulator = await startSimulatorProcess({ folder, population });
  template = join(folder, 'template');
  mkdirSync(template);
  writeFileSync(join(folder, 'extras.yaml'), EXTRAS);
  const jobs = [
    ['nightly', 'nightly-data-quality'],
    ['extras', join(folder, 'extras.yaml')],
    ['social', 'social-care-matching'],
  ] as const;
  const runs = jobs.map(([name, job]) =>
    cli('run', input, ...runArgs(join(template, name), job, '500')),
  );
  expect((await Promise.all(runs)).map(({ code }) => code)).toEqual([0, 0, 0]);
  await correctOne(join(template, 'social'));
});
afterAll(async () => {
  await simulator.stop();
  await endProcesses();
});

test('no byte is left of them, and nothing is changed for anybody else', async () => {
  const runs = aCopy();
  const before = new Map(RUNS.map((run) => [run, linesOf(join(runs, run))]));
  expect(marksBelow(runs).length).toBeGreaterThan(12);

  const ended = await purge(runs, '--nhs-number', number, '--user', 'ann');
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(ended.stdout).toContain(`  ${input}`);
  expect(marksBelow(runs)).toEqual([]);
  expect(marksBelow(join(folder, 'temporary'))).toEqual([]);
  expect(marksIn(ended.stdout)).toEqual([]);

  for (const run of RUNS) {
    const out = join(runs, run);
    const [matched, exceptions] = linesOf(out);
    const [matchedBefore = [], exceptionsBefore = []] = before.get(run) ?? [];
    expect(matched).toEqual(matchedBefore.filter(isOfOthers));
    expect(exceptions?.filter(isOfOthers)).toEqual(exceptionsBefore.filter(isOfOthers));
    const { summary, exceptions: rows } = readOutputs(out);
    const emptied = rows.filter((row) => row['exception_reason']?.includes('deleted from the run'));
    expect(emptied.map((row) => Number(row['trace_row']))).toEqual(ROWS_OF_PERSON);
    for (const row of emptied)
      expect([row['Notes'], row['exception_code']]).toEqual(['', 'unusable']);
    const counted = [...Object.values(summary.outcomes), ...Object.values(summary.exceptions)];
    expect(counted.reduce((a, b) => a + b)).toBe(summary.input.rows);
    expect(entriesOf(join(out, 'audit.jsonl'), 'person.deleted').map(({ row }) => row)).toEqual(
      ROWS_OF_PERSON,
    );
  }
  await expectWhole(...RUNS.map((run) => join(runs, run)), join(runs, 'purged.jsonl'));
  const record = entriesOf(join(runs, 'purged.jsonl'), 'person.deleted');
  expect(record.map(({ user, run_id, detail }) => [user, typeof run_id, detail])).toEqual(
    ['extras', 'nightly-data-quality', 'social-care-matching'].map((job) => [
      'ann',
      'string',
      { reason: REASON, job, rows: ROWS_OF_PERSON.length },
    ]),
  );
  // Their answers are forgotten, those about the others go on being used.
  const again = join(runs, 'again');
  const more = await cli('run', input, ...runArgs(again, 'nightly-data-quality', '500'));
  expect(more).toMatchObject({ code: 0 });
  const { sent } = readOutputs(again).summary.requests;
  expect([sent > 0, sent <= 2 * ROWS_OF_PERSON.length]).toEqual([true, true]);
});

test('a dry run names the rows and why, and changes no byte', async () => {
  const runs = aCopy();
  const before = filesBelow(runs);
  const ended = await purge(runs, '--nhs-number', number, '--dry-run');
  expect(ended).toMatchObject({ code: 0 });
  expect(ended.stdout).toMatch(
    /would delete .*nightly: .* 4 rows: 5 \(in the file, in an answer\), 9 \(in an answer\)/,
  );
  expect(ended.stdout).toMatch(/would delete .*answer-store.sqlite: \d answers/);
  expect(filesBelow(runs)).toEqual(before);
});

test('killed in the middle: the same command does the rest', async () => {
  const runs = aCopy();
  const ledger = join(runs, 'extras', 'ledger.sqlite');
  // Of a run that was killed earlier, while it wrote.
  const part = `matched.csv.${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}.part`;
  writeFileSync(join(runs, 'extras', part), number);
  // Who reads keeps the ledger from being written anew, so that this is where the process is killed.
  const reader = new DatabaseSync(ledger, { readOnly: true });
  const rows = reader.prepare('SELECT row FROM input_row').iterate();
  rows.next();
  const killed = startCli(purgeArgs(runs, '--nhs-number', number), variables());
  const looker = new DatabaseSync(ledger, { readOnly: true });
  const pending = looker.prepare("SELECT 1 FROM about WHERE key = 'deletionPending'");
  await until(() => pending.get() !== undefined);
  killed.kill('SIGKILL');
  expect((await killed.ended).signal).toBe('SIGKILL');
  rows.return?.();
  reader.close();
  looker.close();
  expect(marksBelow(join(runs, 'extras'))).not.toEqual([]);

  const ended = await purge(runs, '--nhs-number', number);
  expect(ended).toMatchObject({ code: 0 });
  expect(ended.stdout).toContain('what an earlier deletion left');
  expect(marksBelow(runs)).toEqual([]);
  await expectWhole(join(runs, 'extras'));
});

test('nothing brings them back: not resume, not an old copy of the exceptions', async () => {
  const runs = aCopy();
  const out = join(runs, 'social');
  const old = join(folder, 'old-exceptions.csv');
  cpSync(join(out, 'exceptions.csv'), old);
  expect(await purge(runs, '--nhs-number', number)).toMatchObject({ code: 0 });
  expect(await cli('resume', out)).toMatchObject({ code: 0 });
  const given = await cli('correct', out, old);
  expect(given).toMatchObject({ code: 2 });
  expect(given.stderr).toContain('was deleted from the run by order');
  expect(await cli('correct', out, join(out, 'exceptions.csv'))).toMatchObject({ code: 0 });
  expect(marksBelow(runs)).toEqual([]);
});

test('a run that goes on, or did not finish, is left as it is, and said to be', async () => {
  const runs = mkdtempSync(join(folder, 'runs-'));
  const out = join(runs, 'slow');
  const asked = simulator.journal().length;
  const working = startCli(['run', input, ...runArgs(out, 'cohort-backfill', '1')], variables());
  await until(() => simulator.journal().length > asked);
  const busy = await purge(runs, '--nhs-number', number);
  expect(busy).toMatchObject({ code: 2 });
  expect(busy.stdout).toContain('another process is working on it');
  working.kill('SIGKILL');
  await working.ended;
  const early = await purge(runs, '--nhs-number', number, '--dry-run');
  expect(early).toMatchObject({ code: 2 });
  expect(early.stdout).toMatch(/3 of its rows so far .*nhs-trace resume/);
});

test('somebody without a number is named by a row', async () => {
  const runs = aCopy();
  const [run] = RUNS;
  const ended = await runCli(
    ['purge', join(runs, run), '--row', '3', '--reason', REASON],
    variables(),
  );
  expect(ended).toMatchObject({ code: 0 });
  const { matched, exceptions } = readOutputs(join(runs, run));
  expect(matched.some((row) => row['trace_row'] === '3')).toBe(false);
  expect(exceptions.find((row) => row['trace_row'] === '3')).toMatchObject({ 'Family name': '' });
});

test('without a reason, with a number that is none, or with a key that opens nothing: exit code 2', async () => {
  const runs = aCopy();
  const before = filesBelow(runs);
  const bad = [
    ['--nhs-number', number],
    ['--nhs-number', number, '--reason', `about ${number}`],
    ['--nhs-number', `${number.slice(0, 9)}${(Number(number[9]) + 1) % 10}`, '--reason', REASON],
    ['--nhs-number', '-', '--reason', REASON],
    ['--nhs-number', number, '--reason', REASON, '--older-than', '3d'],
    ['--row', '3', '--reason', REASON],
  ];
  const ends = await Promise.all(
    bad.map((args) => runCli(['purge', '--runs', runs, ...args], variables())),
  );
  expect(ends.map(({ code }) => code)).toEqual(bad.map(() => 2));
  expect(filesBelow(runs)).toEqual(before);

  const piped = `echo ${number} | "${NODE}" src/cli/main.ts purge --runs "${runs}" --nhs-number - --reason order`;
  const other = { ...variables(), NHS_TRACE_KEY: randomBytes(32).toString('base64') };
  const ended = await startProcess('/bin/sh', ['-c', piped], other).ended;
  expect(ended).toMatchObject({ code: 2 });
  expect(ended.stdout).toContain('sealed with an NHS_TRACE_KEY that is not set');
  expect(marksBelow(runs)).toEqual([]);
});

const RUNS = ['extras', 'nightly', 'social'] as const;
const HEADER =
  'Local ID,NHS number,Family name,Given name,Date of birth,Gender,Postcode,Notes'.split(',');
/** In lower case, in each way that the program or a file writes them. */
const WORDS = [
  'quornbeckham',
  'zephyrinella',
  'wolframmark',
  'ze1 9qx',
  'localmark',
  'freetextmark',
];
const DATES = ['19310217', '1931-02-17', '17/02/1931', '17-feb-1931'];

/** Adds the person to the population; gives their number. */
function markedPerson(population: string): string {
  const text = readFileSync(population, 'utf8');
  for (const candidate of numbersInSeededOrder('one person')) {
    if (text.includes(candidate)) continue;
    const person: Row = {
      nhs_number: candidate,
      status: 'current',
      family_name: 'Quornbeckham',
      given_name: 'Zephyrinella',
      gender: '2',
      birth_date: '19310217',
      address_line_1: '7 Wolframmark Road',
      postcode: 'ZE1 9QX',
    };
    writeFileSync(
      population,
      text + stringify([populationColumns.map((column) => person[column] ?? '')]),
    );
    return candidate;
  }
  throw new Error('no number is left');
}

/** Row 5: verified. Row 9: traced. Row 14: somebody else's number. Row 18: only a note about another person. */
function inputRows(others: readonly Row[]): readonly string[][] {
  const spaced = number.replace(/(...)(...)(....)/, '$1 $2 $3');
  const details = ['Quornbeckham', 'Zephyrinella', '17/02/1931', '2', 'ZE1 9QX'];
  const rows = others.map((person, at) => cellsOf(person, at, person['nhs_number'] ?? '', ''));
  const [wrong = {}, noted = {}] = others;
  rows.splice(4, 0, ['LOCALMARK1', spaced, ...details, '=FREETEXTMARK']);
  rows.splice(8, 0, ['LOCALMARK2', '', ...details, 'freetextmark']);
  rows.splice(13, 0, cellsOf(wrong, 91, number, ''));
  rows.splice(17, 0, cellsOf(noted, 92, '', `sister: ${spaced}`));
  return rows;
}

function cellsOf(person: Row, at: number, nhsNumber: string, note: string): string[] {
  const { family_name: family = '', given_name: given = '', gender = '', postcode = '' } = person;
  return [`A${at}`, nhsNumber, family, given, aDate(person), gender, postcode, note];
}

/** Somebody mends a row of the person, so that what it was is kept as well. */
async function correctOne(out: string): Promise<void> {
  const path = join(out, 'exceptions.csv');
  const [header = [], ...rows] = readTable(path);
  const notes = header.indexOf('Notes');
  const row = rows.find((cells) => cells[header.indexOf('trace_row')] === '14');
  expect(row).toBeDefined();
  if (row !== undefined) row[notes] = 'seen';
  writeFileSync(path, stringify([header, ...rows]));
  expect(await cli('correct', out, path)).toMatchObject({ code: 0 });
}

function aCopy(): string {
  const runs = mkdtempSync(join(folder, 'runs-'));
  cpSync(template, runs, { recursive: true });
  for (const run of RUNS) chmodSync(join(runs, run), 0o700);
  return runs;
}

function variables() {
  mkdirSync(join(folder, 'temporary'), { recursive: true });
  return { NHS_TRACE_KEY: key, TMPDIR: join(folder, 'temporary') };
}

function cli(...args: readonly string[]) {
  return runCli([...args, '--log-level', 'error'], variables());
}

async function expectWhole(...trails: readonly string[]): Promise<void> {
  const ends = await Promise.all(trails.map((trail) => cli('audit', 'verify', trail)));
  expect(ends.map(({ code }) => code)).toEqual(trails.map(() => 0));
}

function purge(runs: string, ...args: readonly string[]) {
  return runCli(purgeArgs(runs, ...args), variables());
}

function purgeArgs(runs: string, ...args: readonly string[]): readonly string[] {
  return ['purge', '--runs', runs, ...args, '--reason', REASON, '--log-level', 'error'];
}

function runArgs(out: string, job: string, rate: string): readonly string[] {
  return ['--job', job, '--out', out, '--endpoint', simulator.url, '--rate', rate];
}

function marksIn(text: string): readonly string[] {
  const lower = text.toLowerCase();
  const spaced = number.replace(/(...)(...)(....)/, '$1 $2 $3');
  return [...WORDS, ...DATES, number, spaced].filter((mark) => lower.includes(mark));
}

/** Every mark in every byte below a directory, workbooks unpacked. */
function marksBelow(directory: string): readonly string[] {
  return filesBelow(directory).flatMap(({ path, text }) => {
    const parts = path.endsWith('.xlsx')
      ? Object.values(unzipSync(readFileSync(join(directory, path))))
      : [];
    const words = [text, ...parts.map((part) => Buffer.from(part).toString('latin1'))];
    return marksIn(words.join('\n')).map((mark) => `${path}: ${mark}`);
  });
}

/** Lines of matched.csv and exceptions.csv; no cell here has a line break. */
function linesOf(out: string): readonly (readonly string[])[] {
  return ['matched.csv', 'exceptions.csv'].map((name) =>
    readFileSync(join(out, name), 'utf8').split('\n'),
  );
}

const AFTER_ROW = /,(\d+),\d*,(?:\w*),\d\d,/;

function isOfOthers(line: string): boolean {
  const [, row = '0'] = AFTER_ROW.exec(line) ?? [];
  return !ROWS_OF_PERSON.includes(Number(row));
}

function entriesOf(path: string, event: string): readonly Readonly<Record<string, unknown>>[] {
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter((entry) => entry.event === event);
}
