import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldName } from '../../src/domain/person-name.ts';
import { givenNameShare } from '../../src/match/given-names.ts';
import { fullNamesOf, isShortFormOf, SHORT_FORMS } from '../../src/match/nicknames.ts';

describe('fullNamesOf', () => {
  it.each([
    ['Bill', ['WILLIAM']],
    ['Tony', ['ANTHONY', 'ANTONY', 'ANTONIO']],
    ['Peggy', ['MARGARET', 'MARGARETTA', 'MARGUERITE']],
    ['Sam', ['SAMANTHA', 'SAMUEL', 'SAMSON']],
    ['Jack', ['JOHN', 'JACOB', 'JACKSON']],
    ['Kasia', ['KATARZYNA']],
    ['Dai', ['DAVID', 'DAFYDD']],
    ['Shug', ['HUGH']],
    ['Wm.', ['WILLIAM']],
  ])('of %s are %j', (short, full) => {
    expect(fullNamesOf(short)).toEqual(full);
  });

  it.each([
    ['Kate', 'CATHERINE', 'KATHERINE'],
    ['Jo', 'JOANNE', 'JOANNA'],
    ['Harry', 'HAROLD', 'HENRY'],
    ['Alex', 'ALEXANDER', 'ALEXANDRA'],
    ['Chris', 'CHRISTINE', 'CHRISTOPHER'],
    ['Jenny', 'JENNIFER', 'GENEVIEVE'],
    ['Max', 'MAXIMILIAN', 'MAXWELL'],
    ['Ellie', 'ELIZABETH', 'ELEANOR'],
    ['Bal', 'BALBIR', 'BALJIT'],
  ])('of %s are first of all %s and %s', (short, first, second) => {
    expect(fullNamesOf(short).slice(0, 2)).toEqual([first, second]);
  });

  it.each(['', ' ', '-', 'William', 'Xyzzy', '王', 'constructor', '__proto__'])(
    'of "%s" are none',
    (name) => {
      expect(fullNamesOf(name)).toEqual([]);
    },
  );

  it('has the commonest first, and none twice', () => {
    const shortForms = SHORT_FORMS.flatMap((entry) => entry.shortForms);
    for (const short of shortForms) {
      const full = fullNamesOf(short);
      const shares = full.map(givenNameShare);
      expect(new Set(full).size).toBe(full.length);
      expect(shares).toEqual([...shares].sort((a, b) => b - a));
    }
  });
});

describe('isShortFormOf', () => {
  it.each([
    ['William', 'Bill'],
    ['Margaret', 'Peggy'],
    ['Jamie', 'James'],
    ['Małgorzata', 'Gosia'],
    ['MARGARET', 'meg'],
    ['Mohammed', 'Mo'],
    ['Muhammad', 'MD'],
    ['Gurpreet', 'Gur'],
    ['Thos', 'Thomas'],
    ['Zoë-Anne', 'Zoe', false],
    ['Bill', 'Will', false],
    ['Kate', 'Cathy', false],
    ['Catherine', 'Kathryn', false],
    ['William', 'William', false],
    ['Bill', 'Bill', false],
    ['John', 'Sean', false],
    ['Bill', 'Robert', false],
    ['', '', false],
    ['', 'William', false],
    ['-', 'Bill', false],
  ])('of %s and %s', (a, b, expected = true) => {
    expect(isShortFormOf(a, b)).toBe(expected);
    expect(isShortFormOf(b, a)).toBe(expected);
  });

  it('is the same both ways for any two texts, and for any two names of the table', () => {
    const names = SHORT_FORMS.flatMap((entry) => [...entry.fullNames, ...entry.shortForms]);
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...names));
    fc.assert(fc.property(text, text, (a, b) => isShortFormOf(a, b) === isShortFormOf(b, a)));
  });

  it('holds for every entry of the table', () => {
    for (const { fullNames, shortForms } of SHORT_FORMS) {
      for (const full of fullNames) {
        for (const short of shortForms) expect(isShortFormOf(short, full)).toBe(true);
      }
    }
  });
});

describe('the table of short forms', () => {
  const fullNames = SHORT_FORMS.flatMap((entry) => entry.fullNames);

  it('has 250 full names or more, each once, in alphabetical order', () => {
    const heads = SHORT_FORMS.map((entry) => entry.fullNames[0] ?? '');
    expect(fullNames.length).toBeGreaterThan(250);
    expect(fullNames.filter((name, index) => fullNames.indexOf(name) !== index)).toEqual([]);
    expect(heads).toEqual([...heads].sort());
  });

  it('has no short form twice for one name, nor a name as its own short form', () => {
    for (const entry of SHORT_FORMS) {
      const all = [...entry.fullNames, ...entry.shortForms];
      expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
      expect(entry.shortForms.length).toBeGreaterThan(0);
    }
  });

  it('has names of two letters or more, as foldName leaves them', () => {
    const all = SHORT_FORMS.flatMap((entry) => [...entry.fullNames, ...entry.shortForms]);
    expect(all.filter((name) => !/^[A-Z]{2,}$/.test(name) || foldName(name) !== name)).toEqual([]);
  });

  it('holds names to be shortened one way only: no two are short forms of each other', () => {
    const both = fullNames.filter((full) =>
      fullNamesOf(full).some((longer) => fullNamesOf(longer).includes(full)),
    );
    expect(both).toEqual([]);
  });
});
