/** The truth about one row of a cohort. */
export interface TruthRow {
  /** 1-based data row of the cohort file. */
  readonly row: number;
  /** The person's own current number, whatever the row carries; empty when not in the population. */
  readonly trueNhsNumber: string;
  /** True when the person of the row has a current entry in the population. */
  readonly isInPopulation: boolean;
  /** The kinds of damage done to the row, `|` between; empty for a row as it should be. */
  readonly damage: string;
  /** A remark for people, such as the row of which this one is a copy. Often empty. */
  readonly note: string;
}

/** The columns of a truth file, in order. */
export const truthColumns = [
  'row',
  'true_nhs_number',
  'is_in_population',
  'damage',
  'note',
] as const;

/** The cells of a truth row, in the order of the columns. */
export function truthCells(truth: TruthRow): readonly string[] {
  const isIn = truth.isInPopulation ? 'Y' : 'N';
  return [String(truth.row), truth.trueNhsNumber, isIn, truth.damage, truth.note];
}
