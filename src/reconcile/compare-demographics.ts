/** Field by field: what the row holds beside what PDS holds. Pure. */
import type { Demographics } from '../domain/demographics.ts';
import { isInitial, sameName } from '../domain/person-name.ts';
import { parsePostcode } from '../domain/postcode.ts';
import type { PatientDetails } from '../domain/trace.ts';

/** `unknown`: one side says nothing, or nothing that can be compared. */
export type Agreement = 'agrees' | 'differs' | 'unknown';

export interface Comparison {
  readonly familyName: Agreement;
  /** `initial`: one side holds only the first letter, and it is the same. */
  readonly givenName: Agreement | 'initial';
  readonly birthDate: Agreement;
  readonly gender: Agreement;
  readonly postcode: Agreement;
}

export function compareDemographics(held: Demographics, details: PatientDetails): Comparison {
  return {
    familyName: compare(held.familyName, details.familyName, sameName),
    givenName: compareGivenNames(held.givenName, details.givenNames[0]),
    birthDate: compare(fullDate(held.birthDate), fullDate(details.birthDate), Object.is),
    gender: compare(knownGender(held.gender), knownGender(details.gender), Object.is),
    postcode: comparePostcodes(held, details),
  };
}

function compare(
  held: string | undefined,
  found: string | undefined,
  isSame: (held: string, found: string) => boolean,
): Agreement {
  if (held === undefined || found === undefined || found === '') return 'unknown';
  return isSame(held, found) ? 'agrees' : 'differs';
}

/** PDS may hold several given names in one element: the first word is compared. */
function compareGivenNames(
  held: string | undefined,
  found: string | undefined,
): Comparison['givenName'] {
  const first = found?.trim().split(/\s+/, 1)[0];
  if (held === undefined || first === undefined || first === '') return 'unknown';
  if (!isInitial(held) && !isInitial(first)) return sameName(held, first) ? 'agrees' : 'differs';
  return sameName(held.charAt(0), first.charAt(0)) ? 'initial' : 'differs';
}

/** The first eight digits; partial dates, which PDS may return, prove nothing. */
function fullDate(date: string | undefined): string | undefined {
  return date !== undefined && /^\d{8}/.test(date) ? date.slice(0, 8) : undefined;
}

/** `0` is "not known", and occurs on records that were found with 1 or 2. */
function knownGender(gender: string | undefined): string | undefined {
  return gender === '0' ? undefined : gender;
}

/** Any address counts: usual, temporary or correspondence. Sensitive records come without. */
function comparePostcodes(held: Demographics, details: PatientDetails): Agreement {
  const found = details.addresses.flatMap(({ postcode }) => parsePostcode(postcode ?? '') ?? []);
  if (held.postcode === undefined || found.length === 0) return 'unknown';
  return found.some((postcode) => postcode === held.postcode) ? 'agrees' : 'differs';
}
