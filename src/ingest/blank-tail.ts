/** Blank rows below the last person, which spreadsheets leave by the thousand. */
import type { TableRow } from './table.ts';

/** So many blank rows at the end are rows of the file like others; more are its formatting. */
const MOST_ROWS = 100;

/** Counted while rows go by. */
export interface Seen {
  lastLine: number;
  /** Below the header, blank ones included. */
  rows: number;
  /** Blank rows at the end that were left out. */
  blankBelow: number;
}

/** All rows, in order, but for a long tail of blank ones. Blank rows are held until it is known. */
export async function* withoutBlankTail(
  rows: AsyncIterable<TableRow>,
  seen: Seen,
): AsyncGenerator<TableRow> {
  const held = createRuns();
  for await (const row of rows) {
    seen.rows += 1;
    seen.lastLine = row.line;
    if (isBlank(row)) {
      held.add(row);
      continue;
    }
    yield* held.release();
    yield row;
  }
  if (held.count() <= MOST_ROWS) yield* held.release();
  seen.blankBelow = held.count();
}

function isBlank({ cells }: TableRow): boolean {
  return cells.every((cell) => cell.trim() === '');
}

interface Runs {
  add(row: TableRow): void;
  count(): number;
  /** The rows held, in order; none is held any more. */
  release(): Generator<TableRow>;
}

/** Rows that look the same, one after the other, are kept once. */
function createRuns(): Runs {
  let runs: { readonly row: TableRow; readonly key: string; count: number }[] = [];
  return {
    add: (row) => {
      const key = row.cells.join('\0');
      const last = runs.at(-1);
      if (last?.key === key) last.count += 1;
      else runs.push({ row, key, count: 1 });
    },
    count: () => runs.reduce((sum, run) => sum + run.count, 0),
    release: function* () {
      const held = runs;
      runs = [];
      for (const { row, count } of held) for (let at = 0; at < count; at += 1) yield row;
    },
  };
}
