/** Rows below the header that are no people: totals, closing lines, the header once more. Pure. */
import type { RowProblem } from '../domain/record.ts';
import { foldHeader } from './header-synonyms.ts';
import type { ColumnMap } from './map-columns.ts';

/**
 * What a row is instead of a person, or `undefined`. It could not be traced in any case: a footer has no
 * date of birth. So that nothing is lost by a mistake, such rows become exceptions like others.
 */
export function whatElse(
  cells: readonly string[],
  headers: readonly string[],
  columns: ColumnMap,
): Extract<RowProblem, { kind: 'footer' | 'header-again' }> | undefined {
  if (isHeaderAgain(cells, headers, columns)) return { kind: 'header-again' };
  return isFooter(cells, columns) ? { kind: 'footer' } : undefined;
}

function isHeaderAgain(
  cells: readonly string[],
  headers: readonly string[],
  columns: ColumnMap,
): boolean {
  return [...columns.values()].every(
    (at) => foldHeader(cells[at] ?? '') === foldHeader(headers[at] ?? ''),
  );
}

const MOST_CELLS = 3;

function isFooter(cells: readonly string[], columns: ColumnMap): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const [first = ''] = filled;
  if (filled.length > MOST_CELLS || !FOOTER.test(first)) return false;
  const birthDate = cells[columns.get('birth_date') ?? -1]?.trim() ?? '';
  return birthDate === '' || birthDate === first || !/\d.*\d/.test(birthDate);
}

const FOOTER =
  /^(?:[*=_# -]*(?:(?:grand |sub-?)?totals?\b|(?:number|count) of \p{L}|(?:row|record) count\b|end of \p{L}|(?:report|extract) (?:run|generated|produced|date|printed|created|end)|(?:printed|generated|produced|extracted|created|run) (?:on|by|at|from)\b|page \d|(?:source|notes?|report|copyright|disclaimer|confidentiality):|official[- :]|nhs confidential\b)|\(?[\d,]+ (?:rows?|records?|patients?|people|clients?)\b|[*=_-]{3,}$)/iu;
