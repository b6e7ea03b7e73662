import { expect, test } from 'vitest';
import { compareTables } from './compare-outputs.ts';

const row = (number: number, code = 'SMSP-0000') => ({
  trace_row: String(number),
  trace_response_code: code,
});
const reference = [[row(1), row(3)], [row(2)]];

test('the same rows in the same files are the same', () => {
  expect(compareTables(reference, reference)).toEqual({ lost: [], twice: [], differing: [] });
});

test('a row that is in neither file is lost', () => {
  expect(compareTables([[row(1), row(3)], []], reference)).toEqual({
    lost: [2],
    twice: [],
    differing: ['exceptions.csv from row 2 on, in trace_row, trace_response_code'],
  });
});

test('a row that stands in both files is there twice', () => {
  expect(
    compareTables(
      [
        [row(1), row(3)],
        [row(2), row(3)],
      ],
      reference,
    ),
  ).toMatchObject({
    lost: [],
    twice: [3],
    differing: [expect.stringContaining('exceptions.csv')],
  });
});

test('a cell that differs is told by its column, never by what is in it', () => {
  const mine = [[row(1), row(3, 'DEMOG-0017')], [row(2)]];
  expect(compareTables(mine, reference)).toEqual({
    lost: [],
    twice: [],
    differing: ['matched.csv from row 3 on, in trace_response_code'],
  });
});

test('the order counts', () => {
  const mine = [[row(3), row(1)], [row(2)]];
  expect(compareTables(mine, reference).differing).toHaveLength(1);
});
