/**
 * How many other people in the country are to be expected who would agree with a row as well as the
 * person found does. Each thing that agrees makes them fewer by the share of people who would agree
 * in it by chance; the shares are upper bounds, so that the number errs on the safe side.
 */
import type { Demographics } from '../domain/demographics.ts';
import type { PatientDetails } from '../domain/trace.ts';
import type { Comparison } from './compare-demographics.ts';
import { familyNameShare } from './family-names.ts';
import { givenNameShareIn } from './given-names-by-era.ts';

/** About 2,000 people are born in the UK on one day, half of them of either sex. */
const BORN_ON_ONE_DAY = 1000;

/** Dates made up by offices: people who do not know their birthday are given this one. */
const FIRST_OF_JANUARY = 10;

/**
 * There are 1.7 million postcodes, 3,000 districts and 124 areas; but people of one family name live in
 * the same parts of the country, so that an area proves nothing and a district little.
 */
const POSTCODE_SHARE = {
  same: 1e-4,
  'same-district': 0.25,
  differs: 1,
  unknown: 1,
} as const;

/** How many more people would pass for the same when less than the whole name is asked to agree. */
const GIVEN_NAME_WIDTH = {
  same: 1,
  'short-form': 3,
  'short-name': 3,
  other: 3,
  slip: 5,
  variant: 5,
} as const;
const FAMILY_NAME_WIDTH = { same: 1, differs: 1, unknown: 1, part: 2, slip: 5 } as const;
const BIRTH_DATE_WIDTH = { same: 1, exchanged: 2, near: 60, differs: 1, unknown: 1 } as const;

/** An agreeing other given name leaves one in ten, as the commonest of them are that common. */
const OTHER_NAMES_SHARE = { same: 0.1, differs: 1, unknown: 1 } as const;

/** 0 or more. `isPostcodeKnown`: PDS holds the row's postcode for this person, now or formerly. */
export function expectedNamesakes(
  held: Demographics,
  details: PatientDetails,
  found: Comparison,
  isPostcodeKnown: boolean,
): number {
  return (
    BORN_ON_ONE_DAY *
    (held.birthDate?.endsWith('0101') ? FIRST_OF_JANUARY : 1) *
    BIRTH_DATE_WIDTH[found.birthDate] *
    familyNameShare(held.familyName ?? '') *
    FAMILY_NAME_WIDTH[found.familyName] *
    givenShare(held, details, found) *
    OTHER_NAMES_SHARE[found.otherGivenNames] *
    POSTCODE_SHARE[isPostcodeKnown ? 'same' : found.postcode]
  );
}

/** The commoner of the two names, when they are two; an initial and nothing are shared by many. */
function givenShare(
  { givenName = '', birthDate }: Demographics,
  { givenNames }: PatientDetails,
  { givenName: likeness }: Comparison,
): number {
  if (likeness === 'differs' || likeness === 'unknown') return 1;
  const year = Number(birthDate?.slice(0, 4));
  if (likeness === 'initial') return givenNameShareIn(givenName.charAt(0), year);
  const first = givenNames[0]?.split(/\s+/, 1)[0] ?? '';
  const share = Math.max(givenNameShareIn(givenName, year), givenNameShareIn(first, year));
  return Math.min(1, share * GIVEN_NAME_WIDTH[likeness]);
}
