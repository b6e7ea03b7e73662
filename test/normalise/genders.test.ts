import { expect, it } from 'vitest';
import { normaliseGender } from '../../src/normalise/genders.ts';

it.each([
  ['1', 'm Male MAN boy 1.0'],
  ['2', 'F female WOMAN Girl 2'],
  ['9', '9 I indeterminate other O'],
])('reads as %s each of: %s', (gender, words) => {
  for (const word of words.split(' ')) {
    expect(normaliseGender(` ${word} `)).toEqual({ value: gender, findings: [] });
  }
});

it.each(['0', 'U', 'unk', 'Unknown', 'N/K', 'X', 'NOT KNOWN'])('reads %s as not known', (text) => {
  expect(normaliseGender(text)).toEqual({ value: '0', findings: ['gender-not-known'] });
});

it('reads words of two parts', () => {
  expect(normaliseGender('Not\u00A0 specified')).toEqual({ value: '9', findings: [] });
});

it.each(['', ' ', '-', 'NULL', 'n/a', 'NONE'])('takes "%s" for no gender', (text) => {
  expect(normaliseGender(text)).toEqual({ value: undefined, findings: [] });
});

it.each([
  ['3', 'gender-identity-code'],
  ['4', 'gender-identity-code'],
  ['z', 'gender-identity-code'],
  ['Non-binary', 'gender-identity-code'],
  ['5', 'gender-unreadable'],
  ['12', 'gender-unreadable'],
  ['MF', 'gender-unreadable'],
  ['\u0000', 'gender-unreadable'],
])('refuses %s: %s', (text, code) => {
  expect(normaliseGender(text)).toEqual({ value: undefined, findings: [code] });
});
