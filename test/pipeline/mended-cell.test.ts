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
    ['UTF-8 read as Windows-1252', 'Ã‡AÄžLAR GonzÃ¡lez', 'ÇAĞLAR González'],
    ['the same, with a byte that stands for nothing', 'PAWEÅ\u0081', 'PAWEŁ'],
    ['the same, as LibreOffice shows such a byte', 'PAWEÅ\uF181', 'PAWEŁ'],
    ['the same, with a blank that is gone at its end', 'KingÂ', 'King\u00A0'],
    ['the same, behind its guard', "'ï¼\uF19D1+1", '\uFF1D1+1'],
    ['the same, behind an apostrophe of its own', "'Ã‰toile", "'Étoile"],
    ['UTF-8 read as the Macintosh has it', 'Gonz√°lez', 'González'],
    ['UTF-8 read as Windows-1250', 'GonzĂˇlez', 'González'],
    ['written in an encoding that lacks its letters', 'PAWE? WO?NIAK', 'PAWEŁ WOŹNIAK'],
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
    ['a name that is mended to letters beyond ASCII', 'González', 'Gonzalez', 'González'],
    ['a name that is mended to plain ones', 'Gonzalez', 'González', 'Gonzalez'],
    ['damaged letters that stood there before', 'GonzÃ¡lez', 'Gonzales', 'GonzÃ¡lez'],
    ['damaged letters that are mended', 'González', 'GonzÃ¡lez', 'González'],
    ['another letter for one beyond ASCII', 'PAWEL', 'PAWEŁ', 'PAWEL'],
    ['a question mark in another place', 'PA?EŁ', 'PAWEŁ', 'PA?EŁ'],
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
