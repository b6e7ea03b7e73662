import { describe, expect, it } from 'vitest';
import {
  birthDatePrecision,
  formatBirthDate,
  parseBirthDate,
} from '../../src/domain/birth-date.ts';

describe('parseBirthDate', () => {
  it.each([
    ['19810917', 'day', '17 Sep 1981'],
    ['20040201', 'day', '1 Feb 2004'],
    ['20040229', 'day', '29 Feb 2004'],
    ['20000229', 'day', '29 Feb 2000'],
    ['19991231', 'day', '31 Dec 1999'],
    ['198104', 'month', 'Apr 1981'],
    ['1981', 'year', '1981'],
  ])('reads %s to the %s, for people %s', (digits, precision, words) => {
    const date = parseBirthDate(digits);

    expect(date).toBe(digits);
    if (date === undefined) throw new Error('unreachable');
    expect(birthDatePrecision(date)).toBe(precision);
    expect(formatBirthDate(date)).toBe(words);
  });

  it.each([
    '',
    '0000',
    '00000000',
    '198',
    '19810',
    '1981091',
    '198109170',
    '198100',
    '198113',
    '19810900',
    '19810431',
    '19810631',
    '19810931',
    '19811131',
    '19810132',
    '19810229',
    '19000229',
    '20040230',
    '1981-09-17',
    ' 19810917',
    '１９８１',
  ])('refuses "%s"', (digits) => {
    expect(parseBirthDate(digits)).toBeUndefined();
  });
});
