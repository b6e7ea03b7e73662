import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTypingSlip } from '../../src/match/typing-slip.ts';

describe('isTypingSlip', () => {
  it.each([
    ['a letter too many', 'Testby', 'Testtby'],
    ['a letter too many at the end', 'Testby', 'Testbyy'],
    ['a letter too few', 'Testby', 'Tesby'],
    ['a letter too few, which leaves five', 'Sample', 'Sampe'],
    ['a wrong letter', 'Testby', 'Testvy'],
    ['a wrong last letter', 'Testby', 'Testbi'],
    ['a wrong second letter', 'Testby', 'Tastby'],
    ['two neighbours exchanged', 'Testby', 'Tetsby'],
    ['the last two exchanged', 'Testby', 'Testyb'],
    ['five letters', 'Peart', 'Peert'],
    ['another case', 'Testby', 'TESTVY'],
    ['diacritics, which do not count', 'Mülleri', 'Mulleru'],
    ['an apostrophe, which does not count', "O'Testby", 'OTESTVY'],
  ])('%s: %s, %s', (_what, a, b) => {
    expect([isTypingSlip(a, b), isTypingSlip(b, a)]).toEqual([true, true]);
  });

  it.each([
    ['the same name', 'Testby', 'Testby'],
    ['the same but for case', 'Testby', 'TESTBY'],
    ['the same but for an apostrophe', "O'Testby", 'OTestby'],
    ['another first letter', 'Testby', 'Restby'],
    ['the first two exchanged', 'Testby', 'Etstby'],
    ['a letter before the first', 'Testby', 'Atestby'],
    ['two wrong letters', 'Testby', 'Tastvy'],
    ['two neighbours exchanged, and a wrong letter', 'Testby', 'Tetsvy'],
    ['two letters exchanged that are no neighbours', 'Testby', 'Tbstey'],
    ['two wrong letters, one of them its neighbour', 'Testby', 'Texsby'],
    ['two letters too many', 'Testby', 'Testbyes'],
    ['a letter too many and a wrong one', 'Testby', 'Testvyy'],
    ['four letters', 'Lees', 'Leas'],
    ['four letters beside five', 'Lees', 'Leees'],
    ['nothing', '', ''],
    ['something beside nothing', 'Testby', ''],
    ['other names of its length', 'Testby', 'Sample'],
  ])('not %s: %s, %s', (_what, a, b) => {
    expect([isTypingSlip(a, b), isTypingSlip(b, a)]).toEqual([false, false]);
  });

  it('is the same both ways for any two texts', () => {
    const text = fc.string({ unit: fc.constantFrom('A', 'B', 'É'), minLength: 4, maxLength: 8 });
    fc.assert(fc.property(text, text, (a, b) => isTypingSlip(a, b) === isTypingSlip(b, a)));
  });
});
