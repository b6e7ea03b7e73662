import { type Gender, parseGender } from '../domain/gender.ts';
import { cleanText, unwrapText } from './clean-text.ts';
import { isNoValue } from './placeholders.ts';
import { NOTHING, type Reading, unusable, usable } from './reading.ts';

/**
 * Reads a gender cell as PERSON GENDER CODE CURRENT (NHS Data Dictionary): its codes, those of PERSON
 * STATED GENDER CODE, and the common English words, in either case.
 * No value and no finding for an empty cell; a fault for anything unknown. A code of the gender
 * identity set is a fault of its own: it means something else and is never converted.
 */
export function normaliseGender(text: string): Reading<Gender> {
  const word = unwrapText(cleanText(text)).toUpperCase().replace(/\.0*$/, '');
  const gender = parseGender(word) ?? WORDS.get(word);
  if (gender === '0') return usable(gender, ['gender-not-known']);
  if (gender !== undefined) return usable(gender);
  if (isNoValue(word)) return NOTHING;
  return unusable(IDENTITY_CODES.has(word) ? 'gender-identity-code' : 'gender-unreadable');
}

const IDENTITY_CODES: ReadonlySet<string> = new Set(['3', '4', 'Z', 'NON-BINARY', 'NON BINARY']);

const WORDS: ReadonlyMap<string, Gender> = new Map([
  ...wordsFor('0', 'U UNK UNKNOWN N/K NK X'),
  ['NOT KNOWN', '0'],
  ...wordsFor('1', 'M MALE MAN BOY'),
  ...wordsFor('2', 'F FEMALE WOMAN GIRL'),
  ...wordsFor('9', 'I INDETERMINATE O OTHER'),
  ['NOT SPECIFIED', '9'],
]);

function wordsFor(gender: Gender, words: string): readonly (readonly [string, Gender])[] {
  return words.split(' ').map((word) => [word, gender] as const);
}
