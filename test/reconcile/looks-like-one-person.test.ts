import { expect, it } from 'vitest';
import { looksLikeOnePerson } from '../../src/reconcile/looks-like-one-person.ts';
import { aBirthDate, aPerson } from '../support/people.ts';

it.each([
  ['the same', {}, true],
  ['another spelling', { familyName: 'OTESTBY', givenName: 'ROWAN' }, true],
  ['an initial', { givenName: 'R.' }, true],
  ['no given name', { givenName: undefined }, true],
  ['no family name', { familyName: undefined }, true],
  ['another postcode', { postcode: undefined }, true],
  ['a twin', { givenName: 'Robin' }, false],
  ['a twin by initial', { givenName: 'A' }, false],
  ['another family name', { familyName: 'Sample' }, false],
  ['another day', { birthDate: aBirthDate('19810918') }, false],
  ['a date against none', { birthDate: undefined }, false],
  ['day and month exchanged', { birthDate: aBirthDate('19810917') }, true],
  ['a half of the family name', { familyName: 'Otestby-Sample' }, true],
  ['a typing slip of the family name', { familyName: 'Otesby' }, true],
  [
    'a family name and the former one',
    { familyName: 'Sample', previousFamilyName: 'Otestby' },
    true,
  ],
  ['another former family name', { familyName: 'Sample', previousFamilyName: 'Other' }, false],
] as const)('%s', (_name, changes, expected) => {
  const [a, b] = [aPerson(), aPerson(changes)];

  expect([looksLikeOnePerson(a, b), looksLikeOnePerson(b, a)]).toEqual([expected, expected]);
});

it.each([
  ['a short form', 'Bill', 'William', true],
  ['two names of which one is short for neither', 'Bill', 'Robert', false],
  ['a typing slip of both', 'Rosalnid', 'Rosalidn', false],
  ['a typing slip', 'Wilhelmnia', 'Wilhelmina', true],
  ['twins one letter apart', 'Marian', 'Marion', false],
] as const)('given names: %s', (_name, one, other, expected) => {
  const [a, b] = [aPerson({ givenName: one }), aPerson({ givenName: other })];

  expect([looksLikeOnePerson(a, b), looksLikeOnePerson(b, a)]).toEqual([expected, expected]);
});
