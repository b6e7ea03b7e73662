/** Whether what is wrong with some cells is the column's fault, not a slip in single rows. Pure. */

/** Cells of one kind in a column. */
export interface Tally {
  readonly cells: number;
  /** The row of the first of them; 1-based. */
  readonly first: number;
}

/** With one more, in `row`. */
export function tallied(tally: Tally | undefined, row: number): Tally {
  return { cells: (tally?.cells ?? 0) + 1, first: tally?.first ?? row };
}

/**
 * Three cells or more, and one row in a thousand; a hundred are enough in any file. For three dates that
 * show that they are the other way round there are two that do not show it.
 */
export function isWidespread(tally: Tally | undefined, rows: number): tally is Tally {
  return tally !== undefined && tally.cells >= Math.max(3, Math.min(100, rows * 0.001));
}
