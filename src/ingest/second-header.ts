/** A table below the table: a header row further down that has its columns elsewhere. Pure. */
import type { Field } from '../domain/field.ts';
import { foldHeader, HEADER_SYNONYMS } from './header-synonyms.ts';
import type { ColumnMap } from './map-columns.ts';

/** So many fields make a header of a row. */
const LEAST_FIELDS = 3;

/**
 * Whether a row below the header is a header with other columns: what stands below it would be read by
 * the wrong ones. `headersIn` counts the fields that a row would name.
 */
export function isSecondHeader(
  cells: readonly string[],
  columns: ColumnMap,
  headersIn: (cells: readonly string[]) => number,
): boolean {
  const birthDate = cells[columns.get('birth_date') ?? -1] ?? '';
  if (/\d{2}/.test(birthDate) || headersIn(cells) < LEAST_FIELDS) return false;
  return [...columns].some(([field, at]) => !isNameOf(field, cells[at] ?? ''));
}

function isNameOf(field: Field, cell: string): boolean {
  const word = foldHeader(cell);
  return word === '' || HEADER_SYNONYMS[field].includes(word);
}
