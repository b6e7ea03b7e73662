import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldName } from '../../src/domain/person-name.ts';
import { givenNameShare } from '../../src/match/given-names.ts';
import { GIVEN_NAME_ERAS, givenNameShareIn } from '../../src/match/given-names-by-era.ts';

const UNLISTED = 0.007;
const namesIn = (tiers: (typeof GIVEN_NAME_ERAS)[number]['tiers']) =>
  tiers.flatMap(({ names }) => names.trim().split(/\s+/));
const listed = GIVEN_NAME_ERAS.flatMap(({ tiers }) => namesIn(tiers));

describe('givenNameShareIn', () => {
  it.each([
    ['John', 1915, 0.07, 0.1],
    ['John', 2010, 0.004, 0.015],
    ['Olivia', 2015, 0.0151, 0.03],
    ['Margaret', 1935, 0.06, 0.1],
    ['James', 1985, 0.03, 0.045],
    ['Sarah', 1978, 0.04, 0.06],
    ['David', 1960, 0.055, 0.08],
    ['Susan', 1958, 0.05, 0.08],
    ['Susan', 1986, 0.01, 0.03],
    ['Peter', 1934, 0.05, 0.07],
    ['Chloe', 1999, 0.023, 0.03],
    ['Jack', 1996, 0.032, 0.04],
    ['Jack', 1950, 0.002, 0.018],
    ['Noah', 2021, 0.015, 0.02],
  ])('of %s born in %d is at least %d, and at most %d', (name, year, counted, most) => {
    expect(givenNameShareIn(name, year)).toBeGreaterThanOrEqual(counted);
    expect(givenNameShareIn(name, year)).toBeLessThanOrEqual(most);
  });

  it.each([
    ['Olivia', 1950],
    ['Margaret', 1990],
    ['Susan', 2005],
    ['Jessica', 1940],
    ['Gladys', 1970],
    ['Darren', 1925],
  ])('of %s born in %d is that of a name its era does not list', (name, year) => {
    expect(givenNameShareIn(name, year)).toBe(UNLISTED);
  });

  it.each(['Mohammed', 'Muhammad', 'Md', 'Fatima', 'Aisha', 'Abdul', 'Gurpreet', 'Singh', 'Kaur'])(
    'of %s, which a community shares, is not lowered for those born from 1930',
    (name) => {
      for (const year of [1930, 1954, 1960, 1980, 2010]) {
        expect(givenNameShareIn(name, year)).toBe(givenNameShare(name));
      }
      expect(givenNameShareIn(name, 1919)).toBe(UNLISTED);
    },
  );

  it.each(['Xyzzy', 'Marmaduke', 'Agnieszka'])('of the rare %s is what it is anywhere', (name) => {
    for (const year of [1920, 1940, 1960, 1980, 2000]) {
      expect(givenNameShareIn(name, year)).toBe(givenNameShare(name));
    }
  });

  it.each(['', ' - ', 'J', 'm.', '𐐀'])('of "%s", no whole name, is what it is anywhere', (name) => {
    for (const year of [1920, 1940, 1960, 1980, 2000]) {
      expect(givenNameShareIn(name, year)).toBe(givenNameShare(name));
    }
  });

  it.each([
    ['Gladys', 1939, 0.035, 1940, 0.025],
    ['William', 1939, 0.1, 1940, 0.08],
    ['Claire', 1944, 0.007, 1945, 0.05],
    ['Claire', 2004, 0.05, 2005, 0.009],
    ['Margaret', 1984, 0.045, 1985, 0.007],
    ['Ava', 1984, 0.007, 1985, 0.018],
  ])(
    'counts ten years beyond the era: of %s born in %d is %d, and born in %d is %d',
    (name, last, before, first, after) => {
      expect(givenNameShareIn(name, last)).toBe(before);
      expect(givenNameShareIn(name, first)).toBe(after);
    },
  );

  it.each(['Mary', 'Olivia', 'Nicola'])('takes %s outside 1900 to 2100 for the nearest', (name) => {
    for (const year of [-1, 1066, 1899]) {
      expect(givenNameShareIn(name, year)).toBe(givenNameShareIn(name, 1900));
    }
    for (const year of [2101, 9999, Number.POSITIVE_INFINITY]) {
      expect(givenNameShareIn(name, year)).toBe(givenNameShareIn(name, 2100));
    }
  });

  it('lowers nothing when the year is not a number', () => {
    expect(givenNameShareIn('Margaret', Number.NaN)).toBe(givenNameShare('Margaret'));
  });

  it.each([
    ['zoë', 'ZOE', 2000, 0.012],
    [' Mary ', 'MARY.', 1920, 0.1],
    ['Chloé', 'chloe', 1999, 0.025],
  ])('takes "%s" and "%s" for one name', (a, b, year, share) => {
    expect(givenNameShareIn(a, year)).toBe(share);
    expect(givenNameShareIn(b, year)).toBe(share);
  });

  it('is above 0 and never above that of any era, for any text and year', () => {
    const name = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...listed));
    const year = fc.oneof(fc.integer({ min: 1890, max: 2110 }), fc.double());
    fc.assert(
      fc.property(name, year, (text, born) => {
        const share = givenNameShareIn(text, born);
        expect(share).toBeGreaterThan(0);
        expect(share).toBeLessThanOrEqual(givenNameShare(text));
        expect(share).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('GIVEN_NAME_ERAS', () => {
  it('follow one another, the last without an end', () => {
    const ends = GIVEN_NAME_ERAS.map(({ bornBefore }) => bornBefore);
    expect(ends).toEqual([1930, 1955, 1975, 1995, Number.POSITIVE_INFINITY]);
  });

  it.each(GIVEN_NAME_ERAS)('list no name twice before $bornBefore', ({ tiers }) => {
    const names = namesIn(tiers);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it.each(GIVEN_NAME_ERAS)('list 45 names of each sex or more before $bornBefore', ({ tiers }) => {
    expect(namesIn(tiers).length).toBeGreaterThan(90);
  });

  it('list names as they are compared, in tiers above the unlisted', () => {
    for (const name of listed) expect(foldName(name)).toBe(name);
    for (const { bearersPer1000 } of GIVEN_NAME_ERAS.flatMap(({ tiers }) => tiers)) {
      expect(bearersPer1000 / 1000).toBeGreaterThan(UNLISTED);
    }
  });
});
