/** What stands between the cells of a text file, told by its first rows. Pure. */
import { DELIMITERS, type Delimiter } from '../domain/file-form.ts';

/**
 * The delimiter under which some row names the most fields; where none does, the one under which most
 * rows are equally wide, and widest. A comma when nothing tells.
 */
export function chooseDelimiter(
  rowsBy: (delimiter: Delimiter) => readonly (readonly string[])[],
  headersIn: (cells: readonly string[]) => number,
): Delimiter {
  const scored = DELIMITERS.map((delimiter) => {
    const rows = rowsBy(delimiter);
    return {
      delimiter,
      headers: rows.reduce((most, cells) => Math.max(most, headersIn(cells)), 0),
      width: agreedWidth(rows),
    };
  });
  const best = scored.reduce((a, b) => {
    if (a.headers !== b.headers && Math.max(a.headers, b.headers) > 1) {
      return b.headers > a.headers ? b : a;
    }
    return b.width > a.width ? b : a;
  });
  return best.headers > 1 || best.width > 1 ? best.delimiter : ',';
}

/** How many cells the first row has, when at least half of the rows have as many; else 0. */
function agreedWidth(rows: readonly (readonly string[])[]): number {
  const width = rows[0]?.length ?? 0;
  const agreeing = rows.filter((row) => row.length === width).length;
  return agreeing * 2 >= rows.length ? width : 0;
}
