import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldName } from '../../src/domain/person-name.ts';
import { GIVEN_NAME_TIERS, givenNameShare, isKnownGivenName } from '../../src/match/given-names.ts';

const LAST_TIER = 0.003;
const listed = GIVEN_NAME_TIERS.flatMap(({ names }) => names.trim().split(/\s+/));

describe('givenNameShare', () => {
  it.each([
    ['Margaret', 0.06, 0.12],
    ['John', 0.08, 0.12],
    ['Susan', 0.05, 0.08],
    ['David', 0.055, 0.08],
    ['Sarah', 0.04, 0.06],
    ['Christopher', 0.04, 0.06],
    ['Jack', 0.031, 0.05],
    ['Chloe', 0.024, 0.04],
    ['Olivia', 0.019, 0.035],
    ['Oliver', 0.019, 0.035],
    ['Connor', 0.0157, 0.025],
    ['Lewis', 0.0137, 0.025],
    ['Kieran', 0.0083, 0.018],
    ['Kyle', 0.0063, 0.012],
    ['Elliot', 0.0031, 0.008],
  ])('of %s is at least the %d of its best decade, and at most %d', (name, counted, most) => {
    expect(givenNameShare(name)).toBeGreaterThanOrEqual(counted);
    expect(givenNameShare(name)).toBeLessThanOrEqual(most);
  });

  it('of every spelling of Muhammad is that of all of them together, and one tier more', () => {
    for (const name of ['Muhammad', 'Mohammed', 'Mohammad', 'Mohamed', 'Muhammed', 'Md', 'Mohd']) {
      expect(givenNameShare(name)).toBe(0.035);
    }
  });

  it.each(['Gurpreet', 'Harpreet', 'Fatima', 'Aisha', 'Abdul', 'Ali', 'Singh', 'Baljit'])(
    'of %s, which a community shares, is above the last tier',
    (name) => {
      expect(givenNameShare(name)).toBeGreaterThan(LAST_TIER);
    },
  );

  it.each(['Bill', 'Bob', 'Dave', 'Sue', 'Tony', 'Liz', 'Pat'])(
    'counts %s as records have it, below the whole name',
    (name) => {
      expect(givenNameShare(name)).toBeGreaterThan(LAST_TIER);
      expect(givenNameShare(name)).toBeLessThan(0.01);
    },
  );

  it.each([
    ['ZOE', 'Zoë'],
    ['Chloe', 'chloé'],
    ['Siân', 'SIAN'],
    ['Jose', 'José'],
    ['Malgorzata', 'Małgorzata'],
    [' Mary ', 'MARY.'],
  ])('takes "%s" and "%s" for one listed name', (a, b) => {
    expect(isKnownGivenName(a) && isKnownGivenName(b)).toBe(true);
    expect(givenNameShare(a)).toBe(givenNameShare(b));
  });

  it.each(['Xyzzy', 'Marmaduke', '王芳', 'Lily-Rose'])(
    'takes %s, which is not listed, for as frequent as the last tier',
    (name) => {
      expect(isKnownGivenName(name)).toBe(false);
      expect(givenNameShare(name)).toBe(LAST_TIER);
    },
  );

  it.each(['J', 'j.', 'É', ' M ', '𐐀'])('takes "%s" for an initial', (name) => {
    expect(isKnownGivenName(name)).toBe(false);
    expect(givenNameShare(name)).toBe(0.12);
  });

  it.each(['Jo', 'Al', 'Bo', 'Wei'])('does not take %s for an initial', (name) => {
    expect(givenNameShare(name)).toBeLessThan(0.01);
  });

  it.each(['', ' ', '-', '.'])('of "%s", which says nothing, is 1', (name) => {
    expect(givenNameShare(name)).toBe(1);
    expect(isKnownGivenName(name)).toBe(false);
  });

  it('is above 0 and at most 1 for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const share = givenNameShare(text);
        return share > 0 && share <= 1;
      }),
    );
  });
});

describe('the table of given names', () => {
  it('has 400 names or more, in tiers that become rarer', () => {
    const tiers = GIVEN_NAME_TIERS.map(({ bearersPer1000 }) => bearersPer1000);
    expect(listed.length).toBeGreaterThan(400);
    expect(tiers).toEqual([...new Set(tiers)].sort((a, b) => b - a));
    expect(tiers.at(-1)).toBe(3);
  });

  it('has each name once, as it would be written in upper case', () => {
    const folded = listed.map(foldName);
    expect(folded.filter((name, index) => folded.indexOf(name) !== index)).toEqual([]);
    expect(listed.filter((name) => !/^[A-Z]{2,}$/.test(name))).toEqual([]);
  });

  it('gives every name the share of its tier', () => {
    for (const { bearersPer1000, names } of GIVEN_NAME_TIERS) {
      for (const name of names.trim().split(/\s+/)) {
        expect(givenNameShare(name)).toBe(bearersPer1000 / 1000);
      }
    }
  });

  it.each([
    ['boys of 1914', 'JOHN WILLIAM GEORGE THOMAS JAMES ARTHUR FREDERICK ALBERT CHARLES ROBERT'],
    ['girls of 1934', 'MARGARET JEAN MARY JOAN PATRICIA SHEILA BARBARA DOREEN JUNE SHIRLEY'],
    ['boys of 1954', 'DAVID JOHN STEPHEN MICHAEL PETER ROBERT PAUL ALAN CHRISTOPHER RICHARD'],
    ['girls of 1974', 'SARAH CLAIRE NICOLA EMMA LISA JOANNE MICHELLE HELEN SAMANTHA KAREN'],
    ['boys of 1994', 'THOMAS JAMES JACK DANIEL MATTHEW RYAN JOSHUA LUKE SAMUEL JORDAN'],
  ])('has the ten commonest names of the %s in its upper half', (_cohort, names) => {
    for (const name of names.split(' ')) expect(givenNameShare(name)).toBeGreaterThanOrEqual(0.018);
  });
});
