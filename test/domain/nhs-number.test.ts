import { describe, expect, it } from 'vitest';
import {
  formatNhsNumber,
  isNeverReal,
  nhsNumberRange,
  parseNhsNumber,
} from '../../src/domain/nhs-number.ts';

describe('parseNhsNumber', () => {
  it.each([
    '9990000018',
    '9990000026',
    '9990000042',
    '9990000050',
    '9990000069',
    '9990000077',
    '9990000085',
    '9990000093',
    '9990123454',
    '9990202605',
    '9990341702',
    '9991112227',
  ])('reads %s', (text) => {
    expect(parseNhsNumber(text)).toBe(text);
  });

  it.each([
    ['blanks', '999 012 3454'],
    ['hyphens', '999-012-3454'],
    ['both, and at the ends', ' 999- 012 -3454 '],
  ])('ignores %s', (_name, text) => {
    expect(parseNhsNumber(text)).toBe('9990123454');
  });

  it.each([
    ['empty', ''],
    ['nine digits', '999012345'],
    ['eleven digits', '99901234540'],
    ['a wrong check digit', '9990123453'],
    ['a number whose check digit would be 10', '9990000000'],
    ['another one', '9991234560'],
    ['letters', '999012345A'],
    ['digits of another script', '٩٩٩٠١٢٣٤٥٤'],
    ['a line break', '99901\n23454'],
    ['a decimal tail', '9990123454.0'],
    ['1234567890, whose check digit would be 10', '1234567890'],
  ])('refuses %s', (_name, text) => {
    expect(parseNhsNumber(text)).toBeUndefined();
  });

  it.each([...'0123456789'].map((digit) => digit.repeat(10)).concat('0123456789', '9876543210'))(
    'refuses %s, which passes the check but is never real',
    (text) => {
      expect(parseNhsNumber(text)).toBeUndefined();
      expect(isNeverReal(text)).toBe(true);
    },
  );
});

describe('formatNhsNumber', () => {
  it('sets blanks after the third and the sixth digit', () => {
    expect(formatNhsNumber(numberOf('999012345'))).toBe('999 012 3454');
  });
});

describe('nhsNumberRange', () => {
  it.each([
    ['000000001', 'not-issued'],
    ['009999999', 'not-issued'],
    ['010000001', 'scotland'],
    ['311299999', 'scotland'],
    ['311300000', 'not-issued'],
    ['319999999', 'not-issued'],
    ['320000001', 'northern-ireland'],
    ['399999998', 'northern-ireland'],
    ['400000000', 'issued'],
    ['499999998', 'issued'],
    ['500000000', 'not-yet-issued'],
    ['599999999', 'not-yet-issued'],
    ['600000000', 'issued'],
    ['799999999', 'issued'],
    ['800000000', 'ireland'],
    ['899999999', 'ireland'],
    ['900000000', 'not-issued'],
    ['998999999', 'not-issued'],
    ['999000001', 'test'],
  ])('puts the number after %s in %s', (nineDigits, range) => {
    expect(nhsNumberRange(numberOf(nineDigits))).toBe(range);
  });
});

/** The first number at or after these nine digits that has a check digit. */
function numberOf(nineDigits: string): NonNullable<ReturnType<typeof parseNhsNumber>> {
  for (let first = Number(nineDigits); ; first += 1) {
    for (let check = 0; check < 10; check += 1) {
      const found = parseNhsNumber(`${String(first).padStart(9, '0')}${check}`);
      if (found) return found;
    }
  }
}
