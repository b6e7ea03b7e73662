import { describe, expect, it } from 'vitest';
import { normaliseNhsNumber } from '../../src/normalise/nhs-numbers.ts';

const TESTS_ALLOWED = { acceptsTestNumbers: true };

describe('normaliseNhsNumber', () => {
  it.each([
    ['plain', '9990123454', []],
    ['blanks', ' 999 012 3454 ', []],
    ['hyphens', '999-012-3454', []],
    ['dashes and non-breaking blanks', '999\u2013012\u00A03454', []],
    ['a byte order mark and a zero-width blank', '\uFEFF99901\u200B23454', []],
    ['a decimal tail', '9990123454.0', ['nhs-number-decimal']],
    ['a bare decimal point', '9990123454.', ['nhs-number-decimal']],
    ['an apostrophe', "'9990123454", ['spreadsheet-text-marker']],
    ['a text formula', '="9990123454"', ['spreadsheet-text-marker']],
    ['quotes', '"999 012 3454"', ['spreadsheet-text-marker']],
    ['thousands commas', '9,990,123,454', ['nhs-number-thousands']],
    [
      'all of it',
      '="9,990,123,454.00"',
      ['spreadsheet-text-marker', 'nhs-number-decimal', 'nhs-number-thousands'],
    ],
  ])('reads a number with %s', (_name, text, findings) => {
    expect(normaliseNhsNumber(text, TESTS_ALLOWED)).toEqual({ value: '9990123454', findings });
  });

  it.each([
    '',
    '  ',
    '\u00A0',
    '-',
    'UNKNOWN',
    'unk',
    'Not Known',
    'N/A',
    '#N/A',
    'NA',
    'NONE',
    'NULL',
    '(null)',
    'nk',
    "'",
    '=""',
  ])('takes "%s" for no number, without a finding', (text) => {
    expect(normaliseNhsNumber(text, TESTS_ALLOWED)).toEqual({ value: undefined, findings: [] });
  });

  it.each([
    ['0000000000', 'nhs-number-placeholder'],
    ['0', 'nhs-number-placeholder'],
    ['000 000 0000', 'nhs-number-placeholder'],
    ['9999999999', 'nhs-number-placeholder'],
    ['4444444444', 'nhs-number-placeholder'],
    ['0123456789', 'nhs-number-placeholder'],
    ['9876543210', 'nhs-number-placeholder'],
    ['9.99E+09', 'nhs-number-scientific'],
    ['9,99E+09', 'nhs-number-scientific'],
    ['9.990123454e9', 'nhs-number-scientific'],
    ['10E9', 'nhs-number-scientific'],
    ['999012345', 'nhs-number-nine-digits'],
    ['99901234', 'nhs-number-length'],
    ['99901234540', 'nhs-number-length'],
    ['99901234549990000018', 'nhs-number-length'],
    ['ABC123', 'nhs-number-letters'],
    ['999O123454', 'nhs-number-letters'],
    ['NHS 9990123454', 'nhs-number-letters'],
    ['9990123454/9990000018', 'nhs-number-characters'],
    ['9990123454\n9990000018', 'nhs-number-characters'],
    ['999012345\u0000', 'nhs-number-characters'],
    ['9990123454.5', 'nhs-number-characters'],
    ['99,901,2345,4', 'nhs-number-characters'],
    ['########', 'nhs-number-characters'],
    ['9990123453', 'nhs-number-check-digit'],
    ['1234567890', 'nhs-number-check-digit'],
    ['0101010106', 'nhs-number-check-digit'],
    ['0101010109', 'chi-number'],
    ['9000000009', 'nhs-number-not-issued'],
    ['0000000051', 'nhs-number-not-issued'],
  ])('refuses %s: %s', (text, code) => {
    const reading = normaliseNhsNumber(text, TESTS_ALLOWED);

    expect(reading).toEqual({ value: undefined, findings: [code] });
  });

  it.each([
    ['5000000005', ['nhs-number-not-yet-issued']],
    ['3200000015', ['nhs-number-northern-ireland']],
    ['8000000008', ['nhs-number-ireland']],
    ['4000000004', []],
  ])('judges %s by its range, and uses it', (text, findings) => {
    expect(normaliseNhsNumber(text, TESTS_ALLOWED)).toEqual({ value: text, findings });
  });

  it('refuses a test number in live use', () => {
    const reading = normaliseNhsNumber('9990123454', { acceptsTestNumbers: false });

    expect(reading).toEqual({ value: undefined, findings: ['nhs-number-test'] });
  });
});
