import { type CohortOptions, type CohortRow, makeCohort } from './cohort.ts';
import { draftOfCells, layoutOf } from './cohort-style.ts';
import { createJudge, type Evidence, type Judge } from './evidence.ts';

/** A row with the truth about it, and whether anybody could find that truth. */
export interface JudgedRow extends CohortRow {
  readonly evidence: Evidence;
}

/**
 * A cohort whose rows are judged by what stands in their cells. A judge of the same population can be
 * handed in, so that one serves several cohorts. Throws RangeError as makeCohort does.
 */
export function makeJudgedCohort(
  options: CohortOptions,
  judge: Judge = createJudge(options.population),
): Iterable<JudgedRow> {
  const cohort = makeCohort(options);
  return { [Symbol.iterator]: () => judged(cohort, options, judge) };
}

function* judged(
  cohort: Iterable<CohortRow>,
  { style }: CohortOptions,
  judge: Judge,
): Generator<JudgedRow> {
  const layout = layoutOf(style);
  for (const row of cohort) {
    const draft = draftOfCells(row.cells, layout);
    yield { ...row, evidence: judge(draft, row.truth.trueNhsNumber) };
  }
}
