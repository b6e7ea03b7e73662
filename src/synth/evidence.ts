/**
 * What a row still says rightly about its person, whatever was done to it, and whether that is
 * enough to know who they are. Nothing here looks at the labels of the damage.
 */

import {
  type Census,
  type Identity,
  knownFamilyNames,
  knownPostcodes,
  takeCensus,
} from './census.ts';
import type { Draft } from './cohort-style.ts';
import { areCommonNames } from './common-names.ts';
import { exchanged } from './dates.ts';
import { nicknamesOf } from './nicknames.ts';
import type { CohortSource } from './population-entry.ts';
import * as read from './read-draft.ts';

/** Whether anybody could know from the row who it is. */
export interface Evidence {
  /**
   * The person has a current entry, and the row holds either
   * (a) a number of theirs, current or superseded, their full birth date, and a given name that is
   * theirs, its short form, its initial or one slip from it; or
   * (b) a family name that PDS knows for them (or half of a double-barrelled one, or both names
   * exchanged), their full birth date or the same with day and month exchanged, their gender, their
   * given name or its short form, and a postcode that PDS knows for them, or else nobody else in
   * the population has what the row says.
   */
  readonly canBeIdentified: boolean;
  /** Identified by (b) alone, by no postcode, and under names that strangers share by chance. */
  readonly hasCommonNameOnly: boolean;
}

/** Judges a row by the current number of its person; an empty one for somebody unknown. */
export type Judge = (draft: Draft, trueNhsNumber: string) => Evidence;

const nothing: Evidence = { canBeIdentified: false, hasCommonNameOnly: false };

/** A judge of rows about people of a population. Memory grows with it. */
export function createJudge(population: Iterable<CohortSource>): Judge {
  const census = takeCensus(population);
  return (draft, trueNhsNumber) => {
    const person = census.personOf(trueNhsNumber);
    if (person === undefined) return nothing;
    if (isKnownByNumber(draft, person, census)) {
      return { canBeIdentified: true, hasCommonNameOnly: false };
    }
    return judgeByDetails(draft, person, census);
  };
}

function isKnownByNumber(draft: Draft, person: CohortSource, census: Census): boolean {
  const number = read.readNumber(draft.nhsNumber);
  if (number === undefined || !census.numbersOf(person.nhs_number).includes(number)) return false;
  return hasRightDate(draft, person.birth_date) && isGivenNameNear(draft.givenName, person);
}

function hasRightDate({ birthDate, isEstimated }: Draft, date: string): boolean {
  return isEstimated !== 'Y' && read.isWrittenDate(birthDate, date);
}

/** Right, the short form, the initial, or one slip away. */
function isGivenNameNear(text: string, person: CohortSource): boolean {
  const written = read.readName(text);
  if (written === '') return false;
  const own = read.foldName(person.given_name);
  const isInitial = [...written].length === 1 && own.startsWith(written);
  return isInitial || isGivenName(text, person) || read.isOneSlipAway(written, own);
}

/** Right or the short form. */
function isGivenName(text: string, person: CohortSource): boolean {
  const written = read.readName(text);
  return [person.given_name, ...nicknamesOf(person.given_name)].some(
    (name) => read.foldName(name) === written,
  );
}

function judgeByDetails(draft: Draft, person: CohortSource, census: Census): Evidence {
  const familyName = familyNameMeant(draft, person);
  const birthDate = birthDateMeant(draft, person);
  const isGenderRight =
    /^[12]$/.test(person.gender) && read.isWrittenGender(draft.gender, person.gender);
  if (familyName === undefined || birthDate === undefined || !isGenderRight) return nothing;
  if (isPostcodeKnown(draft.postcode, person)) {
    return { canBeIdentified: true, hasCommonNameOnly: false };
  }
  const isShared = identitiesSaid(draft, person, familyName, birthDate).some((identity) =>
    census.isSharedWithAnother(identity, person.nhs_number),
  );
  if (isShared) return nothing;
  return {
    canBeIdentified: true,
    hasCommonNameOnly: areCommonNames(familyName, person.given_name),
  };
}

/** The name under which PDS knows the person and that the row gives, beside a right given name. */
function familyNameMeant(draft: Draft, person: CohortSource): string | undefined {
  const named = (family: string, given: string): string | undefined =>
    isGivenName(given, person)
      ? knownFamilyNames(person).find((name) => spellings(name).includes(read.readName(family)))
      : undefined;
  return named(draft.familyName, draft.givenName) ?? named(draft.givenName, draft.familyName);
}

/** The whole name and, of a double-barrelled one, each half. */
function spellings(familyName: string): readonly string[] {
  const isDouble = /^\p{Lu}\p{Ll}{2,}[- ]\p{Lu}\p{Ll}{2,}$/u.test(familyName);
  const halves = isDouble ? familyName.split(/[- ]/) : [];
  return [familyName, ...halves].map(read.foldName);
}

/** The date that the row gives, when it is the person's or that with day and month exchanged. */
function birthDateMeant(draft: Draft, { birth_date }: CohortSource): string | undefined {
  const dates = birth_date.length === 8 ? [birth_date, exchanged(birth_date)] : [];
  return dates.find((date) => date !== undefined && hasRightDate(draft, date));
}

function isPostcodeKnown(text: string, person: CohortSource): boolean {
  const written = read.foldPostcode(text);
  return knownPostcodes(person).some(
    (postcode) => !postcode.startsWith('ZZ99') && read.foldPostcode(postcode) === written,
  );
}

/** Who the row may be taken for: as it is meant, and as it is written. */
function identitiesSaid(
  draft: Draft,
  person: CohortSource,
  familyName: string,
  birthDate: string,
): readonly Identity[] {
  const { gender } = person;
  const meant = {
    familyName: read.foldName(familyName),
    givenName: read.foldName(person.given_name),
    birthDate: person.birth_date,
    gender,
  };
  const [family, given] = [read.readName(draft.familyName), read.readName(draft.givenName)];
  return [
    meant,
    { ...meant, birthDate },
    { familyName: family, givenName: given, birthDate, gender },
    { familyName: given, givenName: family, birthDate, gender },
  ];
}
