import { describe, expect, it } from 'vitest';
import { compareDemographics } from '../../src/reconcile/compare-demographics.ts';
import { aBirthDate, aPerson, aPostcode, details } from '../support/people.ts';

it('finds that everything agrees', () => {
  expect(compareDemographics(aPerson(), details())).toEqual({
    familyName: 'agrees',
    givenName: 'agrees',
    birthDate: 'agrees',
    gender: 'agrees',
    postcode: 'agrees',
  });
});

it('knows nothing of two empty records', () => {
  expect(compareDemographics({}, { givenNames: [], addresses: [], telecoms: [] })).toEqual({
    familyName: 'unknown',
    givenName: 'unknown',
    birthDate: 'unknown',
    gender: 'unknown',
    postcode: 'unknown',
  });
});

it.each([
  ["O'Testby", "O'TESTBY", 'agrees'],
  ["O'Testby", 'OTESTBY', 'agrees'],
  ['Żółć-Test', 'Zolc Test', 'agrees'],
  ['Testby', 'Testbie', 'differs'],
  ['Testby', 'Testby-Sample', 'differs'],
  [undefined, 'Testby', 'unknown'],
  ['Testby', undefined, 'unknown'],
  ['Testby', '', 'unknown'],
])('family name: %s beside %s %s', (familyName, found, expected) => {
  const comparison = compareDemographics(aPerson({ familyName }), details({ familyName: found }));

  expect(comparison.familyName).toBe(expected);
});

it.each([
  ['Rowan', ['ROWAN'], 'agrees'],
  ['Rowan', ['Rowan Alex'], 'agrees'],
  ['Rowan', [' Rowan  Alex '], 'agrees'],
  ['Zoë', ['ZOE'], 'agrees'],
  ['Rowan', ['Robin'], 'differs'],
  ['Rowan', ['Alex', 'Rowan'], 'differs'],
  ['Rob', ['Robert'], 'differs'],
  ['R', ['Rowan'], 'initial'],
  ['R.', ['Rowan'], 'initial'],
  ['r', ['ROWAN'], 'initial'],
  ['Rowan', ['R'], 'initial'],
  ['Rowan', ['R.'], 'initial'],
  ['R', ['R'], 'initial'],
  ['É', ['Elodie'], 'initial'],
  ['R', ['Alex'], 'differs'],
  ['Rowan', ['A'], 'differs'],
  [undefined, ['Rowan'], 'unknown'],
  ['Rowan', [], 'unknown'],
  ['Rowan', [''], 'unknown'],
  ['Rowan', ['  '], 'unknown'],
])('given name: %s beside %j %s', (givenName, givenNames, expected) => {
  const comparison = compareDemographics(aPerson({ givenName }), details({ givenNames }));

  expect(comparison.givenName).toBe(expected);
});

it.each([
  ['19810917', '19810917', 'agrees'],
  ['19810917', '198109171530', 'agrees'],
  ['19810917', '19810918', 'differs'],
  ['19810917', '19820917', 'differs'],
  ['19810917', '198109', 'unknown'],
  ['19810917', '1981', 'unknown'],
  ['19810917', '', 'unknown'],
  ['19810917', undefined, 'unknown'],
  ['198109', '19810917', 'unknown'],
  ['198109', '198109', 'unknown'],
  ['1981', '1981', 'unknown'],
  [undefined, '19810917', 'unknown'],
])('date of birth: %s beside %s %s', (held, birthDate, expected) => {
  const demographics = aPerson({ birthDate: held === undefined ? undefined : aBirthDate(held) });

  expect(compareDemographics(demographics, details({ birthDate })).birthDate).toBe(expected);
});

it.each([
  ['1', '1', 'agrees'],
  ['9', '9', 'agrees'],
  ['1', '2', 'differs'],
  ['1', '9', 'differs'],
  ['0', '1', 'unknown'],
  ['1', '0', 'unknown'],
  ['0', '0', 'unknown'],
  [undefined, '1', 'unknown'],
  ['1', undefined, 'unknown'],
] as const)('gender: %s beside %s %s', (gender, found, expected) => {
  const comparison = compareDemographics(aPerson({ gender }), details({ gender: found }));

  expect(comparison.gender).toBe(expected);
});

describe('postcode', () => {
  const addresses = (...postcodes: (string | undefined)[]) =>
    postcodes.map((postcode, at) => ({
      use: at === 0 ? ('usual' as const) : ('temporary' as const),
      lines: ['1 High Street'],
      ...(postcode === undefined ? {} : { postcode }),
    }));

  it.each([
    ['M1 1AE', ['M1 1AE'], 'agrees'],
    ['M1 1AE', ['m11ae'], 'agrees'],
    ['M1 1AE', ['EC1A 1BB', 'M1  1AE'], 'agrees'],
    ['M1 1AE', ['EC1A 1BB'], 'differs'],
    ['M1 1AE', ['M1 1AF'], 'differs'],
    ['M1 1AE', [], 'unknown'],
    ['M1 1AE', [undefined], 'unknown'],
    ['M1 1AE', [''], 'unknown'],
    ['M1 1AE', ['ZZ99 3VZ'], 'unknown'],
    ['M1 1AE', ['M1'], 'unknown'],
    [undefined, ['M1 1AE'], 'unknown'],
  ])('%s beside %j %s', (held, found, expected) => {
    const demographics = aPerson({ postcode: held === undefined ? undefined : aPostcode(held) });
    const comparison = compareDemographics(
      demographics,
      details({ addresses: addresses(...found) }),
    );

    expect(comparison.postcode).toBe(expected);
  });
});
