import { foldName } from '../domain/person-name.ts';

/** Shorter names are too often one letter apart without being one name: Ann, Ian; Dan, Sam. */
const MIN_LETTERS = 5;

/**
 * Whether two names are one typing slip apart: a letter too many, too few or wrong, or two neighbours
 * exchanged; never the first letter, which people get right, and which tells many twins apart.
 */
export function isTypingSlip(a: string, b: string): boolean {
  const [short, long] = [foldName(a), foldName(b)].sort((x, y) => x.length - y.length);
  if (short === undefined || long === undefined || short === long) return false;
  if (short.length < MIN_LETTERS || short.charAt(0) !== long.charAt(0)) return false;
  const at = firstDifference(short, long);
  const [rest, longRest] = [short.slice(at), long.slice(at)];
  if (long.length === short.length + 1) return longRest.slice(1) === rest;
  if (long.length !== short.length) return false;
  const isExchanged =
    rest.charAt(0) === longRest.charAt(1) && rest.charAt(1) === longRest.charAt(0);
  return (
    longRest.slice(1) === rest.slice(1) || (isExchanged && longRest.slice(2) === rest.slice(2))
  );
}

/**
 * Whether two names differ in nothing but what spellings of one name differ in: vowels, H, doubled
 * letters, C and K, PH and F, S and Z (Laila and Layla, Erica and Erika, Sara and Sarah).
 */
export function isSpellingVariant(a: string, b: string): boolean {
  return soundOf(a) === soundOf(b);
}

function soundOf(name: string): string {
  return foldName(name)
    .replaceAll('PH', 'F')
    .replaceAll('H', '')
    .replaceAll('C', 'K')
    .replaceAll('Z', 'S')
    .replace(/[AEIOUY]+/g, 'A')
    .replace(/(.)\1+/g, '$1')
    .replace(/A$/, '');
}

function firstDifference(short: string, long: string): number {
  let at = 0;
  while (at < short.length && short.charAt(at) === long.charAt(at)) at += 1;
  return at;
}
