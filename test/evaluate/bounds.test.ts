import { expect, test } from 'vitest';
import { upperBound } from './bounds.ts';

test.each([
  // None of n: 1 - 0.05^(1/n).
  [0, 10, 1 - 0.05 ** (1 / 10)],
  [0, 100_000, 1 - 0.05 ** (1 / 100_000)],
  // Summed with whole-number binomial coefficients.
  [1, 10, 0.3942],
  [5, 50, 0.1988],
  // Nearly Poisson: 4.744 and 16.962 for 1 and 10.
  [1, 1_000_000, 4.7439e-6],
  [10, 1_000_000, 16.9622e-6],
])('%i of %i', (count, trials, bound) => {
  expect(upperBound(count, trials) / bound).toBeCloseTo(1, 3);
});

test('says nothing where nothing was tried, or all of it was seen', () => {
  expect(upperBound(0, 0)).toBe(1);
  expect(upperBound(7, 7)).toBe(1);
});

test('holds for many of many, without underflow', () => {
  const bound = upperBound(6000, 120_000);
  expect(bound).toBeGreaterThan(0.05);
  expect(bound).toBeLessThan(0.052);
});
