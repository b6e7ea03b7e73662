/** File to rows: who can be traced, and why the others cannot. */

import type { Demographics } from '../domain/demographics.ts';
import type { Field, SourceCells } from '../domain/field.ts';
import type { Delimiter, Encoding, FileForm } from '../domain/file-form.ts';
import type { FileNotice } from '../domain/file-notice.ts';
import type { Finding } from '../domain/finding.ts';
import type { NhsNumber } from '../domain/nhs-number.ts';
import type { IngestedRow, RowProblem } from '../domain/record.ts';
import { InputError } from '../errors.ts';
import { type Seen, withoutBlankTail } from './blank-tail.ts';
import { createColumnCheck } from './check-columns.ts';
import { noticesOf } from './file-notices.ts';
import {
  type ColumnMap,
  cellsByField,
  countHeaders,
  furtherColumns,
  mapColumns,
} from './map-columns.ts';
import { mendCells } from './mend-cells.ts';
import { whatElse } from './not-people.ts';
import { openTable, type Table } from './open-table.ts';
import {
  type Confidence,
  confidenceOf,
  type RecognisedProfile,
  recogniseProfile,
} from './recognise-profile.ts';
import { isSecondHeader } from './second-header.ts';
import { bareReturnCell, isRunTogether, swallowingCell } from './swallowed-rows.ts';
import type { TableRow } from './table.ts';

/** What a row's cells amount to; the normalise stage, handed in. */
export type Normalise = (cells: SourceCells) => {
  readonly demographics: Demographics;
  readonly findings: readonly Finding[];
  readonly traceability:
    | { readonly kind: 'verify' | 'search' | 'postponed' }
    | { readonly kind: 'not-enough'; readonly missing: readonly Field[] };
};

export interface IngestOptions {
  readonly delimiter: Delimiter | 'auto';
  readonly encoding?: Encoding | 'auto';
  /** The line or row of the header; looked for when absent. */
  readonly headerRow?: number | undefined;
  /** The sheet of a workbook; the first visible one when absent. */
  readonly sheet?: string | undefined;
  readonly columns: Readonly<Partial<Record<Field, string>>>;
  readonly dateOrder: 'dmy' | 'mdy';
  readonly normalise: Normalise;
}

export interface IngestedFile {
  readonly form: FileForm;
  readonly headers: readonly string[];
  /** The headers, with the group above them where it is somebody else's: "Mother NHS number". */
  readonly names: readonly string[];
  readonly headerLine: number;
  /** The published layout that it has; often none. */
  readonly profile:
    | { readonly name: string; readonly found: number; readonly of: number }
    | undefined;
  readonly columns: ColumnMap;
  /** Every column that a field is read from, in the order of the fields. */
  readonly mapping: readonly MappedColumn[];
  /** All data rows, in order. Ends with InputError when the file as a whole cannot be trusted. */
  readonly rows: AsyncIterable<IngestedRow>;
  /** What is to be said of the file as a whole; known once all rows were read. */
  notices(): readonly FileNotice[];
  /** SHA-256 of the file; known once all rows were read. */
  digest(): string;
}

export interface MappedColumn {
  readonly field: Field;
  readonly header: string;
  /** 1-based. */
  readonly column: number;
  readonly confidence: Confidence;
}

/** Throws InputError when the file is no table, or its columns cannot be told. */
export async function ingestFile(path: string, options: IngestOptions): Promise<IngestedFile> {
  const table = await openTable(path, {
    delimiter: options.delimiter,
    encoding: options.encoding ?? 'auto',
    headerRow: options.headerRow,
    sheet: options.sheet,
    headersIn: (cells) => countHeaders(cells, options.columns),
  });
  const reading: Reading = {
    ...(await readingOfTable(table, options)),
    path,
    table,
    options,
  };
  const profile = recogniseProfile(table.headers);
  const seen = { lastLine: 0, rows: 0, blankBelow: 0 };
  return {
    form: table.form,
    headers: table.headers,
    names: table.names,
    headerLine: table.headerLine,
    profile,
    columns: reading.columns,
    mapping: describeMapping(reading, profile),
    rows: ingestRows(reading, seen),
    notices: () => noticesOf(table, seen, reading.columns),
    digest: table.digest,
  };
}

function describeMapping(
  { table, columns, further, options }: Reading,
  profile: RecognisedProfile | undefined,
): readonly MappedColumn[] {
  return [...columns].flatMap(([field, first]) =>
    [first, ...(further.get(field) ?? [])].map((at) => {
      const header = table.headers[at] ?? '';
      const confidence = confidenceOf(field, header, options.columns, profile);
      return { field, header, column: at + 1, confidence };
    }),
  );
}

async function readingOfTable(table: Table, options: IngestOptions): Promise<RowReading> {
  try {
    return readingOf(table.place, table, options);
  } catch (error) {
    await table.close();
    throw error;
  }
}

/** What is kept of a table, to look at one of its rows later. */
export type TableLayout = Pick<Table, 'headers' | 'names' | 'form'>;

/** What must be known of a table to look at one of its rows. */
export interface RowReading extends Pick<TableLayout, 'headers' | 'form'> {
  readonly columns: ColumnMap;
  readonly further: ReadonlyMap<Field, readonly number[]>;
  readonly normalise: Normalise;
}

/** `place` is for messages. Throws InputError when the columns cannot be told. */
export function readingOf(
  place: string,
  { headers, names, form }: TableLayout,
  { columns, normalise }: Pick<IngestOptions, 'columns' | 'normalise'>,
): RowReading {
  return {
    headers,
    form,
    columns: mapColumns(names, columns, place),
    further: furtherColumns(names, columns),
    normalise,
  };
}

interface Reading extends RowReading {
  readonly path: string;
  readonly table: Table;
  readonly options: IngestOptions;
}

async function* ingestRows(reading: Reading, seen: Seen): AsyncGenerator<IngestedRow> {
  const { path, table, columns, options } = reading;
  const check = createColumnCheck({ ...table, path, columns, dateOrder: options.dateOrder });
  let row = 0;
  for await (const record of withoutBlankTail(table.rows, seen)) {
    row += 1;
    refuseSwallowedRows(record, reading);
    refuseSecondHeader(record, reading);
    const ingested = ingestRow(row, record.cells, reading);
    check.count(ingested.findings, record.cells);
    yield ingested;
  }
  if (row === 0) throw new InputError(`${path}: there is a header row, but no row below it.`);
  check.judge();
}

/** Also for a single row that comes later, with the cells of the same table. */
export function ingestRow(row: number, cells: readonly string[], reading: RowReading): IngestedRow {
  const { form, columns, further, normalise } = reading;
  const width = reading.headers.length;
  const delimiter = form.kind === 'csv' ? form.delimiter : ',';
  const local = (
    problem: RowProblem,
    findings: readonly Finding[] = [],
    nhsNumber?: NhsNumber,
  ): IngestedRow => ({
    row,
    cells: fitted(cells, width, delimiter),
    findings,
    fate: { kind: 'local', problem, ...(nhsNumber === undefined ? {} : { nhsNumber }) },
  });
  const problem = problemOf(cells, reading);
  if (problem !== undefined) return local(problem);
  const isDoubleEncoded = form.kind === 'csv' && form.isDoubleEncoded;
  const mended = mendCells(cellsByField(columns, cells, further), isDoubleEncoded);
  const { demographics, findings: found, traceability } = normalise(mended.cells);
  const findings = [...mended.findings, ...found];
  if (traceability.kind === 'postponed') return local({ kind: 'postponed' }, findings);
  if (traceability.kind === 'not-enough') {
    const { missing } = traceability;
    return local({ kind: 'not-enough', missing }, findings, demographics.nhsNumber);
  }
  return {
    row,
    cells,
    findings,
    fate: { kind: 'trace', subject: { demographics, route: traceability.kind } },
  };
}

/** What keeps a row from being looked at cell by cell. */
function problemOf(
  cells: readonly string[],
  { headers, form, columns }: RowReading,
): RowProblem | undefined {
  if (cells.every((cell) => cell.trim() === '')) return { kind: 'empty' };
  const other = whatElse(cells, headers, columns);
  if (other !== undefined) return other;
  const expected = headers.length;
  if (cells.length !== expected) return { kind: 'ragged', cells: cells.length, expected };
  if (form.kind !== 'csv') return undefined;
  const isTwo = isRunTogether(cells, expected, form.delimiter, columns);
  return isTwo ? { kind: 'run-together' } : undefined;
}

function refuseSwallowedRows({ cells, line }: TableRow, { path, table, columns }: Reading): void {
  if (table.form.kind !== 'csv') return;
  const end = bareReturnCell(cells, table.headers.length);
  if (end !== undefined) {
    throw new InputError(
      `${path}, line ${line}, column ${end + 1}: a row ends here with a bare CR, and others with LF or CRLF, so several rows would be one. End each row with the same line end.`,
    );
  }
  const at = swallowingCell(cells, table.headers.length, table.form.delimiter, columns);
  if (at === undefined) return;
  throw new InputError(
    `${path}, line ${line}, column ${at + 1}: a quotation mark (") opens here and closes only further down, with whole rows in between, which would be lost. Close it, double it ("") or delete it.`,
  );
}

function refuseSecondHeader({ cells, line }: TableRow, reading: Reading): void {
  const { path, table, columns, options } = reading;
  if (whatElse(cells, table.headers, columns)?.kind === 'header-again') return;
  if (!isSecondHeader(cells, columns, (row) => countHeaders(row, options.columns))) return;
  throw new InputError(
    `${path}, line ${line}: this row looks like the header of another table, with other columns, so the rows below it cannot be read by the header in line ${table.headerLine}. Put each table in a file of its own.`,
  );
}

/**
 * As many cells as the header. Missing ones are empty; surplus ones stay in the last cell, joined
 * as they stood in the file, so that nothing is lost and nothing shifts.
 */
function fitted(cells: readonly string[], width: number, delimiter: Delimiter): readonly string[] {
  if (cells.length <= width) return [...cells, ...Array<string>(width - cells.length).fill('')];
  return [...cells.slice(0, width - 1), cells.slice(width - 1).join(delimiter)];
}
