/** Files that are not what they are taken for: the run stops itself, says why, and can go on. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from '../support/cli.ts';
import { aFolder, aPopulation, expectWholeRun, type Row, readOutputs } from '../support/runs.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../support/simulator-process.ts';
import { aDate, peopleIn } from './support/people-of-file.ts';

const ROWS = 150;
const HEADER = ['Surname', 'Forename', 'DOB', 'Sex', 'Postcode'];

const folder = aFolder();
let simulator: SimulatorProcess;
let people: readonly Row[];

beforeAll(async () => {
  const population = await aPopulation(folder, 3000);
  people = peopleIn(population);
  simulator = await startSimulatorProcess({ folder, population });
});
afterAll(() => simulator.stop());

test('names in each other’s columns: it stops, says so, and resume finishes', async () => {
  const input = aFile('swapped', people.slice(0, ROWS), (person) => [
    person['given_name'] ?? '',
    person['family_name'] ?? '',
    aDate(person),
    person['gender'] ?? '',
    person['postcode'] ?? '',
  ]);

  await expectStop(input, people.slice(0, ROWS), {
    says: /family name and given name exchanged\. The two columns look swapped: name them under "columns"/,
    step: 'names-exchanged',
  });
});

test('day and month in each other’s places: it stops, says so, and resume finishes', async () => {
  const early = people.filter(isReadEitherWay).slice(0, ROWS);
  expect(early.length).toBe(ROWS);
  const input = aFile('exchanged', early, (person) => [
    person['family_name'] ?? '',
    person['given_name'] ?? '',
    aDate(person).replace(/(..)\/(..)/, '$2/$1'),
    person['gender'] ?? '',
    person['postcode'] ?? '',
  ]);

  await expectStop(input, early, {
    says: /day and month of birth exchanged\. The dates look month first: set "date_order: mdy"/,
    step: 'day-and-month-exchanged',
  });
});

test('a column of something else: it stops before half of the file was asked about', async () => {
  const path = join(folder, 'shifted.csv');
  const strangers = people
    .slice(0, 600)
    .map((person, at) => [
      `Zzq${person['family_name']}`,
      person['given_name'] ?? '',
      aDate(person),
      at % 2 === 0 ? '1' : '2',
      '',
    ]);
  writeFileSync(path, stringify([HEADER, ...strangers]));
  const out = join(folder, 'run-shifted');

  const stopped = await run(path, out, []);

  expect(stopped.code).toBe(5);
  expect(stopped.stdout).toMatch(/matched, where the job expects 30 % or more|cannot be reached/);
  expect(stopped.stdout).toContain('nhs-trace explain');
  const story = await runCli(['explain', out, '--row', '1', '--log-level', 'warn']);
  expect(story).toMatchObject({ code: 0, stderr: '' });
});

test('too few rows that can be used: it stops before anything is sent', async () => {
  const path = join(folder, 'empty-dates.csv');
  const rows = people
    .slice(0, 120)
    .map((person, at) => [
      person['family_name'] ?? '',
      person['given_name'] ?? '',
      at < 10 ? aDate(person) : '',
      person['gender'] ?? '',
      '',
    ]);
  writeFileSync(path, stringify([HEADER, ...rows]));
  const out = join(folder, 'run-empty-dates');
  const seen = simulator.journal().length;

  const stopped = await run(path, out, []);

  expect(stopped.code).toBe(5);
  expect(stopped.stdout).toContain('110 of 120 rows are exceptions already');
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(simulator.journal().length).toBe(seen);
  expect((await runCli(['resume', out])).code).toBe(0);
  expect(readOutputs(out).summary).toMatchObject({
    input: { rows: 120 },
    exceptions: { unusable: 110 },
  });
});

interface Expected {
  readonly says: RegExp;
  readonly step: string;
}

async function expectStop(
  input: { readonly path: string },
  owners: readonly Row[],
  { says, step }: Expected,
): Promise<void> {
  const out = `${input.path}.run`;
  const stopped = await run(input.path, out, ['--concurrency', '4']);
  expect(stopped).toMatchObject({ code: 5, signal: null });
  expect(stopped.stdout).toMatch(/^Stopped, because going on could do harm: /);
  expect(stopped.stdout).toMatch(says);
  expect(stopped.stdout).toContain(`nhs-trace resume ${out}`);
  expect(stopped.stderr).not.toContain(owners[0]?.['family_name']);

  const resumed = await runCli(['resume', out]);
  expect(resumed).toMatchObject({ code: 0, signal: null });
  expectWholeRun(out, { ...input, truthPath: '' });
  const { matched } = readOutputs(out);
  expect(matched.length).toBeGreaterThan(ROWS * 0.8);
  for (const row of matched) {
    expect(row['trace_nhs_number']).toBe(owners[Number(row['trace_row']) - 1]?.['nhs_number']);
  }
  const byStep = matched.filter((row) => row['trace_step'] === step);
  expect(byStep.length).toBeGreaterThan(matched.length / 2);
}

function run(path: string, out: string, args: readonly string[]) {
  return runCli([
    ...['run', path, '--job', 'cohort-backfill', '--out', out],
    ...['--rate', '200', '--endpoint', simulator.url, ...args],
  ]);
}

function aFile(
  name: string,
  owners: readonly Row[],
  cellsOf: (person: Row) => readonly string[],
): { readonly path: string } {
  const path = join(folder, `${name}.csv`);
  writeFileSync(path, stringify([HEADER, ...owners.map(cellsOf)]));
  return { path };
}

/** Whether day and month are a date the other way round as well, and another one. */
function isReadEitherWay({ birth_date: date = '' }: Row): boolean {
  return Number(date.slice(6)) <= 12 && date.slice(4, 6) !== date.slice(6);
}
