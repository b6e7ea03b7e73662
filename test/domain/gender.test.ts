import { expect, it } from 'vitest';
import { formatGender, parseGender } from '../../src/domain/gender.ts';

it.each([
  ['0', 'not known'],
  ['1', 'male'],
  ['2', 'female'],
  ['9', 'not specified'],
])('reads the stored code %s, for people %s', (code, word) => {
  const gender = parseGender(code);

  expect(gender).toBe(code);
  expect(gender && formatGender(gender)).toBe(word);
});

it.each(['', 'M', '3', 'X', '01', ' 1', 'toString', '__proto__'])('refuses "%s"', (code) => {
  expect(parseGender(code)).toBeUndefined();
});
