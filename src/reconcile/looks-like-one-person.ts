import type { Demographics } from '../domain/demographics.ts';
import { sameName } from '../domain/person-name.ts';
import type { PatientDetails } from '../domain/trace.ts';
import { compareDemographics } from '../match/compare-demographics.ts';

/**
 * Whether two rows that came to one number can be two spellings of one person: the same date of birth,
 * or that with day and month exchanged, and given and family names that are the same, absent, a short
 * form, a half or a typing slip of each other's. Twins whose names are one letter apart are not, where
 * both names are ones that people bear. Pure; the order of the two changes nothing.
 */
export function looksLikeOnePerson(a: Demographics, b: Demographics): boolean {
  return haveOneBirthDate(a, b) && (haveNamesAlike(a, b) || haveNamesAlike(b, a));
}

function haveOneBirthDate(a: Demographics, b: Demographics): boolean {
  return a.birthDate === b.birthDate || compareWith(a, b).birthDate === 'exchanged';
}

function haveNamesAlike(a: Demographics, b: Demographics): boolean {
  const { givenName, familyName } = compareWith(a, b);
  return givenName !== 'differs' && (familyName !== 'differs' || hasFormerNameOf(a, b));
}

/** Known by a former family name on the other row. */
function hasFormerNameOf(a: Demographics, b: Demographics): boolean {
  return (
    sameName(a.previousFamilyName ?? '', b.familyName ?? '') ||
    sameName(b.previousFamilyName ?? '', a.familyName ?? '')
  );
}

function compareWith(row: Demographics, other: Demographics) {
  const { givenName, otherGivenNames, familyName, birthDate } = other;
  const details: PatientDetails = {
    givenNames: [givenName ?? '', ...(otherGivenNames === undefined ? [] : [otherGivenNames])],
    ...(familyName === undefined ? {} : { familyName }),
    ...(birthDate === undefined ? {} : { birthDate }),
    addresses: [],
    telecoms: [],
  };
  return compareDemographics(row, details);
}
