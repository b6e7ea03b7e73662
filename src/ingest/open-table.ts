/** Opens a file of any kind, and finds its header row. */
import type { Delimiter, Encoding, FileForm } from '../domain/file-form.ts';
import type { FileNotice } from '../domain/file-notice.ts';
import { InputError } from '../errors.ts';
import { fileKind } from './file-kind.ts';
import { findHeader, HEADER_WITHIN } from './find-header.ts';
import { namesUnderGroups } from './group-headers.ts';
import { openCsv } from './read-csv.ts';
import { readSample } from './read-sample.ts';
import { openXlsx } from './read-xlsx.ts';
import type { TableRow, TableSource } from './table.ts';

export interface TableOptions {
  readonly delimiter: Delimiter | 'auto';
  readonly encoding: Encoding | 'auto';
  readonly headerRow: number | undefined;
  /** The sheet of a workbook; the first visible one when undefined. */
  readonly sheet: string | undefined;
  /** How many fields a row would name, were it the header. */
  readonly headersIn: (cells: readonly string[]) => number;
}

export interface Table {
  /** The file, and the sheet of it, for messages. */
  readonly place: string;
  readonly form: FileForm;
  /** The header row, as it stands. */
  readonly headers: readonly string[];
  /** The headers, with the group above them where it is somebody else's: "Mother NHS number". */
  readonly names: readonly string[];
  /** The line of the header row, and of the rows above it that are not read. */
  readonly headerLine: number;
  readonly linesAbove: readonly number[];
  /** The rows below the header. Can be read once. */
  readonly rows: AsyncIterable<TableRow>;
  /** What is to be said of the sheet; known once all rows were read. */
  remarks(): readonly FileNotice[];
  /** Lets go of a file whose rows are not to be read. */
  close(): Promise<void>;
  /** SHA-256 of the whole file, in hexadecimal; known once all rows were read. */
  digest(): string;
}

/** Throws InputError when the file cannot be read as a table. */
export async function openTable(path: string, options: TableOptions): Promise<Table> {
  const source = await openSource(path, options);
  const iterator = source.rows[Symbol.asyncIterator]();
  try {
    return await layOut(path, source, iterator, options);
  } catch (error) {
    await iterator.return?.();
    throw error;
  }
}

async function layOut(
  path: string,
  source: TableSource,
  iterator: AsyncIterator<TableRow>,
  { headerRow, headersIn }: TableOptions,
): Promise<Table> {
  const first = await take(iterator, HEADER_WITHIN);
  const at = findHeader(first, { path, line: headerRow, headersIn });
  const header = first[at];
  if (header === undefined) {
    throw new InputError(
      `${placeOf(path, source.form)}: the file is empty. It needs a header row, then one row for each person.`,
    );
  }
  const below = first.slice(at + 1);
  const isSheet = source.form.kind === 'xlsx';
  if (source.form.kind === 'csv') {
    refuseTwoInHeader(path, header, below);
    refuseOpenHeader(path, header, source.form.delimiter);
  }
  const headers = (isSheet ? widen : fitHeader)(header.cells, below);
  const rows = chain(below, iterator);
  const above = first.slice(0, at);
  return {
    place: placeOf(path, source.form),
    form: source.form,
    headers,
    names: namesUnderGroups(headers, above),
    headerLine: header.line,
    linesAbove: above.map(({ line }) => line),
    rows: isSheet ? padded(rows, headers.length) : rows,
    remarks: () => source.remarks(header.line),
    close: async () => {
      await iterator.return?.();
    },
    digest: source.digest,
  };
}

function placeOf(path: string, form: FileForm): string {
  if (form.kind === 'csv' || form.otherSheets.length === 0) return path;
  const others = form.otherSheets.map((name) => `"${name}"`).join(', ');
  return `${path}, sheet "${form.sheet}" (for another, write in a job file sheet: NAME; there is also ${others})`;
}

async function openSource(path: string, options: TableOptions): Promise<TableSource> {
  const sample = await readSample(path);
  const kind = fileKind(sample);
  if (kind.kind === 'other') throw new InputError(`${path}: it is ${kind.words}`);
  return kind.kind === 'zip' ? openXlsx(path, options.sheet) : openCsv(path, sample, options);
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

/** A header row that is as wide as two rows holds a person, who would be lost. */
function refuseTwoInHeader(path: string, header: TableRow, below: readonly TableRow[]): void {
  const width = header.cells.findLastIndex((cell) => cell.trim() !== '') + 1;
  const narrow = below.filter(({ cells }) => cells.length * 1.5 <= width).length;
  const fitting = below.filter(({ cells }) => cells.length === header.cells.length).length;
  const isFitting = fitting * 5 >= below.length;
  if (isFitting || narrow === 0 || narrow * 2 < below.length) return;
  throw new InputError(
    `${path}, line ${header.line}: the header row has ${width} cells, and the rows below it have far fewer. A line end is probably missing between the header row and the first person, or the rows have another delimiter.`,
  );
}

/** A header may hold a line break, but hardly delimiters too: a quotation mark is open. */
function refuseOpenHeader(path: string, { cells, line }: TableRow, delimiter: Delimiter): void {
  const at = cells.findIndex((cell) => /[\r\n]/.test(cell) && cell.split(delimiter).length > 2);
  if (at < 0) return;
  throw new InputError(
    `${path}, line ${line}, column ${at + 1}: a quotation mark (") opens in the header row and closes only further down, so people may stand in it. Close it, double it ("") or delete it.`,
  );
}

/**
 * Some programs end each row with delimiters, but not the header, or the other way round: told by the
 * first rows, all of them. A single row that differs is ragged.
 */
function fitHeader(headers: readonly string[], below: readonly TableRow[]): readonly string[] {
  const [first, ...others] = below.map(({ cells }) => cells);
  const width = first?.length ?? 0;
  if (others.length === 0 || others.some(({ length }) => length !== width)) return headers;
  const isBlankFrom = (cells: readonly string[], at: number): boolean =>
    cells.slice(at).every((cell) => cell === '');
  if (width <= headers.length)
    return isBlankFrom(headers, width) ? headers.slice(0, width) : headers;
  const isBlankBeside = below.every(({ cells }) => isBlankFrom(cells, headers.length));
  return isBlankBeside ? filledUp(headers, width) : headers;
}

/** The header of a sheet ends with its last word, but a column without a header may stand beside it. */
function widen(headers: readonly string[], below: readonly TableRow[]): readonly string[] {
  const width = below.reduce((most, { cells }) => Math.max(most, cells.length), headers.length);
  return filledUp(headers, width);
}

/** The row of a sheet ends with its last cell that is not empty. */
async function* padded(rows: AsyncIterable<TableRow>, width: number): AsyncGenerator<TableRow> {
  for await (const row of rows) yield { ...row, cells: filledUp(row.cells, width) };
}

function filledUp(cells: readonly string[], width: number): readonly string[] {
  return [...cells, ...Array<string>(Math.max(width - cells.length, 0)).fill('')];
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
