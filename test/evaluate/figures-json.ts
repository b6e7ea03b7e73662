/** The figures of all cohorts as they stand in a JSON file: counts, and each false match. */
import type { JudgedRow } from '../../src/synth/judged-cohort.ts';
import type { CohortFigures } from './figures-table.ts';
import { countBy, damageOf, type Score } from './score-rows.ts';

export function figuresJson(all: readonly CohortFigures[], about: object): string {
  const cohorts = all.map(({ score, naive, ...run }) => ({
    ...run,
    ...scoreJson(score),
    false_matches: score.falseMatches.map(rowJson),
    missed_by_damage: countBy(score.missed.flatMap(damageOf)),
    naive: {
      requests: naive.requests,
      seconds: naive.seconds,
      unnumbered: naive.unnumbered,
      ...scoreJson(naive.score),
    },
  }));
  return `${JSON.stringify({ ...about, cohorts }, null, 2)}\n`;
}

function scoreJson(score: Score): object {
  const { falseMatches, missed, ...counts } = score;
  return { ...counts, falseMatches: falseMatches.length, missed: missed.length };
}

function rowJson({ truth, cells }: JudgedRow): object {
  return { ...truth, cells };
}
