import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateOfSerial, daysBetween } from '../../src/normalise/day-number.ts';

const MS_PER_DAY = 86_400_000;

describe('days counted', () => {
  it.each([
    [0, '19000100'],
    [1, '19000101'],
    [59, '19000228'],
    [60, '19000229'],
    [61, '19000301'],
    [36526, '20000101'],
    [36585, '20000229'],
    [36586, '20000301'],
  ])('day %i of a spreadsheet is %s', (serial, date) => {
    expect(dateOfSerial(serial)).toBe(date);
  });

  it('gives the dates that the calendar of the language gives', () => {
    fc.assert(
      fc.property(fc.integer({ min: 61, max: 99_999 }), (serial) => {
        const expected = new Date(Date.UTC(1899, 11, 30) + serial * MS_PER_DAY);
        return dateOfSerial(serial) === expected.toISOString().slice(0, 10).replaceAll('-', '');
      }),
      { numRuns: 2000 },
    );
  });

  it('counts the days between two dates', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 61, max: 99_999 }),
        fc.integer({ min: 61, max: 99_999 }),
        (a, b) => daysBetween(dateOfSerial(a), dateOfSerial(b)) === b - a,
      ),
    );
  });
});
