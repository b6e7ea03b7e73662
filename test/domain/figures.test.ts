import { expect, it } from 'vitest';
import { duration, percent, perRow, signed, whole } from '../../src/domain/figures.ts';

it('counts are read in groups of three', () => {
  expect([0, 999, 1000, 1_234_567].map(whole)).toEqual(['0', '999', '1,000', '1,234,567']);
});

it.each([
  [0, 0, '0.0%'],
  [0, 7, '0.0%'],
  [7, 7, '100.0%'],
  [1, 3, '33.3%'],
  [2, 3, '66.7%'],
  [475, 600, '79.2%'],
  [57, 100, '57.0%'],
  [999_999, 1_000_000, '99.9%'],
  [1, 1_000_000, '0.0%'],
])('%d of %d is %s', (part, rows, expected) => {
  expect(percent(part, rows)).toBe(expected);
});

it.each([
  [0, '0 s'],
  [4.4, '4 s'],
  [59.6, '1 min 0 s'],
  [184, '3 min 4 s'],
  [3599.5, '1 h 0 min'],
  [7380, '2 h 3 min'],
  [100 * 3600, '100 h 0 min'],
])('%d seconds are %s', (seconds, expected) => {
  expect(duration(seconds)).toBe(expected);
});

it.each([
  [0, 0, '0.00'],
  [7, 0, '0.00'],
  [150, 100, '1.50'],
  [1, 3, '0.33'],
  [12_346, 1000, '12.35'],
])('%d for %d rows are %s for each', (count, rows, expected) => {
  expect(perRow(count, rows)).toBe(expected);
});

it.each([
  [1234, 0, '+1,234'],
  [-3, 0, '−3'],
  [0, 0, '0'],
  [1.46, 1, '+1.5'],
  [-0.04, 1, '0.0'],
])('a change of %d, with %d decimals, is %s', (change, decimals, expected) => {
  expect(signed(change, decimals)).toBe(expected);
});
