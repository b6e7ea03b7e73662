/** The figures of all cohorts as one table, a column for each. */

import { upperBound } from './bounds.ts';
import type { Recall, Score } from './score-rows.ts';

export interface CohortFigures {
  readonly job: string;
  readonly times: number;
  readonly exitCode: number | null;
  readonly score: Score;
  /** Of damaged rows that hold no NHS number, so that everything depends on the search. */
  readonly unnumbered: Recall;
  readonly requests: number;
  readonly seconds: number;
  readonly naive: Pick<CohortFigures, 'score' | 'unnumbered' | 'requests' | 'seconds'>;
}

type Line = readonly [label: string, cell: (figures: CohortFigures) => string];

const HALTED = 5;

const LINES: readonly Line[] = [
  ['rows', ({ score }) => String(score.rows)],
  ['  can be identified', ({ score }) => String(score.identifiable.rows)],
  [
    '  only by a common name',
    ({ score }) => String(score.withCommonNames.rows - score.identifiable.rows),
  ],
  ['PROGRAM  ended with', ({ exitCode }) => (exitCode === HALTED ? '5, halted' : String(exitCode))],
  ['  recall', ({ score }) => percent(score.identifiable)],
  ['  recall, common names too', ({ score }) => percent(score.withCommonNames)],
  ['  recall, damaged rows', ({ score }) => percent(score.damaged)],
  ['  the same, common names too', ({ score }) => percent(score.damagedWithCommonNames)],
  ['  damaged rows without a number', ({ unnumbered }) => percent(unnumbered)],
  ['  numbers given', ({ score }) => String(score.matched)],
  ['  false matches', ({ score }) => String(score.falseMatches.length)],
  ['  in 100,000 numbers given', ({ score }) => per100000(falseRate(score))],
  ['  95 % upper bound', ({ score }) => per100000(score.falseMatchBound)],
  ['  possible matches', ({ score }) => String(score.possible.rows)],
  ['  their candidate is right', ({ score }) => String(score.possible.right)],
  ['  requests a row', ({ score, requests }) => (requests / score.rows).toFixed(3)],
  ['  requests', ({ requests }) => String(requests)],
  ['  seconds', ({ seconds }) => seconds.toFixed(1)],
  ['BASELINE one question, believed', () => ''],
  ['  recall', ({ naive }) => percent(naive.score.identifiable)],
  ['  recall, common names too', ({ naive }) => percent(naive.score.withCommonNames)],
  ['  recall, damaged rows', ({ naive }) => percent(naive.score.damaged)],
  ['  the same, common names too', ({ naive }) => percent(naive.score.damagedWithCommonNames)],
  ['  damaged rows without a number', ({ naive }) => percent(naive.unnumbered)],
  ['  numbers given', ({ naive }) => String(naive.score.matched)],
  ['  false matches', ({ naive }) => String(naive.score.falseMatches.length)],
  ['  in 100,000 numbers given', ({ naive }) => per100000(falseRate(naive.score))],
  ['  requests', ({ naive }) => String(naive.requests)],
];

/** The table, and below it the false matches of all cohorts together. */
export function figuresTable(all: readonly CohortFigures[]): string {
  const codes = [...new Set(all.flatMap(({ score }) => Object.keys(score.exceptions)))].sort();
  const lines: readonly Line[] = [
    ['', ({ job, times }) => `${job.split('-')[0]} x${times}`],
    ...LINES,
    ['EXCEPTIONS', () => ''],
    ...codes.map((code): Line => [`  ${code}`, ({ score }) => String(score.exceptions[code] ?? 0)]),
  ];
  const table = lines.map(([label, cell]) =>
    [label.padEnd(32), ...all.map((figures) => cell(figures).padStart(12))].join('').trimEnd(),
  );
  const matched = all.reduce((sum, { score }) => sum + score.matched, 0);
  const wrong = all.reduce((sum, { score }) => sum + score.falseMatches.length, 0);
  const bound = per100000(upperBound(wrong, matched));
  const total = `All together: ${wrong} false in ${matched} numbers given; 95 % upper bound ${bound} in 100,000.`;
  return `${[...table, total].join('\n')}\n`;
}

function percent({ rows, found }: Recall): string {
  return rows === 0 ? '-' : `${((100 * found) / rows).toFixed(2)} %`;
}

function per100000(rate: number): string {
  return (100_000 * rate).toFixed(1);
}

function falseRate({ falseMatches, matched }: Score): number {
  return matched === 0 ? 0 : falseMatches.length / matched;
}
