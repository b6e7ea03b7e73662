import { expect, test } from 'vitest';
import { scoreRun } from '../../src/synth/score.ts';

const truth = [
  aTruth(1, '9990000018'),
  aTruth(2, '9990000026'),
  aTruth(3, '9990000034'),
  aTruth(4, ''),
  aTruth(5, ''),
];

test('tells right, wrong and missed apart', () => {
  const matched = [
    { row: 2, nhsNumber: '9990000018' },
    { row: 1, nhsNumber: '9990000018' },
    { row: 4, nhsNumber: '9990000018' },
  ];
  expect(scoreRun({ matched, truth })).toEqual({
    rows: 5,
    inPopulation: 3,
    matched: 3,
    right: 1,
    wrong: [2, 4],
    missed: 1,
    matchedButNotInPopulation: 1,
  });
});

test('an empty number for somebody unknown is a false match, not a right one', () => {
  const score = scoreRun({ matched: [{ row: 5, nhsNumber: '' }], truth });
  expect(score).toMatchObject({ right: 0, wrong: [5], missed: 3 });
});

test('refuses rows that are unknown or come twice', () => {
  const one = { row: 1, nhsNumber: '9990000018' };
  expect(() => scoreRun({ matched: [{ ...one, row: 6 }], truth })).toThrow(/row 6/);
  expect(() => scoreRun({ matched: [one, one], truth })).toThrow(/twice/);
});

function aTruth(row: number, trueNhsNumber: string) {
  return { row, trueNhsNumber, isInPopulation: trueNhsNumber !== '', damage: '', note: '' };
}
