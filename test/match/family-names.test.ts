import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldName } from '../../src/domain/person-name.ts';
import {
  FAMILY_NAME_TIERS,
  familyNameShare,
  isKnownFamilyName,
} from '../../src/match/family-names.ts';

const LAST_TIER = 20 / 100_000;
const listed = FAMILY_NAME_TIERS.flatMap(({ names }) => names.trim().split(/\s+/));

describe('familyNameShare', () => {
  it.each([
    ['Smith', 0.012, 0.014],
    ['Jones', 0.009, 0.012],
    ['Williams', 0.0062, 0.008],
    ['Taylor', 0.0056, 0.008],
    ['Wilson', 0.0042, 0.006],
    ['Wood', 0.0025, 0.0035],
    ['Fisher', 0.001, 0.0015],
    ['Giles', 0.0003, 0.0006],
    ['Whitehouse', 0.00024, 0.0004],
  ])('of %s is at least what was counted, %d, and at most %d', (name, counted, most) => {
    expect(familyNameShare(name)).toBeGreaterThanOrEqual(counted);
    expect(familyNameShare(name)).toBeLessThanOrEqual(most);
  });

  it.each([
    // about the share of the people of the whole country
    ['Patel', 0.002],
    ['Khan', 0.002],
    ['Singh', 0.002],
    ['Hussain', 0.0014],
    ['Kaur', 0.001],
    ['Begum', 0.001],
    ['Nguyen', 0.00015],
    ['Cohen', 0.0002],
  ])('of %s, which a community shares, is well above its %d', (name, national) => {
    expect(familyNameShare(name)).toBeGreaterThan(1.5 * national);
  });

  it.each([
    ["O'NEILL", 'o’neill'],
    ["O'Neill", 'O Neill'],
    ['McDonald', 'Mc Donald'],
    ['GARCIA', 'García'],
    ['Smith', 'SMITH'],
    ['Nuñes', ' nunes '],
  ])('takes "%s" and "%s" for one listed name', (a, b) => {
    expect(isKnownFamilyName(a) && isKnownFamilyName(b)).toBe(true);
    expect(familyNameShare(a)).toBe(familyNameShare(b));
  });

  it.each(['Featherstonehaugh', 'X', 'Qxzt', '王', 'Worrallson'])(
    'takes %s, which is not listed, for as frequent as the last tier',
    (name) => {
      expect(isKnownFamilyName(name)).toBe(false);
      expect(familyNameShare(name)).toBe(LAST_TIER);
    },
  );

  it.each(['Smith-Jones', 'Smith Jones', 'SMITH–JONES', 'Bowes - Lyon', 'de la Poer-Beresford'])(
    'takes %s for a tenth of that',
    (name) => {
      expect(isKnownFamilyName(name)).toBe(false);
      expect(familyNameShare(name)).toBe(LAST_TIER / 10);
    },
  );

  it.each([
    'van der Berg',
    'De La Cruz',
    'Al-Hassan',
    'El Masri',
    'Bin Laden',
    'St John',
    'St. Clair',
    'Mac Giolla',
    'O Dubhghaill',
    "O' Dubhghaill",
    'Ap Rhys',
    'dos Reis',
    'Abdul Rahman',
    'Singh Gill',
    'Kaur-Dhesi',
    'Mohammed Ali',
    'Smith-Smith',
    'J Smithers',
  ])('does not take %s for two family names', (name) => {
    expect(familyNameShare(name)).toBe(LAST_TIER);
  });

  it.each(['', ' ', '-', "'", ' - '])('of "%s", which says nothing, is 1', (name) => {
    expect(familyNameShare(name)).toBe(1);
    expect(isKnownFamilyName(name)).toBe(false);
  });

  it('is above 0 and at most 1 for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const share = familyNameShare(text);
        return share > 0 && share <= 1;
      }),
    );
  });

  it('of two listed names joined is below that of each', () => {
    const name = fc.constantFrom(...listed.filter((each) => each.length > 3));
    fc.assert(
      fc.property(name, name, (a, b) => {
        const joined = familyNameShare(`${a}-${b}`);
        return joined <= familyNameShare(a) && joined <= familyNameShare(b);
      }),
    );
  });
});

describe('the table of family names', () => {
  it('has 600 names or more, in tiers that become rarer', () => {
    const tiers = FAMILY_NAME_TIERS.map(({ bearersPer100000 }) => bearersPer100000);
    expect(listed.length).toBeGreaterThan(600);
    expect(tiers).toEqual([...new Set(tiers)].sort((a, b) => b - a));
    expect(tiers.at(-1)).toBe(20);
  });

  it('has each name once, as it would be written in upper case', () => {
    const folded = listed.map(foldName);
    expect(folded.filter((name, index) => folded.indexOf(name) !== index)).toEqual([]);
    expect(listed.filter((name) => !/^[A-Z']{2,}$/.test(name))).toEqual([]);
  });

  it('gives every name the share of its tier', () => {
    for (const { bearersPer100000, names } of FAMILY_NAME_TIERS) {
      for (const name of names.trim().split(/\s+/)) {
        expect(familyNameShare(name)).toBe(bearersPer100000 / 100_000);
      }
    }
  });

  it('makes half of the country of the names above the last tier, and not much more', () => {
    const sum = listed.map(familyNameShare).reduce((total, share) => total + share);
    const common = listed.map(familyNameShare).filter((share) => share > LAST_TIER);
    expect(common.reduce((total, share) => total + share)).toBeGreaterThan(0.5);
    // as upper bounds, raised for communities, they come to more than the half that was counted
    expect(common.reduce((total, share) => total + share)).toBeLessThan(0.7);
    expect(sum).toBeLessThan(0.9);
  });

  it('has as many names above a share as have been counted, or up to half as many again', () => {
    const above = (share: number) => listed.filter((name) => familyNameShare(name) > share).length;
    expect(above(0.0025)).toBeGreaterThanOrEqual(20);
    expect(above(0.0015)).toBeGreaterThanOrEqual(50);
    expect(above(0.001)).toBeGreaterThanOrEqual(100);
    expect(above(0.001)).toBeLessThan(200);
    expect(above(0.00045)).toBeGreaterThanOrEqual(250);
    expect(above(0.0002)).toBeGreaterThanOrEqual(500);
    expect(above(0.0002)).toBeLessThan(900);
  });
});
