/** Which of the first rows is the header: notes may stand above it. Pure. */
import { InputError } from '../errors.ts';
import type { TableRow } from './table.ts';

/** So many rows are looked at. */
export const HEADER_WITHIN = 50;

export interface HeaderSearch {
  readonly path: string;
  /** The job's word: the line of the file, or row of the sheet, that is the header. */
  readonly line: number | undefined;
  /** How many fields a row would name, were it the header. */
  readonly headersIn: (cells: readonly string[]) => number;
}

/**
 * The index of the header row: the first, unless it names less than two fields and one further down
 * names three or more. 0 when no row does, for the caller to say what is missing. Throws InputError
 * when rows above the header are as full as it is, or hold a number or date: they could be people.
 */
export function findHeader(rows: readonly TableRow[], search: HeaderSearch): number {
  const at =
    search.line === undefined ? guess(rows, search) : named(rows, search.line, search.path);
  if (search.line !== undefined) return at;
  const full = filledCells(rows[at]);
  const isNote = (row: TableRow): boolean =>
    filledCells(row) < Math.max(3, full * 0.6) && !holdsPerson(row);
  const person = rows.slice(0, at).find((row) => !isNote(row));
  if (person === undefined) return at;
  throw new InputError(
    `${search.path}, line ${person.line}: the header row seems to be in line ${rows[at]?.line}, but this row above it looks like a person's. If it is not data, say in a job file (and give it with --job) where the header is:\nheader_row: ${rows[at]?.line}`,
  );
}

function guess(rows: readonly TableRow[], { headersIn }: HeaderSearch): number {
  const [first] = rows;
  if (first === undefined || headersIn(first.cells) >= 2) return 0;
  const further = rows.slice(0, HEADER_WITHIN).findIndex(({ cells }) => headersIn(cells) >= 3);
  return Math.max(further, 0);
}

function named(rows: readonly TableRow[], line: number, path: string): number {
  const at = rows.findIndex((row) => row.line === line);
  if (at >= 0) return at;
  throw new InputError(
    `${path}: the job file says that the header is in line ${line} (header_row), but no row begins there within the first ${HEADER_WITHIN}.`,
  );
}

/** A ten-digit number with something beside it, or a date with more beside it than notes have. */
function holdsPerson(row: TableRow): boolean {
  const has = (form: RegExp): boolean => row.cells.some((cell) => form.test(cell.trim()));
  const filled = filledCells(row);
  return (filled >= 2 && has(NUMBER)) || (filled >= 4 && has(DATE));
}

const NUMBER = /^\d{3}[ -]?\d{3}[ -]?\d{4}$/;
const DATE = /^\d{1,4}[-/. ]\w{1,9}[-/. ]\d{2,4}(?:[T ][\d:.]+)?$/;

function filledCells(row: TableRow | undefined): number {
  return row?.cells.filter((cell) => cell.trim() !== '').length ?? 0;
}
