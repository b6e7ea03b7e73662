import type { TruthRow } from './truth.ts';

/** A row for which a run gave a number. */
export interface MatchedRow {
  /** 1-based data row of the cohort file. */
  readonly row: number;
  readonly nhsNumber: string;
}

/** How well a run did. `matched` is `right` and all of `wrong`; `inPopulation` bounds `right`. */
export interface Score {
  /** Rows of the cohort. */
  readonly rows: number;
  /** Rows of people who have a current number in the population. */
  readonly inPopulation: number;
  /** Rows that the run gave a number. */
  readonly matched: number;
  /** Rows that it gave the person's own number. */
  readonly right: number;
  /** False matches: the rows given a number that is not the person's own, in the order matched. */
  readonly wrong: readonly number[];
  /** Rows of people in the population that were given no number. */
  readonly missed: number;
  /** How many of the wrong rows are of people who are not in the population. */
  readonly matchedButNotInPopulation: number;
}

/**
 * Scores what a run matched against the truth. The order of either does not matter.
 * Throws RangeError for a row that the truth does not have, or that was matched twice.
 */
export function scoreRun(run: {
  readonly matched: Iterable<MatchedRow>;
  readonly truth: Iterable<TruthRow>;
}): Score {
  const truths = new Map<number, TruthRow>();
  let inPopulation = 0;
  for (const truth of run.truth) {
    truths.set(truth.row, truth);
    if (truth.isInPopulation) inPopulation += 1;
  }
  const seen = new Set<number>();
  const wrong: number[] = [];
  let strangers = 0;
  for (const { row, nhsNumber } of run.matched) {
    const truth = truthOfNewRow(row, truths, seen);
    if (!truth.isInPopulation) strangers += 1;
    if (!truth.isInPopulation || truth.trueNhsNumber !== nhsNumber) wrong.push(row);
  }
  return {
    rows: truths.size,
    inPopulation,
    matched: seen.size,
    right: seen.size - wrong.length,
    wrong,
    missed: inPopulation - (seen.size - strangers),
    matchedButNotInPopulation: strangers,
  };
}

function truthOfNewRow(
  row: number,
  truths: ReadonlyMap<number, TruthRow>,
  seen: Set<number>,
): TruthRow {
  const truth = truths.get(row);
  if (truth === undefined) throw new RangeError(`row ${row} is not a row of the cohort`);
  if (seen.has(row)) throw new RangeError(`row ${row} was matched twice`);
  seen.add(row);
  return truth;
}
