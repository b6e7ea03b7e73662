/** Cohorts with the documented rates, as files for the program and as truth for the score. */
import { writeFileSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import { type CohortStyle, cohortHeader } from '../../src/synth/cohort-style.ts';
import type { Judge } from '../../src/synth/evidence.ts';
import { type JudgedRow, makeJudgedCohort } from '../../src/synth/judged-cohort.ts';
import type { CohortSource } from '../../src/synth/population-entry.ts';

/** The file that each job is for. */
export const STYLE_OF_JOB: Readonly<Record<string, CohortStyle>> = {
  'nightly-data-quality': 'nightly',
  'cohort-backfill': 'backfill',
  'social-care-matching': 'social-care',
};

export interface CohortFile {
  readonly path: string;
  readonly style: CohortStyle;
  readonly seed: string;
  readonly count: number;
  /** How many times as often as documented things go wrong. */
  readonly times: number;
  readonly today: string;
}

/** Writes the rows and gives them with their truth. */
export function writeJudgedCohort(
  { path, times, ...options }: CohortFile,
  population: readonly CohortSource[],
  judge: Judge,
): readonly JudgedRow[] {
  const rates = { kind: 'documented', times } as const;
  const rows = [...makeJudgedCohort({ ...options, population, rates }, judge)];
  writeFileSync(path, stringify([cohortHeader(options.style), ...rows.map(({ cells }) => cells)]));
  return rows;
}
