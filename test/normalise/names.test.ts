import { describe, expect, it } from 'vitest';
import { normaliseNames } from '../../src/normalise/names.ts';

describe('family names', () => {
  it.each([
    ['as it is', 'Testbourne', 'Testbourne', []],
    ['lower case', 'testbourne', 'testbourne', []],
    ['blanks around it', '  Testbourne\t', 'Testbourne', []],
    ['a final line break', 'Testbourne\r\n', 'Testbourne', []],
    ['diacritics', 'Løvström-Ñandú', 'Løvström-Ñandú', []],
    ['Czech capitals', 'KŘÍŽ', 'KŘÍŽ', []],
    ['a curly apostrophe after an accent', 'ANDRÉ’S', "ANDRÉ'S", ['name-characters']],
    ['loose marks', 'Nin\u0303o', 'Niño', ['name-characters']],
    ['a straight apostrophe', "O'Testby", "O'Testby", []],
    ['a curly apostrophe', 'O’Testby', "O'Testby", ['name-characters']],
    ['a modifier apostrophe', 'OʼTestby', "O'Testby", ['name-characters']],
    ['a grave accent', 'O`Testby', "O'Testby", ['name-characters']],
    ['a doubled apostrophe', "O''Testby", "O'Testby", ['name-characters']],
    ['an apostrophe of a spreadsheet', "'Testby", 'Testby', ['name-characters']],
    ['quotation marks', "'Testby'", 'Testby', ['name-characters']],
    ['a text formula', '="Testby"', 'Testby', ['name-characters']],
    ['a Dutch apostrophe', "'t Testhof", "'t Testhof", []],
    ['a dash', 'Test\u2013Bourne', 'Test-Bourne', ['name-characters']],
    ['a non-breaking hyphen', 'Test\u2011Bourne', 'Test-Bourne', ['name-characters']],
    ['blanks around a hyphen', 'Test - Bourne', 'Test-Bourne', ['name-characters']],
    ['two blanks', 'van  der Test', 'van der Test', ['name-characters']],
    ['a non-breaking blank', 'van\u00A0der Test', 'van der Test', ['name-characters']],
    ['a tab', 'van\tTest', 'van Test', ['name-characters']],
    ['a zero-width blank', 'Test\u200Bbourne', 'Testbourne', ['name-characters']],
    ['a byte order mark', '\uFEFFTestbourne', 'Testbourne', []],
    ['punctuation at its end', 'Testbourne,', 'Testbourne', ['name-characters']],
    ['a full stop inside', 'St. Testby', 'St. Testby', []],
    ['a title', 'Mrs Testby', 'Testby', ['name-title']],
    ['a title with a full stop', 'DR. Testby', 'Testby', ['name-title']],
    ['two titles', 'Prof Dr Testby', 'Testby', ['name-title']],
    ['what only begins like a title', 'Mistry', 'Mistry', []],
    ['a title that is the name', 'Lord', 'Lord', []],
    ['a suffix', 'Testby JNR', 'Testby', ['name-suffix']],
    ['a suffix after a comma', 'Testby, Snr.', 'Testby', ['name-suffix', 'name-characters']],
    ['a suffix of numerals', 'Testby III', 'Testby', ['name-suffix']],
    ['a nickname in brackets', 'Testby (Bob)', 'Testby', ['name-note']],
    ['an unclosed bracket', 'Testby [see notes', 'Testby', ['name-note']],
    ['a nickname in quotes', 'Testby "Bob"', 'Testby', ['name-note']],
    ['a nickname in curly quotes', 'Testby “Bob”', 'Testby', ['name-note', 'name-characters']],
    ['a note of death', 'Testby (DECEASED)', 'Testby', ['name-note']],
    ['a bare note of death', 'Testby - Deceased', 'Testby', ['name-note', 'name-characters']],
    ['an alias', 'Testby AKA Other', 'Testby', ['name-note']],
    ['a maiden name', 'Testby née Other', 'Testby', ['name-note']],
    ['the surname Nee', 'Nee', 'Nee', []],
    ['a mark of a duplicate', 'Testby *DUP*', 'Testby', ['name-note']],
    ['the same before it', '**DUP** Testby', 'Testby', ['name-note']],
    ['a question in brackets', 'Testby (?)', 'Testby', ['name-note']],
    ['trailing digits', 'Testby2', 'Testby', ['name-trailing-digits']],
    ['a trailing number', 'Testby #12', 'Testby', ['name-trailing-digits']],
    [
      'all of it',
      'Mr Testby II 2 (*)',
      'Testby',
      ['name-note', 'name-trailing-digits', 'name-suffix', 'name-title'],
    ],
    ['NA', 'Na', 'Na', ['name-may-be-placeholder']],
    ['a slash', 'Testby/Other', 'Testby/Other', ['name-unusual-character']],
    ['letters of another script', 'Тест', 'Тест', ['name-unusual-character']],
  ])('reads a name with %s', (_name, text, familyName, codes) => {
    const { names, findings, babyNameFields } = normaliseNames({ family_name: text });

    expect(names).toEqual({ familyName });
    expect(findings.map((finding) => finding.code)).toEqual(expect.arrayContaining(codes));
    expect(findings).toHaveLength(codes.length);
    expect(babyNameFields).toEqual([]);
  });

  it.each(['', '  ', '\u00A0', '\u200B'])('takes "%s" for no name', (text) => {
    expect(normaliseNames({ family_name: text })).toEqual({
      names: {},
      findings: [],
      babyNameFields: [],
    });
  });

  it.each([
    ['Test\uFFFDy', 'name-encoding'],
    ['TestÃ©', 'name-encoding'],
    ['Oâ€™Testby', 'name-encoding'],
    ['MÃ¼ller', 'name-encoding'],
    ['NUÃ‘EZ', 'name-encoding'],
    ['Å\u00A0test', 'name-encoding'],
    ['Nguyá»…n', 'name-encoding'],
    ['O\u0092Testby', 'name-encoding'],
    ['Test\uD800by', 'name-encoding'],
    ['\u00F0\u0178Testby', 'name-encoding'],
    ['voilÃ', 'name-encoding'],
    ['Testby\nOther', 'name-line-break'],
    ['Testby\r\nOther', 'name-line-break'],
    ['Testby\u2028Other', 'name-line-break'],
    ['Test\u0000by', 'name-control-character'],
    ['Test\u007Fby', 'name-control-character'],
    ['TESTB*', 'name-wildcard'],
    ['SM*TH', 'name-wildcard'],
    ['*Testby', 'name-wildcard'],
    ['TE?TBY', 'name-wildcard'],
    ['TE%', 'name-wildcard'],
    ['T3stby', 'name-digits'],
    ['Testby 9990123454', 'name-digits'],
    ['Testby 999 012 3454', 'name-digits'],
    ['O"Testby', 'name-quotation'],
    ['"Test\\"by"', 'name-quotation'],
    ['Test\\by', 'name-quotation'],
    ['#REF!', 'name-placeholder'],
    ['#VALUE!', 'name-placeholder'],
    ['12', 'name-no-letters'],
    ['(Testby)', 'name-no-letters'],
    ['Testby, Rowan', 'name-comma'],
    ['MRS', 'name-only-title'],
    ['Dr.', 'name-only-title'],
    ['A'.repeat(36), 'name-too-long'],
    ['A '.repeat(300), 'name-too-long'],
    ['UNKNOWN', 'name-placeholder'],
    ['Unk', 'name-placeholder'],
    ['not known', 'name-placeholder'],
    ['N/K', 'name-placeholder'],
    ['NK', 'name-placeholder'],
    ['None', 'name-placeholder'],
    ['NULL', 'name-placeholder'],
    ['N/A', 'name-placeholder'],
    ['TEST', 'name-placeholder'],
    ['Testing', 'name-placeholder'],
    ['ZZZTEST', 'name-placeholder'],
    ['XXTESTPATIENT', 'name-placeholder'],
    ['XXTEST', 'name-placeholder'],
    ['Dummy', 'name-placeholder'],
    ['DO NOT USE', 'name-placeholder'],
    ['DO_NOT_USE - see 123', 'name-placeholder'],
    ['DUPLICATE', 'name-placeholder'],
    ['*DUP*', 'name-placeholder'],
    ['Anon', 'name-placeholder'],
    ['ANONYMOUS', 'name-placeholder'],
    ['A N OTHER', 'name-placeholder'],
    ['John Doe', 'name-placeholder'],
    ['Mickey Mouse', 'name-placeholder'],
    ['Not Given', 'name-placeholder'],
    ['No Name', 'name-placeholder'],
    ['NONAME', 'name-placeholder'],
    ['X', 'name-placeholder'],
    ['XXX', 'name-placeholder'],
    ['.', 'name-placeholder'],
    ['-', 'name-placeholder'],
    ['?', 'name-placeholder'],
    ['(unknown)', 'name-placeholder'],
    ['Mr Unknown', 'name-placeholder'],
    ['PATIENT', 'name-placeholder'],
  ])('refuses "%s": %s', (text, code) => {
    const { names, findings } = normaliseNames({ family_name: text });

    expect(names).toEqual({});
    expect(findings).toEqual([{ field: 'family_name', code }]);
  });

  it('counts characters, not their code units', () => {
    const text = '\u{20BB7}'.repeat(35);

    expect(normaliseNames({ family_name: text }).names).toEqual({ familyName: text });
  });
});

describe('given names', () => {
  it.each([
    ['Rowan', { givenName: 'Rowan' }],
    ['Rowan Alex', { givenName: 'Rowan', otherGivenNames: 'Alex' }],
    ['Rowan  Alex\u00A0Sam', { givenName: 'Rowan', otherGivenNames: 'Alex Sam' }],
    ['Anne-Marie Alex', { givenName: 'Anne-Marie', otherGivenNames: 'Alex' }],
    ['Anne - Marie', { givenName: 'Anne-Marie' }],
    ['Mr Rowan Alex', { givenName: 'Rowan', otherGivenNames: 'Alex' }],
    ['Rowan "Ro" Alex', { givenName: 'Rowan', otherGivenNames: 'Alex' }],
    ['Rowan Mr Alex', { givenName: 'Rowan', otherGivenNames: 'Alex' }],
    ['Rowan J.R.', { givenName: 'Rowan', otherGivenNames: 'J R' }],
    ['Rowan UNKNOWN', { givenName: 'Rowan' }],
    ['UNKNOWN', {}],
    ['Unknown Alex', { otherGivenNames: 'Alex' }],
    ['Rowan BABY', { givenName: 'Rowan' }],
    ['ST.JOHN', { givenName: 'ST.JOHN' }],
  ])('reads %s', (text, names) => {
    expect(normaliseNames({ given_name: text }).names).toEqual(names);
  });

  it.each([
    ['J', { givenName: 'J' }],
    ['j.', { givenName: 'j' }],
    ['J.R.', { givenName: 'J', otherGivenNames: 'R' }],
    ['J R', { givenName: 'J', otherGivenNames: 'R' }],
  ])('keeps the initial of %s, with a warning', (text, names) => {
    const reading = normaliseNames({ given_name: text });

    expect(reading.names).toEqual(names);
    expect(reading.findings).toContainEqual({ field: 'given_name', code: 'name-initial' });
  });

  it('joins the rest of the given names and the other given names', () => {
    const reading = normaliseNames({ given_name: 'Rowan Alex', other_given_names: 'Sam' });

    expect(reading).toEqual({
      names: { givenName: 'Rowan', otherGivenNames: 'Alex Sam' },
      findings: [],
      babyNameFields: [],
    });
  });

  it.each([
    [{ given_name: 'A'.repeat(36) }, 'given_name'],
    [{ other_given_names: 'Abcdefghi '.repeat(11) }, 'other_given_names'],
    [{ given_name: `Rowan ${'Abcdefghi '.repeat(11)}` }, 'given_name'],
  ])('refuses too long names', (cells, field) => {
    expect(normaliseNames(cells).findings).toContainEqual({ field, code: 'name-too-long' });
  });

  it('takes 35 and 100 characters', () => {
    const cells = { given_name: 'A'.repeat(35), other_given_names: 'B'.repeat(100) };

    expect(normaliseNames(cells).names).toEqual({
      givenName: 'A'.repeat(35),
      otherGivenNames: 'B'.repeat(100),
    });
  });

  it('refuses a baby name as a middle name', () => {
    const reading = normaliseNames({ given_name: 'Rowan', other_given_names: 'Twin 1' });

    expect(reading).toEqual({
      names: { givenName: 'Rowan' },
      findings: [{ field: 'other_given_names', code: 'name-placeholder' }],
      babyNameFields: [],
    });
  });
});

describe('known dummies spread over columns', () => {
  it.each([
    { given_name: 'John', family_name: 'Doe' },
    { given_name: 'Mickey', family_name: 'MOUSE' },
    { given_name: 'A', other_given_names: 'N', family_name: 'Other' },
    { given_name: 'A N', family_name: 'Other' },
  ])('refuses %o', (cells) => {
    const reading = normaliseNames(cells);

    expect(reading.names).toEqual({});
    expect(reading.findings).toContainEqual({ field: 'family_name', code: 'name-placeholder' });
    expect(reading.findings).toContainEqual({ field: 'given_name', code: 'name-placeholder' });
  });
});

describe('baby names', () => {
  it.each([
    'BABY',
    'Baby of Rowan',
    'BABY BOY',
    'Baby Girl',
    'baby-girl',
    'INFANT',
    'Newborn',
    'BOY',
    'Girl',
    'MALE',
    'Female Infant',
    'TWIN',
    'TWIN 1',
    'Twin2',
    'twin two',
    'TRIPLET A',
    'B/O Testby',
    'Boy of Rowan',
  ])('knows "%s" in both columns', (text) => {
    const given = normaliseNames({ given_name: text });
    const family = normaliseNames({ family_name: text });

    expect(given).toEqual({ names: {}, findings: [], babyNameFields: ['given_name'] });
    expect(family).toEqual({ names: {}, findings: [], babyNameFields: ['family_name'] });
  });

  it.each(['Boyd', 'Twining', 'Babylon', 'Girling', 'Males', 'Newborne', 'Twin Testby'])(
    'does not take %s for one',
    (text) => {
      expect(normaliseNames({ family_name: text }).names).toEqual({ familyName: text });
    },
  );
});

describe('full names', () => {
  it.each([
    ['TESTBY, Rowan', { familyName: 'TESTBY', givenName: 'Rowan' }],
    ['TESTBY,Rowan Alex', { familyName: 'TESTBY', givenName: 'Rowan', otherGivenNames: 'Alex' }],
    ['van der Test, Mr Rowan', { familyName: 'van der Test', givenName: 'Rowan' }],
    ['TESTBY,', { familyName: 'TESTBY' }],
    [', Rowan', { givenName: 'Rowan' }],
  ])('takes "%s" apart', (text, names) => {
    expect(normaliseNames({ full_name: text, family_name: ' ' }).names).toEqual(names);
  });

  it.each([
    ['Rowan Testby', 'full-name-order'],
    ['Testby, Rowan, Alex', 'full-name-order'],
    ['UNKNOWN', 'name-placeholder'],
    ['John Doe', 'name-placeholder'],
    ['DOE, John', 'name-placeholder'],
    ['Rowan\nTestby', 'name-line-break'],
  ])('refuses "%s": %s', (text, code) => {
    const { names, findings } = normaliseNames({ full_name: text });

    expect(names).toEqual({});
    expect(new Set(findings.map((finding) => JSON.stringify(finding)))).toEqual(
      new Set([JSON.stringify({ field: 'full_name', code })]),
    );
  });

  it.each(['BABY TESTBY', 'TESTBY, BABY'])('knows the baby name in "%s"', (text) => {
    expect(normaliseNames({ full_name: text }).babyNameFields).toEqual(['full_name']);
  });

  it('counts for nothing beside a family or given name', () => {
    const cells = { full_name: 'OTHER, Person', family_name: 'Testby' };

    expect(normaliseNames(cells).names).toEqual({ familyName: 'Testby' });
  });

  it('names its column in every finding', () => {
    const { findings } = normaliseNames({ full_name: 'Dr TESTBY, J' });

    expect(findings).toEqual([
      { field: 'full_name', code: 'name-title' },
      { field: 'full_name', code: 'name-initial' },
    ]);
  });
});
