/** Opens a file of any kind, and finds its header row. */
import type { Delimiter, Encoding, FileForm } from '../domain/file-form.ts';
import { InputError } from '../errors.ts';
import { findHeader, HEADER_WITHIN } from './find-header.ts';
import { openCsv } from './read-csv.ts';
import { readSample } from './read-sample.ts';
import type { TableRow } from './table.ts';

export interface TableOptions {
  readonly delimiter: Delimiter | 'auto';
  readonly encoding: Encoding | 'auto';
  readonly headerRow: number | undefined;
  /** How many fields a row would name, were it the header. */
  readonly headersIn: (cells: readonly string[]) => number;
}

export interface Table {
  readonly form: FileForm;
  /** The header row, as it stands. */
  readonly headers: readonly string[];
  /** The line of the header row, and of the rows above it that are not read. */
  readonly headerLine: number;
  readonly linesAbove: readonly number[];
  /** The rows below the header. Can be read once. */
  readonly rows: AsyncIterable<TableRow>;
  /** Cells of a workbook that hold a formula and no value; known once all rows were read. */
  formulasWithoutValues(): number;
  /** SHA-256 of the whole file, in hexadecimal; known once all rows were read. */
  digest(): string;
}

/** Throws InputError when the file cannot be read as a table. */
export async function openTable(path: string, options: TableOptions): Promise<Table> {
  const sample = await readSample(path);
  const source = await openCsv(path, sample, options);
  const iterator = source.rows[Symbol.asyncIterator]();
  const first = await take(iterator, HEADER_WITHIN);
  if (first.length === 0) {
    throw new InputError(
      `${path}: the file is empty. It needs a header row, then one row for each person.`,
    );
  }
  const search = { path, line: options.headerRow, headersIn: options.headersIn };
  const at = findHeader(first, search);
  const header = first[at];
  const below = first.slice(at + 1);
  return {
    form: source.form,
    headers: fitHeader(header?.cells ?? [], below),
    headerLine: header?.line ?? 1,
    linesAbove: first.slice(0, at).map(({ line }) => line),
    rows: chain(below, iterator),
    formulasWithoutValues: source.formulasWithoutValues,
    digest: source.digest,
  };
}

async function take(rows: AsyncIterator<TableRow>, most: number): Promise<TableRow[]> {
  const taken: TableRow[] = [];
  while (taken.length < most) {
    const next = await rows.next();
    if (next.done === true) break;
    taken.push(next.value);
  }
  return taken;
}

/**
 * Some programs end each row with a delimiter, but not the header, or the other way round: told by the
 * first rows, all of them. A single row that differs is ragged.
 */
function fitHeader(headers: readonly string[], below: readonly TableRow[]): readonly string[] {
  const width = headers.length;
  if (below.length < 2) return headers;
  const isLonger = below.every(({ cells }) => cells.length === width + 1 && cells[width] === '');
  if (isLonger) return [...headers, ''];
  const isShorter = below.every(({ cells }) => cells.length === width - 1);
  return isShorter && headers[width - 1] === '' ? headers.slice(0, -1) : headers;
}

async function* chain(
  first: readonly TableRow[],
  rest: AsyncIterator<TableRow>,
): AsyncGenerator<TableRow> {
  try {
    yield* first;
    yield* { [Symbol.asyncIterator]: () => rest };
  } finally {
    await rest.return?.();
  }
}
