/** Field by field: what the row holds beside what PDS holds. */
import type { BirthDate } from '../domain/birth-date.ts';
import type { Demographics } from '../domain/demographics.ts';
import { foldName, isBabyName, isInitial, sameName } from '../domain/person-name.ts';
import { parsePostcode } from '../domain/postcode.ts';
import type { GivenNameLikeness } from '../domain/search-policy.ts';
import type { PatientDetails } from '../domain/trace.ts';
import { isKnownGivenName } from './given-names.ts';
import { isCommonGivenNameIn } from './given-names-by-era.ts';
import { fullNamesOf, isShortFormOf } from './nicknames.ts';
import { isSpellingVariant, isTypingSlip } from './typing-slip.ts';

/** `unknown`: one side says nothing, or nothing that can be compared. */
type Unclear = 'differs' | 'unknown';

export interface Comparison {
  /** `part`: one is a half of the other, double-barrelled one. */
  readonly familyName: 'same' | 'part' | 'slip' | Unclear;
  readonly givenName: GivenNameLikeness | Unclear;
  /** Whether another given name agrees; `differs` only when both sides hold some. */
  readonly otherGivenNames: 'same' | Unclear;
  /**
   * `exchanged`: day and month; `near`: two of day, month and year (MPS partial cross-check), and not a
   * generation apart.
   */
  readonly birthDate: 'same' | 'exchanged' | 'near' | Unclear;
  readonly gender: 'same' | Unclear;
  /** Of any address that came back. A district is `LS6`. */
  readonly postcode: 'same' | 'same-district' | Unclear;
}

export function compareDemographics(held: Demographics, found: PatientDetails): Comparison {
  return {
    familyName: compareFamilyNames(held.familyName, found.familyName),
    givenName: compareGivenNames(held, found),
    otherGivenNames: compareOtherGivenNames(held, found),
    birthDate: compareBirthDates(held.birthDate, found.birthDate),
    gender: compareGenders(held.gender, found.gender),
    postcode: comparePostcodes(held, found),
  };
}

function compareFamilyNames(
  held: string | undefined,
  found: string | undefined,
): Comparison['familyName'] {
  if (isBlank(held) || isBlank(found)) return 'unknown';
  if (sameName(held, found)) return 'same';
  if (isHalfOf(held, found) || isHalfOf(found, held)) return 'part';
  return isTypingSlip(held, found) ? 'slip' : 'differs';
}

function isHalfOf(half: string, whole: string): boolean {
  const parts = whole.split(/[\s-]+/).filter((part) => foldName(part).length > 2);
  return parts.length > 1 && parts.some((part) => sameName(part, half));
}

/** PDS may hold several given names in one element, and a new-born's place-holder as a name. */
function compareGivenNames(held: Demographics, found: PatientDetails): Comparison['givenName'] {
  const whole = found.givenNames[0] ?? '';
  const [first = ''] = wordsOf(whole);
  const name = held.givenName;
  if (isBlank(name) || first === '' || isBabyName(whole)) return 'unknown';
  if (sameFullName(name, first) || sameFullName(name, whole)) return 'same';
  if (isInitial(name) || isInitial(first)) {
    return sameName(name.charAt(0), first.charAt(0)) ? 'initial' : 'differs';
  }
  if (isShortFormOf(name, first)) return shortness(name, first, held);
  return isAmongOthers(name, first, held, found) ? 'other' : slipIn(name, first);
}

/** People go by their second names: Rose, whom PDS holds as Mary Rose, or the other way round. */
function isAmongOthers(
  name: string,
  first: string,
  held: Demographics,
  found: PatientDetails,
): boolean {
  const theirs = wordsOf(found.givenNames.join(' ')).slice(1);
  const ours = wordsOf(held.otherGivenNames ?? '');
  return (
    theirs.some((other) => sameFullName(name, other)) ||
    ours.some((other) => sameFullName(first, other))
  );
}

/** Jack was John in 1930 and is Jack today: of twins one may be called what is the other's short form. */
function shortness(a: string, b: string, { birthDate }: Demographics): 'short-form' | 'short-name' {
  const short = fullNamesOf(a).includes(foldName(b)) ? a : b;
  const isRegistered = isCommonGivenNameIn(short, Number(birthDate?.slice(0, 4)));
  return isRegistered ? 'short-name' : 'short-form';
}

/** Two names that people really bear are two names, however alike: Marian is not Marion mistyped. */
function slipIn(held: string, found: string): 'slip' | 'variant' | 'differs' {
  if (isKnownGivenName(held) || !isTypingSlip(held, found)) return 'differs';
  return isSpellingVariant(held, found) ? 'variant' : 'slip';
}

function sameFullName(a: string, b: string): boolean {
  return !isInitial(a) && !isInitial(b) && sameName(a, b);
}

function compareOtherGivenNames(
  held: Demographics,
  found: PatientDetails,
): Comparison['otherGivenNames'] {
  const ours = wordsOf(held.otherGivenNames ?? '');
  const theirs = wordsOf(found.givenNames.join(' ')).slice(1);
  if (ours.length === 0 || theirs.length === 0) return 'unknown';
  const agree = (a: string, b: string): boolean =>
    isInitial(a) || isInitial(b) ? sameName(a.charAt(0), b.charAt(0)) : sameName(a, b);
  return ours.some((our) => theirs.some((their) => agree(our, their))) ? 'same' : 'differs';
}

/** Partial dates, which PDS may return, prove nothing. Longer ones carry a time. */
function compareBirthDates(
  held: BirthDate | undefined,
  returned: string | undefined,
): Comparison['birthDate'] {
  const found = /^\d{8}/.exec(returned ?? '')?.[0];
  if (held?.length !== 8 || found === undefined) return 'unknown';
  if (held === found) return 'same';
  const [year, month, day] = partsOf(held);
  const theirs = partsOf(found);
  if (year === theirs[0] && month === theirs[2] && day === theirs[1]) return 'exchanged';
  const equal = partsOf(held).filter((part, at) => part === theirs[at]).length;
  const isGenerationApart = Math.abs(Number(year) - Number(theirs[0])) >= GENERATION_YEARS;
  return equal === 2 && !isGenerationApart ? 'near' : 'differs';
}

/** A son of his father's name may be born on his father's birthday. */
const GENERATION_YEARS = 12;

function partsOf(date: string): readonly string[] {
  return [date.slice(0, 4), date.slice(4, 6), date.slice(6, 8)];
}

/** `0` is "not known", and occurs on records that were found with 1 or 2. */
function compareGenders(held: string | undefined, found: string | undefined): Comparison['gender'] {
  if (held === undefined || found === undefined || held === '0' || found === '0') return 'unknown';
  return held === found ? 'same' : 'differs';
}

/** Any address counts: usual, temporary or correspondence. Sensitive records come without. */
function comparePostcodes(held: Demographics, details: PatientDetails): Comparison['postcode'] {
  const { postcode } = held;
  const found = details.addresses.flatMap((address) => parsePostcode(address.postcode ?? '') ?? []);
  if (postcode === undefined || found.length === 0) return 'unknown';
  if (found.includes(postcode)) return 'same';
  const isNear = found.some((other) => districtOf(other) === districtOf(postcode));
  return isNear ? 'same-district' : 'differs';
}

function districtOf(postcode: string): string {
  return postcode.split(' ', 1)[0] ?? '';
}

function wordsOf(names: string): readonly string[] {
  return names.split(/\s+/).filter(Boolean);
}

function isBlank(text: string | undefined): text is undefined | '' {
  return text === undefined || foldName(text) === '';
}
