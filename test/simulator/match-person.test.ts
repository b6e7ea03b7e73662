import { describe, expect, test } from 'vitest';
import { createMatcher } from '../../src/simulator/match-person.ts';
import type { Person } from '../../src/simulator/person.ts';
import type { Query } from '../../src/simulator/query.ts';
import { DECEASED, OLD_NUMBER, PEOPLE, ROWAN, SENSITIVE, WITHDRAWN } from './request-texts.ts';

const matcher = createMatcher(PEOPLE);
const QUERY: Query = { operation: 'verifyNHSNumber', birthDate: '19670423' };

function check(nhsNumber: string, query: Partial<Query> = {}, among = matcher) {
  const { code, person } = among.checkNumber({ ...QUERY, ...query }, nhsNumber);
  return person === undefined ? code : `${code} ${person.nhsNumber}`;
}

describe('by number', () => {
  const NUMBER = ROWAN.nhsNumber;
  const FOUND = `SMSP-0000 ${NUMBER}`;

  test('the full date of birth is enough, whatever the names', () => {
    expect(check(NUMBER)).toBe(FOUND);
    expect(check(NUMBER, { familyName: 'Somebody', givenName: 'Else' })).toBe(FOUND);
  });

  test.each([
    ['the year', '19680423'],
    ['the month', '19670523'],
    ['the day', '19670424'],
  ])('%s may differ when names agree', (_, birthDate) => {
    expect(check(NUMBER, { birthDate })).toBe('DEMOG-0040');
    expect(check(NUMBER, { birthDate, familyName: 'TESxyz', givenName: 'R' })).toBe(FOUND);
    expect(check(NUMBER, { birthDate, familyName: 'oldTest', givenName: 'roger' })).toBe(FOUND);
    expect(check(NUMBER, { birthDate, familyName: 'TEXt', givenName: 'R' })).toBe('DEMOG-0040');
    expect(check(NUMBER, { birthDate, familyName: 'Testbourne', givenName: 'S' })).toBe(
      'DEMOG-0040',
    );
    expect(check(NUMBER, { birthDate, familyName: 'Testbourne' })).toBe('DEMOG-0040');
    expect(check(NUMBER, { birthDate, givenName: 'Rowan' })).toBe('DEMOG-0040');
  });

  test('one part of the date is too little, and swapped parts are other parts', () => {
    const names = { familyName: 'Testbourne', givenName: 'Rowan' };
    expect(check(NUMBER, { birthDate: '19680524', ...names })).toBe('DEMOG-0040');
    const swapped = createMatcher([{ ...ROWAN, birthDate: '19670405' }]);
    expect(check(NUMBER, { birthDate: '19670504', ...names }, swapped)).toBe('DEMOG-0040');
  });

  test('of a person without day of birth, year and month can agree', () => {
    const names = { familyName: 'Testbourne', givenName: 'Rowan' };
    const month = createMatcher([{ ...ROWAN, birthDate: '196704' }]);
    expect(check(NUMBER, {}, month)).toBe('DEMOG-0040');
    expect(check(NUMBER, names, month)).toBe(FOUND);
    const year = createMatcher([{ ...ROWAN, birthDate: '1967' }]);
    expect(check(NUMBER, names, year)).toBe('DEMOG-0040');
  });

  test('an unknown number is DEMOG-0001', () => {
    expect(check('9990000018')).toBe('DEMOG-0001');
  });

  test.each([
    '9990123455',
    '999012345',
    '99901234540',
    '999 012 3454',
    'ABC/1234/56',
    '1234567890',
  ])('%s is not a new-style number', (number) => expect(check(number)).toBe('DEMOG-0042'));

  test('a superseded number goes on with the survivor, who is cross-checked', () => {
    expect(check(OLD_NUMBER.nhsNumber)).toBe(`DEMOG-0017 ${NUMBER}`);
    expect(check(OLD_NUMBER.nhsNumber, { birthDate: '19700101' })).toBe('DEMOG-0040');
  });

  test('over two records to the survivor; to nobody; in a circle', () => {
    const first: Person = {
      nhsNumber: '9990000018',
      status: 'superseded',
      supersededBy: OLD_NUMBER.nhsNumber,
    };
    expect(check('9990000018', {}, createMatcher([...PEOPLE, first]))).toBe(`DEMOG-0017 ${NUMBER}`);
    const lost = createMatcher([{ ...first, supersededBy: '9990000026' }]);
    expect(check('9990000018', {}, lost)).toBe('DEMOG-0022');
    const circle = createMatcher([{ ...first, supersededBy: '9990000018' }]);
    expect(check('9990000018', {}, circle)).toBe('DEMOG-0022');
    const gone = createMatcher([{ ...first, supersededBy: WITHDRAWN.nhsNumber }, WITHDRAWN]);
    expect(check('9990000018', {}, gone)).toBe('DEMOG-0022');
  });

  test('an invalidated number is DEMOG-0022, whatever else is sent', () => {
    expect(check(WITHDRAWN.nhsNumber)).toBe('DEMOG-0022');
  });

  test('deceased and sensitive people are found', () => {
    expect(check(DECEASED.nhsNumber, { birthDate: '19320206' })).toMatch(/^SMSP-0000/);
    expect(check(SENSITIVE.nhsNumber, { birthDate: '19540130' })).toMatch(/^SMSP-0000/);
  });
});

const SEARCH: Query = {
  operation: 'getNHSNumber',
  birthDate: '19670423',
  gender: '2',
  familyName: 'Testbourne',
};

function search(query: Partial<Query> = {}, people: readonly Person[] = PEOPLE) {
  const { code, person } = createMatcher(people).search({ ...SEARCH, ...query });
  return person === undefined ? code : person.nhsNumber;
}

describe('a search', () => {
  const FOUND = ROWAN.nhsNumber;
  const NOBODY = 'DEMOG-0001';

  test.each<[string, Partial<Query>, string]>([
    ['family name, date and gender', {}, FOUND],
    ['any case', { familyName: 'TESTBOURNE', givenName: 'rowan', postcode: 'zz99 3cz' }, FOUND],
    ['another gender', { gender: '1' }, NOBODY],
    ['gender not known is a gender of its own', { gender: '0' }, NOBODY],
    ['another day', { birthDate: '19670424' }, NOBODY],
    ['the beginning of the name', { familyName: 'Testbourn' }, NOBODY],
    ['a blank in the name', { familyName: 'Test bourne' }, NOBODY],
    ['a blank after the name', { familyName: 'Testbourne ' }, NOBODY],
    ['a hyphen in the name', { familyName: 'Test-bourne' }, NOBODY],
    ['a diacritic in the name', { familyName: 'Téstbourne' }, NOBODY],
    ['a previous family name', { familyName: 'Oldtest' }, FOUND],
    ['the given name', { givenName: 'Rowan' }, FOUND],
    ['all given names', { givenName: 'Rowan Ash Quill' }, FOUND],
    ['some given names', { givenName: 'Rowan Ash' }, NOBODY],
    ['a middle name', { givenName: 'Ash' }, NOBODY],
    ['an initial', { givenName: 'R' }, NOBODY],
    ['a nickname', { givenName: 'Ro' }, NOBODY],
    ['the postcode', { postcode: 'ZZ99 3CZ' }, FOUND],
    ['a previous postcode', { postcode: 'ZZ99 1AB' }, FOUND],
    ['another postcode', { postcode: 'ZZ99 4EF' }, NOBODY],
    ['a postcode with the blank elsewhere', { postcode: 'ZZ9 93CZ' }, NOBODY],
    ['* at the end', { familyName: 'Te*' }, FOUND],
    ['* for nothing', { familyName: 'Testbourne*' }, FOUND],
    ['* in the middle', { familyName: 'Te*urne' }, FOUND],
    ['* between parts that overlap', { familyName: 'Testbo*bourne' }, NOBODY],
    ['* that does not fit', { familyName: 'To*' }, NOBODY],
    ['* in a previous name', { familyName: 'Oldt*' }, FOUND],
    ['* in the given name', { givenName: 'Row*' }, FOUND],
    ['* in the postcode', { postcode: 'ZZ99*' }, FOUND],
    ['* in another postcode', { postcode: 'ZZ98*' }, NOBODY],
  ])('%s', (_, query, expected) => expect(search(query)).toBe(expected));

  test('a letter with a mark is the same letter, however it is coded', () => {
    const people = [{ ...ROWAN, familyName: 'Jos\u00e9' }];
    expect(search({ familyName: 'JOSE\u0301' }, people)).toBe(FOUND);
    expect(search({ familyName: 'Jose' }, people)).toBe(NOBODY);
  });

  test('two people are DEMOG-0007, until something tells them apart', () => {
    const twin = { ...ROWAN, nhsNumber: '9990000018', givenName: 'Robin', postcode: 'ZZ99 9ZZ' };
    const people = [...PEOPLE, twin];
    expect(search({}, people)).toBe('DEMOG-0007');
    expect(search({ givenName: 'Robin' }, people)).toBe('9990000018');
    expect(search({ postcode: 'ZZ99 3CZ' }, people)).toBe(FOUND);
  });

  test('one person found by two names is one person', () => {
    const people = [{ ...ROWAN, previousFamilyNames: ['Testbourne', 'Testover'] }];
    expect(search({ familyName: 'Test*' }, people)).toBe(FOUND);
  });

  test('superseded and invalidated records are never found', () => {
    const { nhsNumber } = ROWAN;
    const merged: Person = {
      ...ROWAN,
      nhsNumber: '9990000018',
      status: 'superseded',
      supersededBy: nhsNumber,
    };
    const invalid: Person = { ...ROWAN, nhsNumber: '9990000026', status: 'invalidated' };
    expect(search({}, [...PEOPLE, merged, invalid])).toBe(FOUND);
    expect(search({}, [invalid])).toBe(NOBODY);
  });

  test('a sensitive person is found only without a postcode', () => {
    const query = { birthDate: '19540130', familyName: 'Testcastle' };
    expect(search(query)).toBe(SENSITIVE.nhsNumber);
    expect(search({ ...query, postcode: 'ZZ99 6JK' })).toBe(NOBODY);
    expect(search({ ...query, postcode: 'ZZ*' })).toBe(NOBODY);
  });

  test('deceased people are found', () => {
    expect(search({ birthDate: '19320206', familyName: 'Fabletest' })).toBe(DECEASED.nhsNumber);
  });
});

describe('a date of birth that is not full', () => {
  test.each(['1967', '196704', '19670423'])(
    'sent as %s: getNHSNumber compares what there is',
    (birthDate) => {
      for (const held of ['1967', '196704', '19670423']) {
        expect(search({ birthDate }, [{ ...ROWAN, birthDate: held }])).toBe(ROWAN.nhsNumber);
      }
    },
  );

  test('what there is must agree', () => {
    expect(search({ birthDate: '196705' })).toBe('DEMOG-0001');
    expect(search({ birthDate: '1968' })).toBe('DEMOG-0001');
    expect(search({ birthDate: '19670523' }, [{ ...ROWAN, birthDate: '196704' }])).toBe(
      'DEMOG-0001',
    );
  });

  test.each(['getPatientDetailsBySearch', 'getPatientDetails'] as const)(
    '%s compares full dates only',
    (operation) => {
      expect(search({ operation })).toBe(ROWAN.nhsNumber);
      expect(search({ operation }, [{ ...ROWAN, birthDate: '196704' }])).toBe('DEMOG-0001');
      expect(search({ operation, birthDate: '196704' }, [{ ...ROWAN, birthDate: '196704' }])).toBe(
        'DEMOG-0001',
      );
    },
  );
});
