/** Puts synthetic populations and cohorts into files, and reads them back. */

import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';
import type { CohortOptions } from './cohort.ts';
import { cohortHeader } from './cohort-style.ts';
import { makePopulation, type PopulationOptions } from './population.ts';
import { type CohortSource, cohortSourceColumns, populationColumns } from './population-entry.ts';
import { type Cells, cohortRows, cohortSource, populationRows, truthRow } from './table-rows.ts';
import { type TruthRow, truthColumns } from './truth.ts';

/** A cohort to make from a population file. */
export interface CohortFileOptions extends Omit<CohortOptions, 'population'> {
  readonly populationPath: string;
}

/** How many data rows were written. */
export interface Written {
  readonly rows: number;
}

interface Cancellable {
  readonly signal?: AbortSignal;
}

const rowsPerWrite = 2000;

/**
 * Writes a population to a UTF-8 CSV file, which appears whole or not at all, mode 0600.
 * Throws RangeError for options that makePopulation refuses, and the signal's reason when aborted.
 */
export async function writePopulation(
  path: string,
  options: PopulationOptions,
  { signal }: Cancellable = {},
): Promise<Written> {
  const entries = makePopulation(options);
  return await writeTables([{ path, header: populationColumns }], populationRows(entries), signal);
}

/**
 * Writes a cohort and the truth about it, drawn from a population file; mode 0600.
 * Throws RangeError for options that makeCohort refuses, and the signal's reason when aborted.
 */
export async function writeCohort(
  cohortPath: string,
  truthPath: string,
  options: CohortFileOptions,
  { signal }: Cancellable = {},
): Promise<Written> {
  const population = await readPopulation(options.populationPath, { ...(signal && { signal }) });
  const tables = [
    { path: cohortPath, header: cohortHeader(options.style) },
    { path: truthPath, header: truthColumns },
  ];
  return await writeTables(tables, cohortRows({ ...options, population }), signal);
}

/**
 * Reads the columns of a population file that cohorts are made from.
 * Throws RangeError when a column is missing.
 */
export async function readPopulation(
  path: string,
  { signal }: Cancellable = {},
): Promise<readonly CohortSource[]> {
  const population: CohortSource[] = [];
  for await (const cells of readCells(path, cohortSourceColumns, signal)) {
    population.push(cohortSource(cells));
  }
  return population;
}

/** Reads a truth file, row by row. Throws RangeError when a column is missing. */
export async function* readTruth(
  path: string,
  { signal }: Cancellable = {},
): AsyncGenerator<TruthRow> {
  for await (const cells of readCells(path, truthColumns, signal)) {
    yield truthRow(cells);
  }
}

/** Writes tables side by side: each item holds one row for each of them. */
async function writeTables(
  tables: readonly { readonly path: string; readonly header: Cells }[],
  rows: Iterable<readonly Cells[]>,
  signal: AbortSignal | undefined,
): Promise<Written> {
  const drafts: { readonly path: string; readonly draftPath: string; readonly file: FileHandle }[] =
    [];
  try {
    for (const { path, header } of tables) {
      const draftPath = `${path}.${randomUUID()}.tmp`;
      const file = await open(draftPath, 'wx', 0o600);
      drafts.push({ path, draftPath, file });
      await file.appendFile(stringify([header]));
    }
    const files = drafts.map(({ file }) => file);
    const written = await writeRows(files, rows, signal);
    for (const { file } of drafts) await file.sync();
    for (const { file } of drafts) await file.close();
    for (const { draftPath, path } of drafts) await rename(draftPath, path);
    return { rows: written };
  } catch (error) {
    for (const { file, draftPath } of drafts) {
      await file.close();
      await rm(draftPath, { force: true });
    }
    throw error;
  }
}

async function writeRows(
  files: readonly FileHandle[],
  rows: Iterable<readonly Cells[]>,
  signal: AbortSignal | undefined,
): Promise<number> {
  const waiting = files.map((): Cells[] => []);
  let written = 0;
  const flush = async (): Promise<void> => {
    signal?.throwIfAborted();
    for (const [at, file] of files.entries())
      await file.appendFile(stringify(waiting[at]?.splice(0) ?? []));
  };
  for (const row of rows) {
    for (const [at, cells] of row.entries()) waiting[at]?.push(cells);
    written += 1;
    if (written % rowsPerWrite === 0) await flush();
  }
  await flush();
  return written;
}

/** The cells of the columns asked for, in that order, row by row. */
async function* readCells(
  path: string,
  columns: readonly string[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Cells> {
  const source = createReadStream(path, signal === undefined ? {} : { signal });
  const parser = parse({ bom: true });
  source.on('error', (error) => parser.destroy(error));
  let places: readonly number[] | undefined;
  for await (const row of source.pipe(parser)) {
    const cells = textCells(row);
    if (places === undefined) places = columnPlaces(cells, columns);
    else yield places.map((place) => cells[place] ?? '');
  }
}

function columnPlaces(header: Cells, columns: readonly string[]): readonly number[] {
  return columns.map((column) => {
    const place = header.indexOf(column);
    if (place < 0) throw new RangeError(`the file has no column ${column}`);
    return place;
  });
}

function textCells(row: unknown): Cells {
  return Array.isArray(row) ? row.map(String) : [];
}
