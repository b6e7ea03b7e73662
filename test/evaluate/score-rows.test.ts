import { expect, test } from 'vitest';
import type { JudgedRow } from '../../src/synth/judged-cohort.ts';
import { type RowResult, scoreRows } from './score-rows.ts';

const ANN = '9990000018';
const BOB = '9990000026';

function aRow(
  row: number,
  trueNhsNumber: string,
  values: { damage?: string; isIdentifiable?: boolean; isCommon?: boolean } = {},
): JudgedRow {
  const { damage = '', isIdentifiable = trueNhsNumber !== '', isCommon = false } = values;
  return {
    cells: [],
    truth: { row, trueNhsNumber, isInPopulation: trueNhsNumber !== '', damage, note: '' },
    evidence: { canBeIdentified: isIdentifiable, hasCommonNameOnly: isCommon },
  };
}

function given(nhsNumber: string): RowResult {
  return { nhsNumber, code: '', candidates: [] };
}

function possible(...candidates: readonly string[]): RowResult {
  return { nhsNumber: '', code: 'possible-match', candidates };
}

const cohort = [
  aRow(1, ANN),
  aRow(2, BOB, { damage: 'nickname' }),
  aRow(3, BOB, { damage: 'postcode-unknown', isCommon: true }),
  aRow(4, ''),
  aRow(5, ANN, { damage: 'birth-date-other', isIdentifiable: false }),
  aRow(6, BOB, { damage: 'nickname' }),
];

test('recall is of those who can be identified; common names are counted apart', () => {
  const score = scoreRows(
    cohort,
    new Map([
      [1, given(ANN)],
      [3, given(BOB)],
      [6, given(BOB)],
    ]),
  );
  expect(score.identifiable).toEqual({ rows: 3, found: 2 });
  expect(score.withCommonNames).toEqual({ rows: 4, found: 3 });
  expect(score.damaged).toEqual({ rows: 2, found: 1 });
  expect(score.damagedWithCommonNames).toEqual({ rows: 3, found: 2 });
  expect(score.missed.map(({ truth }) => truth.row)).toEqual([2]);
  expect(score.falseMatches).toEqual([]);
});

test('a wrong number is a false match, whether or not the person is known or identifiable', () => {
  const results = new Map([1, 2, 4, 5].map((row) => [row, given(BOB)] as const));
  const score = scoreRows(cohort, results);
  expect(score.matched).toBe(4);
  expect(score.falseMatches.map(({ truth }) => truth.row)).toEqual([1, 4, 5]);
  expect(score.missed.map(({ truth }) => truth.row)).toEqual([1, 6]);
  expect(score.falseMatchBound).toBeGreaterThan(0.75);
});

test('ways of writing and a missing number are no damage, unless an exact search stumbles over them', () => {
  const rows = [
    aRow(1, ANN, { damage: 'upper-case|postcode-blank' }),
    aRow(2, BOB, { damage: 'number-missing' }),
    aRow(3, ANN, { damage: 'upper-case|apostrophe-dropped' }),
    aRow(4, BOB, { damage: 'nickname|upper-case' }),
  ];
  expect(scoreRows(rows, new Map([[3, given(ANN)]])).damaged).toEqual({ rows: 2, found: 1 });
});

test('an unidentifiable row that is found is neither a false match nor in the recall', () => {
  const score = scoreRows(cohort, new Map([[5, given(ANN)]]));
  expect(score).toMatchObject({ matched: 1, falseMatches: [] });
  expect(score.withCommonNames.found).toBe(0);
});

test('counts exceptions, and the candidates that are right', () => {
  const score = scoreRows(
    cohort,
    new Map([
      [1, possible(BOB, ANN)],
      [2, possible(ANN)],
      [4, possible(ANN)],
      [6, { nhsNumber: '', code: 'no-match', candidates: [] }],
    ]),
  );
  expect(score.possible).toEqual({ rows: 3, right: 1 });
  expect(score.exceptions).toEqual({ 'possible-match': 3, 'not-in-the-output': 2, 'no-match': 1 });
});
