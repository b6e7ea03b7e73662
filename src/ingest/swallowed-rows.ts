/** Rows that an open quotation mark has taken into one cell. Pure. */
import type { Delimiter } from '../domain/file-form.ts';
import type { ColumnMap } from './map-columns.ts';

/**
 * The 0-based column of a cell that holds whole rows: a line within it that has as many cells as the
 * header, with a date or a number where dates of birth and NHS numbers stand. Else `undefined`.
 */
export function swallowingCell(
  cells: readonly string[],
  width: number,
  delimiter: Delimiter,
  columns: ColumnMap,
): number | undefined {
  const at = cells.findIndex((cell) => {
    if (!/[\r\n]/.test(cell)) return false;
    return cell.split(/\r\n|\n|\r/).some((line) => isRow(line, width, delimiter, columns));
  });
  return at < 0 ? undefined : at;
}

/**
 * Whether a cell holds a line break, or begins with a quotation mark that is its own, and, between
 * delimiters, a whole NHS number, or as many delimiters as part two rows and, in a narrow file, a whole
 * date: they run together across a quotation mark. So they do where a number, date or gender goes on in
 * another line, or a cell that begins with a quotation mark of its own does, or goes on right behind it.
 */
export function isRunTogether(
  cells: readonly string[],
  width: number,
  delimiter: Delimiter,
  columns: ColumnMap,
): boolean {
  if (ONE_LINE.some((field) => /[\r\n]/.test(cells[columns.get(field) ?? -1]?.trim() ?? '')))
    return true;
  return cells.some((cell) => {
    if (/^"[\s\S]*[\r\n]|^"[^"]*"[\p{L}\d]/u.test(cell)) return true;
    if (!/^"|[\r\n]/.test(cell)) return false;
    const parts = cell.split(delimiter);
    const words = parts.flatMap((part) => part.split(/[\r\n]+/)).map(bare);
    if (parts.length > 2 && words.some((word) => NUMBER.test(word))) return true;
    if (parts.length < width) return false;
    return width >= WIDE || words.some((word) => DATE.test(word));
  });
}

/**
 * The 0-based column of a cell with a bare CR in it, in a row that is wider than the header: two rows,
 * of which the first ends with another line end than the file. Else `undefined`.
 */
export function bareReturnCell(cells: readonly string[], width: number): number | undefined {
  if (cells.length <= width) return undefined;
  const at = cells.findIndex((cell) => /\r(?=[^\n])/.test(cell));
  return at < 0 ? undefined : at;
}

const ONE_LINE = ['nhs_number', 'birth_date', 'gender'] as const;

/** An address may have as many commas as a narrower file. */
const WIDE = 6;

const DATE = /^\d{1,4}[-/. ]\w{1,9}[-/. ]\d{2,4}|^\d{8}$/;
const NUMBER = /^\d{3}[ -]?\d{3}[ -]?\d{4}$/;

function bare(text: string): string {
  return text.replaceAll('"', '').trim();
}

function isRow(line: string, width: number, delimiter: Delimiter, columns: ColumnMap): boolean {
  const cells = line.split(delimiter);
  if (cells.length < width) return false;
  const isLike = (at: number | undefined, form: RegExp): boolean =>
    at !== undefined && form.test(bare(cells[at] ?? ''));
  return isLike(columns.get('birth_date'), DATE) || isLike(columns.get('nhs_number'), NUMBER);
}
