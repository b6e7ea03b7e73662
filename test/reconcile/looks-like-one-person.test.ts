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
] as const)('%s', (_name, changes, expected) => {
  const [a, b] = [aPerson(), aPerson(changes)];

  expect([looksLikeOnePerson(a, b), looksLikeOnePerson(b, a)]).toEqual([expected, expected]);
});
