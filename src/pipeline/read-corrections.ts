/** The exception file as it comes back from people: its rows by `trace_row`, its columns by name. */

import { TRACE_AND_EXCEPTION_COLUMNS } from '../domain/output-columns.ts';
import { InputError } from '../errors.ts';
import { openTable, type Table } from '../ingest/open-table.ts';
import { visibleSheets } from '../ingest/read-xlsx.ts';
import type { TableRow } from '../ingest/table.ts';
import { withoutGuard } from './mended-cell.ts';

/** One row that was given back. */
export interface GivenRow {
  /** Where it stands in the file, for messages: `line 7`, or `sheet "no-match", row 7`. */
  readonly place: string;
  /** 1-based data row of the input. */
  readonly row: number;
  /** The input's own cells, in the order of the input's headers. */
  readonly cells: readonly string[];
}

export interface GivenFile {
  /** In the order of the file; each once, but in a workbook also once on each of several sheets. Can be read once. */
  readonly rows: AsyncIterable<GivenRow>;
  /** SHA-256 of the file, in hexadecimal; known once all rows were read. */
  sha256(): string;
}

/**
 * Opens exceptions.csv or exceptions.xlsx as people saved it. `headers` and `inputRows` are the input's. Columns
 * and rows may stand in any order, and others may have been added. Ends with InputError when a column of the
 * input is missing or was renamed, or when a row cannot be told.
 */
export function readCorrections(
  path: string,
  headers: readonly string[],
  inputRows: number,
): GivenFile {
  let sha256 = '';
  async function* rows(): AsyncGenerator<GivenRow> {
    for (const sheet of await sheetsOf(path, headers)) {
      const table = await openGiven(path, sheet, headers);
      yield* rowsOf(table, { path, sheet, headers, inputRows });
      sha256 = table.digest();
    }
  }
  return { rows: rows(), sha256: () => sha256 };
}

/** The sheets of a workbook that hold rows of the run; a text file is one without a name. */
async function sheetsOf(
  path: string,
  headers: readonly string[],
): Promise<readonly (string | undefined)[]> {
  const names = await visibleSheets(path);
  if (names.length === 0) return [undefined];
  const found: string[] = [];
  for (const name of names) {
    const table = await openGiven(path, name, headers);
    if (table.headers.some((header) => plain(header) === 'trace_row')) found.push(name);
    await table.close();
  }
  if (found.length > 0) return found;
  throw new InputError(
    `${path}: no sheet of the workbook has a column trace_row. Give back exceptions.xlsx or exceptions.csv of this run, with its columns as they were named.`,
  );
}

function openGiven(
  path: string,
  sheet: string | undefined,
  headers: readonly string[],
): Promise<Table> {
  const known = new Set([...headers, ...TRACE_AND_EXCEPTION_COLUMNS].map(plain));
  return openTable(path, {
    delimiter: 'auto',
    encoding: 'auto',
    headerRow: undefined,
    sheet,
    headersIn: (cells) => cells.filter((cell) => known.has(plain(cell))).length,
  });
}

interface Given {
  readonly path: string;
  readonly sheet: string | undefined;
  readonly headers: readonly string[];
  readonly inputRows: number;
}

async function* rowsOf(
  table: Table,
  { path, sheet, headers, inputRows }: Given,
): AsyncGenerator<GivenRow> {
  const at = columnsOf(table.headers, headers, path);
  const placeOf = (line: number): string =>
    sheet === undefined ? `line ${line}` : `sheet "${sheet}", row ${line}`;
  const places = new Map<number, number>();
  for await (const record of table.rows) {
    if (record.cells.every((cell) => cell.trim() === '')) continue;
    const place = placeOf(record.line);
    refuseShifted(record, table.headers.length, Math.max(at.traceRow, ...at.cells), path, place);
    const row = rowOf(record.cells[at.traceRow] ?? '');
    if (row === undefined || row < 1 || row > inputRows)
      throw new InputError(
        `${path}, ${place}, column trace_row: this is no row of the run, which has the rows 1 to ${inputRows}. Put back the number that stood there, or delete the line; a new person belongs in a run of their own.`,
      );
    const twin = places.get(row);
    if (twin !== undefined)
      throw new InputError(
        `${path}, ${place}, column trace_row: row ${row} stands on ${placeOf(twin)} already. Delete one of the two lines.`,
      );
    places.set(row, record.line);
    yield { place, row, cells: at.cells.map((c) => record.cells[c] ?? '') };
  }
}

/** Where each column stands. Of columns with the same header the first is the first. */
function columnsOf(
  given: readonly string[],
  headers: readonly string[],
  path: string,
): { readonly cells: readonly number[]; readonly traceRow: number } {
  const places = Map.groupBy(given.keys(), (at) => plain(given[at] ?? ''));
  const missing: string[] = [];
  const take = (header: string): number => {
    const place = places.get(plain(header))?.shift();
    if (place === undefined) missing.push(header);
    return place ?? 0;
  };
  const cells = headers.map(take);
  const traceRow = take('trace_row');
  if (missing.length === 0) return { cells, traceRow };
  // Then it is perhaps a row of a person, whose cells must not be told.
  if (missing.length * 2 > headers.length + 1)
    throw new InputError(
      `${path}: the header row of exceptions.csv is not there. Put it back as the first row, with its columns as they were named.`,
    );
  const known = new Set([...headers, ...TRACE_AND_EXCEPTION_COLUMNS].map(plain));
  const added = given.filter((header) => !known.has(plain(header)) && header.trim() !== '');
  throw new InputError(
    [
      `${path}, header row: ${list(missing)} ${missing.length === 1 ? 'is' : 'are'} not there.`,
      ...(added.length > 0 ? [`There is instead: ${list(added)}.`] : []),
      'Give the file back with the columns of exceptions.csv as they were named; only cells may be changed.',
    ].join('\n'),
  );
}

const plain = (header: string): string => withoutGuard(header).trim().replace(/\s+/g, ' ');

const list = (headers: readonly string[]): string =>
  headers.map((header) => `"${header.slice(0, 60)}"`).join(', ');

/** A row with too few or too many cells may hold the right ones under the wrong headers. */
function refuseShifted(
  { cells }: TableRow,
  width: number,
  last: number,
  path: string,
  place: string,
): void {
  const isShort = cells.length <= last;
  if (!isShort && cells.slice(width).every((cell) => cell.trim() === '')) return;
  throw new InputError(
    `${path}, ${place}: there are ${cells.length} cells, where the header row has ${width}. ${isShort ? 'Some are missing' : 'A cell that holds the delimiter must stand in quotation marks'}; mend the line, or save the file again from a spreadsheet program.`,
  );
}

/** A spreadsheet may have made it 17.0. */
function rowOf(cell: string): number | undefined {
  const [, digits] = /^\s*(\d{1,9})(?:[.,]0+)?\s*$/.exec(cell) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
