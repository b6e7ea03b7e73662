import type { Demographics } from '../domain/demographics.ts';
import { isInitial, sameName } from '../domain/person-name.ts';

/**
 * Whether two rows that came to one number can be two spellings of one person: the same date of
 * birth, and given and family names that do not contradict each other. Pure.
 */
export function looksLikeOnePerson(a: Demographics, b: Demographics): boolean {
  return (
    a.birthDate === b.birthDate &&
    compatible(a.givenName, b.givenName) &&
    compatible(a.familyName, b.familyName)
  );
}

function compatible(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return true;
  if (isInitial(a) || isInitial(b)) return sameName(a.charAt(0), b.charAt(0));
  return sameName(a, b);
}
