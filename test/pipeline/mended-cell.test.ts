import { describe, expect, it } from 'vitest';
import { mendedCell, withoutGuard } from '../../src/pipeline/mended-cell.ts';

describe('a cell that no person changed is the one that it was', () => {
  it.each([
    ['as it was', 'Testby', 'Testby'],
    ['behind its guard', "'=1+1", '=1+1'],
    ['with a guard of its own', "'=1+1", "'=1+1"],
    ['with other line ends', 'a\nb', 'a\r\nb'],
    ['without its leading zeros', '42', '00042'],
    ['a long number as a spreadsheet shows it', '9.99E+09', '9993675954'],
    ['the same, with a decimal comma', '9,99368E+09', '9993675954'],
  ])('%s', (_name, given, before) => {
    expect(mendedCell(given, before)).toBe(before);
  });
});

describe('a cell that a person changed is theirs', () => {
  it.each([
    ['another text', 'Testby', 'Tetsby', 'Testby'],
    ['emptied', '', 'Testby', ''],
    ['behind a guard', "'=1+2", '=1+1', '=1+2'],
    ['an apostrophe that guards nothing', "'Neill", 'Neill', "'Neill"],
    ['another number', '43', '00042', '43'],
    ['more zeros', '00042', '42', '00042'],
    ['another long number', '9.98E+09', '9993675954', '9.98E+09'],
  ])('%s', (_name, given, before, mended) => {
    expect(mendedCell(given, before)).toBe(mended);
  });

  it('an NHS number of which a zero too many was taken off', () => {
    expect(mendedCell('9993675954', '09993675954', true)).toBe('9993675954');
  });
});

it('takes the guard off formulas alone', () => {
  expect(["'=x", "'+44", "'-", "'@", "'x", "''"].map(withoutGuard)).toEqual([
    ...['=x', '+44', '-', '@', "'x", "''"],
  ]);
});
