import { describe, expect, test } from 'vitest';
import { addDays, ageOn, daysBetween, isDate, writeDate } from '../../src/synth/dates.ts';

test.each([
  ['20240229', true],
  ['20230229', false],
  ['20240431', false],
  ['2024022', false],
  ['', false],
])('%s is a date: %s', (date, expected) => {
  expect(isDate(date)).toBe(expected);
});

test('days are counted over leap years', () => {
  expect(addDays('20240228', 2)).toBe('20240301');
  expect(addDays('20240301', -366)).toBe('20230301');
  expect(daysBetween('19000101', '20000101')).toBe(36_524);
});

test.each([
  ['20000602', 24],
  ['20000601', 25],
  ['2000', 25],
  ['200007', 24],
])('somebody born %s is %i on 1 June 2025', (born, age) => {
  expect(ageOn(born, '20250601')).toBe(age);
});

describe('writeDate', () => {
  test.each([
    ['slashes', '05/01/1949'],
    ['iso', '1949-01-05'],
    ['month-name', '05-Jan-1949'],
    ['dots', '05.01.49'],
  ] as const)('%s', (format, text) => {
    expect(writeDate('19490105', format)).toBe(text);
  });

  test('leaves a partial date as it is', () => {
    expect(writeDate('194901', 'iso')).toBe('194901');
  });
});
