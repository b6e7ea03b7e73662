import { expect, it } from 'vitest';
import { looksSwapped, standWhereTheyBelong } from '../../src/match/swapped-names.ts';

it.each([
  ['Margaret', 'Whitehouse', true],
  ['MARGARET', 'whitehouse', true],
  ['Whitehouse', 'Margaret', false],
  ['Thomas', 'Whitehouse', false], // Thomas is a family name as well
  ['Margaret', 'James', false], // and James a given name
  ['Margaret', 'Qxzt', false], // nothing is known of the other
  ['Qxzt', 'Whitehouse', false],
  ['Margaret', undefined, false],
  [undefined, 'Whitehouse', false],
  [undefined, undefined, false],
])('family name %s, given name %s, swapped: %s', (familyName, givenName, expected) => {
  const held = {
    ...(familyName === undefined ? {} : { familyName }),
    ...(givenName === undefined ? {} : { givenName }),
  };

  expect(looksSwapped(held)).toBe(expected);
});

it.each([
  ['Whitehouse', 'Margaret', true],
  ['Margaret', 'Whitehouse', false],
  ['Whitehouse', 'Thomas', false], // Thomas is a family name as well
  ['James', 'Margaret', false], // and James a given name
  ['Qxzt', 'Margaret', false],
  ['Whitehouse', 'Qxzt', false],
  ['Whitehouse', undefined, false],
  [undefined, undefined, false],
])('family name %s, given name %s, where they belong: %s', (familyName, givenName, expected) => {
  const held = {
    ...(familyName === undefined ? {} : { familyName }),
    ...(givenName === undefined ? {} : { givenName }),
  };

  expect(standWhereTheyBelong(held)).toBe(expected);
});
