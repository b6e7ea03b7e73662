import { describe, expect, it } from 'vitest';
import type { Demographics } from '../../src/domain/demographics.ts';
import type { PatientDetails } from '../../src/domain/trace.ts';
import { compareDemographics } from '../../src/match/compare-demographics.ts';
import { familyNameShare } from '../../src/match/family-names.ts';
import { givenNameShareIn } from '../../src/match/given-names-by-era.ts';
import { expectedNamesakes } from '../../src/match/namesakes.ts';
import { aBirthDate, aPerson, aPostcode, details } from '../support/people.ts';

const ELSEWHERE = aPostcode('EC1A 1BB');

/** John Smith in the row, JOHN SMITH on PDS, at two ends of the country. */
const held = (changes: Parameters<typeof aPerson>[0] = {}): Demographics =>
  aPerson({ familyName: 'Smith', givenName: 'John', postcode: ELSEWHERE, ...changes });
const found = (changes: Parameters<typeof details>[0] = {}): PatientDetails =>
  details({ familyName: 'SMITH', givenNames: ['JOHN'], ...changes });

function namesakes(row: Demographics, person: PatientDetails, isPostcodeKnown = false): number {
  return expectedNamesakes(row, person, compareDemographics(row, person), isPostcodeKnown);
}

const BASE = namesakes(held(), found());
const SMITH = familyNameShare('Smith');
const JOHN = givenNameShareIn('John', 1981);
const given = (name: string) => givenNameShareIn(name, 1981) / JOHN;

it('is of a thousand who are born on one day the share of both names', () => {
  expect(BASE).toBeCloseTo(1000 * SMITH * JOHN, 8);
});

it('goes by how common the given name was when the person was born', () => {
  const older = held({ birthDate: aBirthDate('19250917') });

  expect(namesakes(older, found({ birthDate: '19250917' }))).toBeGreaterThan(BASE);
});

describe('more of the row that agrees leaves fewer', () => {
  it.each([
    [
      'a rarer family name',
      { familyName: 'Testby' },
      { familyName: 'TESTBY' },
      familyNameShare('Testby') / SMITH,
    ],
    ['a rarer given name', { givenName: 'Zebulon' }, { givenNames: ['ZEBULON'] }, given('Zebulon')],
    ['another given name', { otherGivenNames: 'Alex' }, { givenNames: ['JOHN', 'ALEX'] }, 0.1],
    ['the postcode', { postcode: aPostcode() }, {}, 1e-4],
    ['the district', { postcode: aPostcode('M1 9ZZ') }, {}, 0.25],
  ] as const)('%s', (_what, row, person, factor) => {
    expect(factor).toBeLessThan(1);
    expect(namesakes(held(row), found(person)) / BASE).toBeCloseTo(factor, 8);
  });

  it('a postcode that PDS holds of a former address, as much as one that came back', () => {
    expect(namesakes(held(), found(), true) / BASE).toBeCloseTo(1e-4, 8);
    expect(namesakes(held(), found({ addresses: [] }), true) / BASE).toBeCloseTo(1e-4, 8);
  });
});

describe('less of it leaves more', () => {
  it.each([
    ['1 January, which offices make up', '19810101', '19810101', 10],
    ['1 February', '19810201', '19810201', 1],
    ['1 November', '19811101', '19811101', 1],
    ['day and month exchanged', '19810307', '19810703', 2],
    ['another day', '19810917', '19810918', 60],
  ])('%s', (_what, birthDate, returned, factor) => {
    const row = held({ birthDate: aBirthDate(birthDate) });

    expect(namesakes(row, found({ birthDate: returned })) / BASE).toBeCloseTo(factor, 8);
  });

  it.each([
    ['a half of a family name', { familyName: 'Smith' }, { familyName: 'SMITH-TESTBY' }, 2],
    ['a slip in it', { familyName: 'Smith' }, { familyName: 'SMITHE' }, 5],
    ['another one', { familyName: 'Smith' }, { familyName: 'SAMPLE' }, 1],
    ['no family name', { familyName: undefined }, {}, 1 / SMITH],
    ['a given name among the others', {}, { givenNames: ['ZEBULON', 'JOHN'] }, 3],
    ['another given name that differs', { otherGivenNames: 'Hugo' }, { givenNames: ['JOHN A'] }, 1],
    ['a short form', { givenName: 'Bill' }, { givenNames: ['WILLIAM JO'] }, 3 * given('William')],
    ['a long form', { givenName: 'William' }, { givenNames: ['BILL'] }, 3 * given('William')],
    ['a slip', { givenName: 'Zebulom' }, { givenNames: ['ZEBULON'] }, 5 * given('Zebulon')],
    ['an initial', { givenName: 'J' }, {}, given('J')],
    ['an initial on PDS', {}, { givenNames: ['J'] }, given('J')],
    ['a given name that differs', { givenName: 'Robin' }, {}, 1 / JOHN],
    ['no given name', { givenName: undefined }, {}, 1 / JOHN],
    ['no postcode', { postcode: undefined }, {}, 1],
  ] as const)('%s', (_what, row, person, factor) => {
    expect(namesakes(held(row), found(person)) / BASE).toBeCloseTo(factor, 6);
  });

  it('takes an initial and a missing name for more common than any name', () => {
    expect(given('J')).toBeGreaterThan(1);
    expect(given('William')).toBeGreaterThan(given('Bill'));
  });
});
