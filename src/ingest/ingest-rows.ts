/** File to rows: who can be traced, and why the others cannot. */

import type { Demographics } from '../domain/demographics.ts';
import type { Field, SourceCells } from '../domain/field.ts';
import type { Finding } from '../domain/finding.ts';
import type { NhsNumber } from '../domain/nhs-number.ts';
import type { IngestedRow, RowProblem } from '../domain/record.ts';
import { InputError } from '../errors.ts';
import { createColumnCheck } from './check-columns.ts';
import { type ColumnMap, cellsByField, mapColumns } from './map-columns.ts';
import { type CsvFile, type CsvRow, type Delimiter, openCsv } from './read-csv.ts';

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
  readonly columns: Readonly<Partial<Record<Field, string>>>;
  readonly dateOrder: 'dmy' | 'mdy';
  readonly normalise: Normalise;
}

export interface IngestedFile {
  readonly headers: readonly string[];
  readonly delimiter: Delimiter;
  readonly columns: ColumnMap;
  /** All data rows, in order. Ends with InputError when the file as a whole cannot be trusted. */
  readonly rows: AsyncIterable<IngestedRow>;
  /** SHA-256 of the file; known once all rows were read. */
  digest(): string;
}

/** Throws InputError when the file is no table, or its columns cannot be told. */
export async function ingestFile(path: string, options: IngestOptions): Promise<IngestedFile> {
  const file = await openCsv(path, options.delimiter);
  const columns = mapColumns(file.headers, options.columns, path);
  return {
    headers: file.headers,
    delimiter: file.delimiter,
    columns,
    rows: ingestRows(file, columns, path, options),
    digest: file.digest,
  };
}

async function* ingestRows(
  file: CsvFile,
  columns: ColumnMap,
  path: string,
  options: IngestOptions,
): AsyncGenerator<IngestedRow> {
  const check = createColumnCheck(path, options.dateOrder);
  let row = 0;
  for await (const record of file.rows) {
    row += 1;
    const ingested = ingestRow(row, record, file, columns, options.normalise);
    check.count(ingested.findings);
    yield ingested;
  }
  if (row === 0) throw new InputError(`${path}: there is a header row, but no row below it.`);
  check.judge();
}

function ingestRow(
  row: number,
  record: CsvRow,
  file: CsvFile,
  columns: ColumnMap,
  normalise: Normalise,
): IngestedRow {
  const width = file.headers.length;
  const local = (
    problem: RowProblem,
    findings: readonly Finding[] = [],
    nhsNumber?: NhsNumber,
  ): IngestedRow => ({
    row,
    cells: fitted(record.cells, width, file.delimiter),
    findings,
    fate: { kind: 'local', problem, ...(nhsNumber === undefined ? {} : { nhsNumber }) },
  });
  if (record.cells.every((cell) => cell.trim() === '')) return local({ kind: 'empty' });
  if (record.cells.length !== width) {
    return local({ kind: 'ragged', cells: record.cells.length, expected: width });
  }
  const { demographics, findings, traceability } = normalise(cellsByField(columns, record.cells));
  if (traceability.kind === 'postponed') return local({ kind: 'postponed' }, findings);
  if (traceability.kind === 'not-enough') {
    const { missing } = traceability;
    return local({ kind: 'not-enough', missing }, findings, demographics.nhsNumber);
  }
  return {
    row,
    cells: record.cells,
    findings,
    fate: { kind: 'trace', subject: { demographics, route: traceability.kind } },
  };
}

/**
 * As many cells as the header. Missing ones are empty; surplus ones stay in the last cell, joined
 * as they stood in the file, so that nothing is lost and nothing shifts.
 */
function fitted(cells: readonly string[], width: number, delimiter: Delimiter): readonly string[] {
  if (cells.length <= width) return [...cells, ...Array<string>(width - cells.length).fill('')];
  return [...cells.slice(0, width - 1), cells.slice(width - 1).join(delimiter)];
}
