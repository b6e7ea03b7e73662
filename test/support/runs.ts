/** Cohorts to run, and run directories read back. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, expect } from 'vitest';
import type { Summary } from '../../src/report/summary.ts';
import type { CohortStyle } from '../../src/synth/cohort-style.ts';
import { type Score, scoreRun } from '../../src/synth/score.ts';
import type { TruthRow } from '../../src/synth/truth.ts';
import { readTruth, writeCohort, writePopulation } from '../../src/synth/write-files.ts';
import { endProcesses } from './cli.ts';

const TODAY = '20261122';

/** A directory for one test file. When the file is done, its processes are ended and it is removed. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nhs-trace-test-'));
  afterAll(async () => {
    await endProcesses();
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

export async function aPopulation(folder: string, count: number): Promise<string> {
  const path = join(folder, 'population.csv');
  await writePopulation(path, { seed: 'end-to-end', count, today: TODAY });
  return path;
}

export interface Cohort {
  readonly path: string;
  readonly truthPath: string;
}

export async function aCohort(
  folder: string,
  populationPath: string,
  style: CohortStyle,
  count: number,
): Promise<Cohort> {
  const path = join(folder, `${style}-${count}.csv`);
  const truthPath = join(folder, `${style}-${count}.truth.csv`);
  const options = { seed: 'end-to-end', style, count, today: TODAY, populationPath };
  await writeCohort(path, truthPath, options);
  return { path, truthPath };
}

/** A CSV file as rows of cells, the header among them. */
export function readTable(path: string): string[][] {
  return parse(readFileSync(path), { relax_column_count: true }) as string[][];
}

export type Row = Readonly<Record<string, string>>;

export interface RunOutputs {
  readonly matched: readonly Row[];
  readonly exceptions: readonly Row[];
  readonly summary: Summary;
}

export function readOutputs(directory: string): RunOutputs {
  return {
    matched: parse(readFileSync(join(directory, 'matched.csv')), { columns: true }) as Row[],
    exceptions: parse(readFileSync(join(directory, 'exceptions.csv')), { columns: true }) as Row[],
    summary: JSON.parse(readFileSync(join(directory, 'summary.json'), 'utf8')) as Summary,
  };
}

const TRACE_COLUMNS =
  'trace_row,trace_nhs_number,trace_outcome,trace_nhs_number_status,trace_response_code,trace_step,trace_source,trace_message_id,trace_at';
const EXCEPTION_COLUMNS = 'exception_code,exception_reason,exception_action,exception_candidate';

/**
 * Holds the outputs against the contract: columns, every row once, in order, cells as they were,
 * sums, candidates apart from matches. `requestsSeen`: how many the provider saw, where it is known.
 */
export function expectWholeRun(directory: string, cohort: Cohort, requestsSeen?: number): void {
  const [header = [], ...rows] = readTable(cohort.path);
  const matched = readTable(join(directory, 'matched.csv'));
  const exceptions = readTable(join(directory, 'exceptions.csv'));
  const traceColumns = TRACE_COLUMNS.split(',');
  expect(matched[0]).toEqual([...header, ...traceColumns]);
  expect(exceptions[0]).toEqual([...header, ...traceColumns, ...EXCEPTION_COLUMNS.split(',')]);

  const numberOf = (cells: readonly string[]): number => Number(cells[header.length]);
  const numbers = [matched, exceptions].map((table) => table.slice(1).map(numberOf));
  for (const inFile of numbers) expect(inFile).toEqual([...inFile].sort((a, b) => a - b));
  expect(numbers.flat().sort((a, b) => a - b)).toEqual(rows.map((_row, at) => at + 1));
  for (const cells of matched.slice(1)) {
    expect(cells.slice(0, header.length)).toEqual(rows[numberOf(cells) - 1]);
  }
  for (const cells of exceptions.slice(1)) {
    expect(cells.slice(0, header.length)).toEqual(rows[numberOf(cells) - 1]?.map(asForPeople));
  }
  expectSums(readOutputs(directory), rows.length, requestsSeen);
}

/** A formula gets a leading `'` in the file that people open in a spreadsheet. */
function asForPeople(cell: string): string {
  return /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell) ? `'${cell}` : cell;
}

function expectSums(
  { matched, exceptions, summary }: RunOutputs,
  rows: number,
  requestsSeen: number | undefined,
): void {
  expect(summary.input.rows).toBe(rows);
  expect(nonZero(summary.outcomes)).toEqual(countBy(matched, 'trace_outcome'));
  expect(nonZero(summary.exceptions)).toEqual(countBy(exceptions, 'exception_code'));
  for (const row of matched) expect(row['trace_nhs_number']).toMatch(/^\d{10}$/);
  for (const row of exceptions) {
    expect([row['trace_nhs_number'], row['trace_outcome']]).toEqual(['', '']);
  }
  for (const row of [...matched, ...exceptions]) {
    expect(row['trace_at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
  }
  const { sent, by_operation, by_response_code } = summary.requests;
  expect(sum(Object.values(by_operation))).toBe(sent);
  expect(sum(Object.values(by_response_code))).toBe(sent);
  if (requestsSeen !== undefined) expect(sent).toBe(requestsSeen);
}

function nonZero(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

function countBy(rows: readonly Row[], column: string): Record<string, number> {
  const groups = Map.groupBy(rows, (row) => row[column] ?? '');
  return Object.fromEntries([...groups].map(([name, group]) => [name, group.length]));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Mode 0700 for the directory, 0600 for every file in it. */
export function expectPrivate(directory: string, files: readonly string[]): void {
  expect((statSync(directory).mode & 0o777).toString(8)).toBe('700');
  for (const name of files) {
    expect([name, (statSync(join(directory, name)).mode & 0o777).toString(8)]).toEqual([
      name,
      '600',
    ]);
  }
}

export async function scoreOf(directory: string, cohort: Cohort): Promise<Score> {
  const truth: TruthRow[] = [];
  for await (const row of readTruth(cohort.truthPath)) truth.push(row);
  const matched = readOutputs(directory).matched.map((row) => ({
    row: Number(row['trace_row']),
    nhsNumber: row['trace_nhs_number'] ?? '',
  }));
  return scoreRun({ matched, truth });
}

/** Both files without what differs from one run to the next. */
export function comparable(directory: string): readonly Row[][] {
  const { matched, exceptions } = readOutputs(directory);
  return [matched, exceptions].map((rows) =>
    rows.map(({ trace_message_id: _id, trace_at: _at, ...rest }) => rest),
  );
}
