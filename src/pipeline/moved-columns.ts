/** Notices a column that was sorted, or moved up or down, while the others stayed: each row has another's cell then. */
import { InputError } from '../errors.ts';

/** So many different cells of other rows, and so large a share of those that changed, are no coincidence. */
const FEWEST_MOVED = 5;
const SHARE_MOVED = 0.8;

export interface MovedColumns {
  /** The cells of a row as they are now, and as they were. */
  count(given: readonly string[], before: readonly string[]): void;
  /** Of all rows that were counted. Throws InputError. */
  judge(): void;
}

export function createMovedColumns(path: string, headers: readonly string[]): MovedColumns {
  const columns = headers.map(() => ({ was: createTally(), is: createTally() }));
  return {
    count: (given, before) => {
      for (const [at, { was, is }] of columns.entries()) {
        if (given[at] === before[at]) continue;
        was.add(before[at] ?? '');
        is.add(given[at] ?? '');
      }
    },
    judge: () => {
      const at = columns.findIndex(({ was, is }) => isMoved(was.counts, is.counts));
      if (at < 0) return;
      throw new InputError(
        `${path}, column "${headers[at]}": its cells stand in other rows than before, while other columns stayed. So it was sorted, or moved up or down, on its own, and people would be mixed up. Undo that, and sort whole rows only, with all columns selected.`,
      );
    },
  };
}

type Counts = ReadonlyMap<string, number>;

function isMoved(was: Counts, is: Counts): boolean {
  let changed = 0;
  let moved = 0;
  let values = 0;
  for (const [cell, count] of is) {
    const stood = Math.min(count, was.get(cell) ?? 0);
    changed += count;
    moved += stood;
    if (stood > 0) values += 1;
  }
  return values >= FEWEST_MOVED && moved >= changed * SHARE_MOVED;
}

/** How often each text occurs; blank ones do not count. */
function createTally(): { readonly counts: Counts; add(cell: string): void } {
  const counts = new Map<string, number>();
  return {
    counts,
    add: (cell) => {
      const text = cell.trim();
      if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
    },
  };
}
