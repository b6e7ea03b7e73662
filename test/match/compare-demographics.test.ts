import { describe, expect, it } from 'vitest';
import { compareDemographics } from '../../src/match/compare-demographics.ts';
import { aBirthDate, aPerson, aPostcode, details } from '../support/people.ts';

it('finds that everything agrees', () => {
  expect(compareDemographics(aPerson({ otherGivenNames: 'Alex' }), details())).toEqual({
    familyName: 'same',
    givenName: 'same',
    otherGivenNames: 'same',
    birthDate: 'same',
    gender: 'same',
    postcode: 'same',
  });
});

it('finds that everything differs', () => {
  const stranger = details({
    familyName: 'SAMPLE',
    givenNames: ['QUENTIN', 'HUGO'],
    birthDate: '19431125',
    gender: '1',
    addresses: [{ use: 'usual', lines: [], postcode: 'EC1A 1BB' }],
  });

  expect(compareDemographics(aPerson({ otherGivenNames: 'Alex' }), stranger)).toEqual({
    familyName: 'differs',
    givenName: 'differs',
    otherGivenNames: 'differs',
    birthDate: 'differs',
    gender: 'differs',
    postcode: 'differs',
  });
});

it('knows nothing of two empty records', () => {
  expect(compareDemographics({}, { givenNames: [], addresses: [], telecoms: [] })).toEqual({
    familyName: 'unknown',
    givenName: 'unknown',
    otherGivenNames: 'unknown',
    birthDate: 'unknown',
    gender: 'unknown',
    postcode: 'unknown',
  });
});

describe('family name', () => {
  it.each([
    ["O'Testby", "O'TESTBY", 'same'],
    ["O'Testby", 'OTESTBY', 'same'],
    ["O'Testby", 'O TESTBY', 'same'],
    ['Żółć-Test', 'Zolc Test', 'same'],
    ['Müller', 'MULLER', 'same'],
    ['Testby-Sample', 'TESTBY SAMPLE', 'same'],
    ['Testby', 'TESTBY-SAMPLE', 'part'],
    ['Sample', 'Testby Sample', 'part'],
    ['Testby-Sample', 'SAMPLE', 'part'],
    ["O'Neill", "O'NEILL-SAMPLE", 'part'],
    ['Testby', 'Testbey', 'slip'],
    ['Testby', 'Tetsby', 'slip'],
    ['Testby', 'Restby', 'differs'], // the first letter is no slip
    ['Testby', 'Testbies', 'differs'],
    ['Lees', 'Leas', 'differs'], // too short for a slip
    ['Test', 'Test-Sample-Ro', 'part'],
    ['Ro', 'Test-Ro', 'differs'], // two letters are no half of a name
    ['Souza', 'de Souza', 'differs'], // a particle is no half either
    ['Testby-Sample', 'Sample-Jones', 'differs'], // a half in common is not the whole of either
    ['Testby-Sample', 'Testby-Jones', 'differs'],
    [undefined, 'Testby', 'unknown'],
    ['Testby', undefined, 'unknown'],
    ['Testby', '', 'unknown'],
    ['Testby', ' - ', 'unknown'],
  ])('%s beside %s: %s', (familyName, found, expected) => {
    const comparison = compareDemographics(aPerson({ familyName }), details({ familyName: found }));

    expect(comparison.familyName).toBe(expected);
  });
});

describe('given name', () => {
  it.each([
    ['Rowan', ['ROWAN'], 'same'],
    ['Rowan', ['Rowan Alex'], 'same'],
    ['Rowan', [' Rowan  Alex '], 'same'],
    ['Zoë', ['ZOE'], 'same'],
    ["D'Arcy", ['DARCY'], 'same'],
    ['Anne-Marie', ['ANNE MARIE'], 'same'],
    ['Rowan', ['Robin'], 'differs'],
    ['Bill', ['William'], 'short-form'],
    ['William', ['Bill'], 'short-form'],
    ['Bill', ['WILLIAM JOHN'], 'short-form'],
    ['Rob', ['Robert'], 'short-form'],
    ['Bill', ['Will'], 'differs'], // two short forms of one name
    ['Bill', ['Robert'], 'differs'],
    ['Rowan', ['Alex', 'Rowan'], 'other'],
    ['Rowan', ['Alex Rowan'], 'other'],
    ['Rowan', ['Alex', 'R'], 'differs'], // an initial among the others says too little
    ['Rohanna', ['ROHANA'], 'variant'], // perhaps another spelling
    ['Laila', ['Leila'], 'variant'],
    ['Harry', ['Henry'], 'short-name'], // common by itself among those born then
    ['Rosalnid', ['Rosalind'], 'slip'],
    ['Rosalind', ['Rosalnid'], 'differs'], // what the row holds is a name, so it was not mistyped
    ['Marian', ['Marion'], 'differs'], // two names that people bear
    ['Danielle', ['Daniel'], 'differs'],
    ['Sharlotte', ['Charlotte'], 'differs'], // never the first letter
    ['R', ['Rowan'], 'initial'],
    ['R.', ['Rowan'], 'initial'],
    ['r', ['ROWAN'], 'initial'],
    ['Rowan', ['R'], 'initial'],
    ['Rowan', ['R.'], 'initial'],
    ['R', ['R'], 'initial'],
    ['É', ['Elodie'], 'initial'],
    ['R', ['Alex'], 'differs'],
    ['R', ['Alex', 'Rowan'], 'differs'], // an initial is of the first name
    ['Rowan', ['A'], 'differs'],
    [undefined, ['Rowan'], 'unknown'],
    ['-', ['Rowan'], 'unknown'],
    ['Rowan', [], 'unknown'],
    ['Rowan', [''], 'unknown'],
    ['Rowan', ['  '], 'unknown'],
    ['Rowan', ['BABY'], 'unknown'],
    ['Rowan', ['TWIN 1'], 'unknown'],
    ['Rowan', ['MALE INFANT'], 'unknown'],
    ['Rowan', ['BABY OF ROWAN'], 'unknown'],
  ])('%s beside %j: %s', (givenName, givenNames, expected) => {
    const comparison = compareDemographics(aPerson({ givenName }), details({ givenNames }));

    expect(comparison.givenName).toBe(expected);
  });

  it.each([
    ['Alex', 'Rowan', ['Rowan'], 'other'],
    ['Alex', 'Hugo Rowan', ['Rowan', 'Quentin'], 'other'],
    ['Alex', 'R', ['Rowan'], 'differs'], // an initial among the others says too little
    ['Alex', 'Hugo', ['Rowan'], 'differs'],
    ['Bill', 'William', ['William'], 'short-form'],
  ])('%s, and %s as another, beside %j: %s', (givenName, otherGivenNames, givenNames, expected) => {
    const held = aPerson({ givenName, otherGivenNames });

    expect(compareDemographics(held, details({ givenNames })).givenName).toBe(expected);
  });
});

describe('other given names', () => {
  it.each([
    ['Alex', ['Rowan', 'ALEX'], 'same'],
    ['Alex', ['Rowan Alex'], 'same'],
    ['Hugo Alex', ['Rowan', 'Alex', 'Quentin'], 'same'],
    ['A', ['Rowan', 'Alex'], 'same'],
    ['Alex', ['Rowan', 'A.'], 'same'],
    ['Hugo', ['Rowan', 'Alex'], 'differs'],
    ['H', ['Rowan', 'Alex'], 'differs'],
    ['Rowan', ['Rowan', 'Alex'], 'differs'], // the first one is not among the others
    ['Alex', ['Rowan'], 'unknown'],
    ['Alex', [], 'unknown'],
    [undefined, ['Rowan', 'Alex'], 'unknown'],
    [' ', ['Rowan', 'Alex'], 'unknown'],
  ])('%s beside %j: %s', (otherGivenNames, givenNames, expected) => {
    const comparison = compareDemographics(aPerson({ otherGivenNames }), details({ givenNames }));

    expect(comparison.otherGivenNames).toBe(expected);
  });
});

describe('date of birth', () => {
  it.each([
    ['19810917', '19810917', 'same'],
    ['19810917', '198109171530', 'same'],
    ['19810917', '1981091715', 'same'],
    ['19810917', '19810917153000', 'same'],
    ['19810307', '19810703', 'exchanged'],
    ['19810703', '198103071530', 'exchanged'],
    ['19810307', '19820703', 'differs'], // exchanged, and another year
    ['19810917', '19810918', 'near'],
    ['19810917', '19811017', 'near'],
    ['19810917', '19820917', 'near'],
    ['19810917', '19920917', 'near'],
    ['19810917', '19930917', 'differs'], // a parent of the same name, born on the same day
    ['19810909', '19810908', 'near'],
    ['19810917', '19811018', 'differs'],
    ['19810917', '19820918', 'differs'],
    ['19810917', '19430125', 'differs'],
    ['19810917', '198109', 'unknown'],
    ['19810917', '1981', 'unknown'],
    ['19810917', '', 'unknown'],
    ['19810917', undefined, 'unknown'],
    ['198109', '19810917', 'unknown'],
    ['198109', '198109', 'unknown'],
    ['1981', '1981', 'unknown'],
    [undefined, '19810917', 'unknown'],
  ])('%s beside %s: %s', (held, birthDate, expected) => {
    const demographics = aPerson({ birthDate: held === undefined ? undefined : aBirthDate(held) });

    expect(compareDemographics(demographics, details({ birthDate })).birthDate).toBe(expected);
  });
});

describe('gender', () => {
  it.each([
    ['1', '1', 'same'],
    ['9', '9', 'same'],
    ['1', '2', 'differs'],
    ['1', '9', 'differs'],
    ['0', '1', 'unknown'],
    ['1', '0', 'unknown'],
    ['0', '0', 'unknown'],
    [undefined, '1', 'unknown'],
    ['1', undefined, 'unknown'],
  ] as const)('%s beside %s: %s', (gender, found, expected) => {
    const comparison = compareDemographics(aPerson({ gender }), details({ gender: found }));

    expect(comparison.gender).toBe(expected);
  });
});

describe('postcode', () => {
  const addresses = (...postcodes: (string | undefined)[]) =>
    postcodes.map((postcode, at) => ({
      use: at === 0 ? ('usual' as const) : ('temporary' as const),
      lines: ['1 High Street'],
      ...(postcode === undefined ? {} : { postcode }),
    }));

  it.each([
    ['M1 1AE', ['M1 1AE'], 'same'],
    ['M1 1AE', ['m11ae'], 'same'],
    ['M1 1AE', ['EC1A 1BB', 'M1  1AE'], 'same'],
    ['M1 1AE', ['M1 9ZZ', 'M1 1AE'], 'same'], // the best of several
    ['M1 1AE', ['M1 1AF'], 'same-district'],
    ['M1 1AE', ['EC1A 1BB', 'M1 1AF'], 'same-district'],
    ['M1 1AE', ['M2 1AE', 'M1 1AF'], 'same-district'],
    ['M1 1AE', ['M11 1AE'], 'differs'], // M11 is another district than M1
    ['M1 1AE', ['M60 1AE'], 'differs'],
    ['M1 1AE', ['ME1 1AE'], 'differs'], // ME is another area than M
    ['M1 1AE', ['EC1A 1BB'], 'differs'],
    ['EC1A 1BB', ['EC1A 2BB'], 'same-district'],
    ['EC1A 1BB', ['EC1Y 1BB'], 'differs'],
    ['M1 1AE', [], 'unknown'],
    ['M1 1AE', [undefined], 'unknown'],
    ['M1 1AE', [''], 'unknown'],
    ['M1 1AE', ['ZZ99 3VZ'], 'unknown'],
    ['M1 1AE', ['ZZ99 3VZ', 'M1 1AE'], 'same'],
    ['M1 1AE', ['M1'], 'unknown'],
    [undefined, ['M1 1AE'], 'unknown'],
  ])('%s beside %j: %s', (held, found, expected) => {
    const demographics = aPerson({ postcode: held === undefined ? undefined : aPostcode(held) });
    const comparison = compareDemographics(
      demographics,
      details({ addresses: addresses(...found) }),
    );

    expect(comparison.postcode).toBe(expected);
  });

  it('of a former address is not compared', () => {
    const held = aPerson({ postcode: undefined, previousPostcode: aPostcode() });

    expect(compareDemographics(held, details()).postcode).toBe('unknown');
  });
});
