/**
 * When a person who was found is this row's person. Nobody is present to look twice (MSCA-PDS-03,
 * TRCPDS-12.1.2), so what falls short is for a person to see, never a match.
 * The rules, their reasons and their hazards: docs/matching.md
 */
import type { Demographics } from '../domain/demographics.ts';
import type { GivenNameLikeness } from '../domain/search-policy.ts';
import type { PatientDetails } from '../domain/trace.ts';
import { type Comparison, compareDemographics } from './compare-demographics.ts';
import { expectedNamesakes } from './namesakes.ts';

/** Everything known about one person found, for one row. */
export interface Evidence {
  /** The row, in the form in which it was asked about. */
  readonly held: Demographics;
  readonly details: PatientDetails | undefined;
  /** PDS matched the family name that was sent, though it may hold a later one now. */
  readonly isFamilyNameKnown: boolean;
  /** PDS matched the postcode that was sent, though it may hold a later one now. */
  readonly isPostcodeKnown: boolean;
  /** A search without a given name found nobody else: no twin of this sex is registered. */
  readonly isOnlyOne: boolean;
}

/** What a further question could add. */
export type Proof = 'postcode' | 'only-one';

export type Judgement =
  | { readonly kind: 'accepted' }
  /** `because` is a sentence that names the field; `lacks` is what might still settle it. */
  | { readonly kind: 'doubt'; readonly because: string; readonly lacks: readonly Proof[] }
  /** What came back speaks against it. */
  | { readonly kind: 'contradicted'; readonly because: string };

const ACCEPTED: Judgement = { kind: 'accepted' };
const doubt = (because: string, ...lacks: readonly Proof[]): Judgement => ({
  kind: 'doubt',
  because,
  lacks,
});

/** What must agree before a number found by search is written. */
export interface SearchRule {
  readonly max_namesakes: number;
  readonly given_name: readonly GivenNameLikeness[];
}

/**
 * Exactly one person answers to what was asked. Date of birth and gender must agree, the family name
 * must be the one sent or one that PDS matched, the given name must be there and alike, and so few
 * others may be expected to agree as well that this can be taken for the person.
 */
export function judgeSearched(evidence: Evidence, rule: SearchRule): Judgement {
  const { held, details, isPostcodeKnown } = evidence;
  if (details === undefined) return doubt(NOTHING_TO_COMPARE);
  const found = compareDemographics(held, details);
  const shortfall =
    shortfallInBasics(found, evidence) ??
    shortfallInGivenName(found, evidence, rule) ??
    shortfallInOtherNames(found, evidence);
  if (shortfall !== undefined) return shortfall;
  return expectedNamesakes(held, details, found, isPostcodeKnown) <= rule.max_namesakes
    ? ACCEPTED
    : doubt(COMMON_NAME[held.postcode === undefined ? 'absent' : found.postcode], 'postcode');
}

function shortfallInBasics(found: Comparison, evidence: Evidence): Judgement | undefined {
  if (found.birthDate !== 'same')
    return doubt('Date of birth: PDS did not return this same full date.');
  if (found.gender === 'differs')
    return doubt('Gender: PDS holds another one for the person found.');
  if (found.familyName === 'unknown') return doubt('Family name: PDS returned none to compare.');
  if (found.familyName === 'differs' && !evidence.isFamilyNameKnown)
    return doubt('Family name: PDS holds another one for the person found.');
  return found.familyName === 'slip' && !hasPostcode(found, evidence)
    ? doubt('Family name: PDS holds one that is spelt differently.', 'postcode')
    : undefined;
}

function shortfallInGivenName(
  found: Comparison,
  evidence: Evidence,
  { given_name }: SearchRule,
): Judgement | undefined {
  const likeness = found.givenName;
  if (likeness === 'differs' || likeness === 'unknown') return doubt(GIVEN_NAME[likeness]);
  if (!given_name.includes(likeness)) return doubt(GIVEN_NAME[likeness]);
  if (likeness === 'same') return undefined;
  // Twins have been named Stephen and Steven, and both are Steve; but Bill without a twin is William.
  const isPostcodeNeeded = likeness !== 'short-form' && !hasPostcode(found, evidence);
  const lacks: readonly Proof[] = [
    ...(isPostcodeNeeded ? (['postcode'] as const) : []),
    ...(evidence.isOnlyOne ? [] : (['only-one'] as const)),
  ];
  return lacks.length === 0 ? undefined : doubt(GIVEN_NAME[likeness], ...lacks);
}

/** John Paul and John Peter of one day are two people, unless they live at one postcode. */
function shortfallInOtherNames(found: Comparison, evidence: Evidence): Judgement | undefined {
  return found.otherGivenNames === 'differs' && !hasPostcode(found, evidence)
    ? doubt('Other given names: PDS holds others for the person found.', 'postcode')
    : undefined;
}

function hasPostcode(found: Comparison, evidence: Evidence): boolean {
  return found.postcode === 'same' || evidence.isPostcodeKnown;
}

/**
 * The number the row holds exists, and the provider confirms it. Its cross-check passes on the date
 * of birth alone, and twins share that, and the family name, and the postcode: only the given name
 * tells them apart, so it must agree; or, where it is no more than alike or absent, there must be
 * nobody else of this family name, date of birth and gender.
 */
export function judgeSupplied(evidence: Evidence, maxNamesakes: number): Judgement {
  const { held, details } = evidence;
  if (details === undefined) return doubt(CONFIRMED_UNSEEN);
  const found = compareDemographics(held, details);
  switch (found.birthDate) {
    case 'unknown':
      return doubt('Date of birth: PDS did not return a full one to compare.');
    case 'differs':
      return doubt('Date of birth: PDS holds another one for this NHS number.');
    case 'exchanged':
    case 'near':
      return judgeNearDate(found, evidence, details, maxNamesakes);
    case 'same':
      return judgeSuppliedName(found, evidence);
  }
}

function judgeSuppliedName(found: Comparison, evidence: Evidence): Judgement {
  if (found.givenName === 'differs') return { kind: 'contradicted', because: ANOTHER_GIVEN_NAME };
  const isFamilyNameAlike = isAlike(found.familyName) || evidence.isFamilyNameKnown;
  if (found.givenName === 'same') {
    return !isFamilyNameAlike && found.gender === 'differs'
      ? doubt('Family name and gender: PDS holds others for this NHS number.')
      : ACCEPTED;
  }
  const because = GIVEN_NAME[found.givenName];
  if (!isFamilyNameAlike || found.gender === 'differs' || found.givenName === 'variant')
    return doubt(because);
  const isPostcodeNeeded = found.givenName === 'unknown' && !hasPostcode(found, evidence);
  if (evidence.isOnlyOne && !isPostcodeNeeded) return ACCEPTED;
  return doubt(because, 'only-one', ...(isPostcodeNeeded ? (['postcode'] as const) : []));
}

/**
 * MPS takes a date of which two parts agree, beside names, for the same. A clerk who picked the
 * number of a namesake from a list picked one with a similar date: so all the rest must agree.
 */
function judgeNearDate(
  found: Comparison,
  evidence: Evidence,
  details: PatientDetails,
  maxNamesakes: number,
): Judgement {
  const because = 'Date of birth: PDS holds another one for this NHS number.';
  const isRestAlike =
    (found.givenName === 'same' || found.givenName === 'short-form') &&
    isAlike(found.familyName) &&
    found.gender !== 'differs' &&
    found.otherGivenNames !== 'differs';
  if (!isRestAlike) return doubt(because);
  return expectedNamesakes(evidence.held, details, found, evidence.isPostcodeKnown) <= maxNamesakes
    ? ACCEPTED
    : doubt(because);
}

function isAlike(familyName: Comparison['familyName']): boolean {
  return familyName === 'same' || familyName === 'part' || familyName === 'slip';
}

const NOTHING_TO_COMPARE =
  'The provider returned a number without details, so nothing could be compared.';

const CONFIRMED_UNSEEN =
  'The provider confirmed the NHS number and date of birth but returned no name to compare, and a twin has the same date of birth.';

const ANOTHER_GIVEN_NAME =
  'Given name: PDS holds another one for this NHS number; it may be a twin, another member of the family, or a stranger.';

const GIVEN_NAME = {
  same: '',
  'short-form': 'Given name: PDS holds another form of it for the person found.',
  'short-name':
    'Given name: PDS holds another form of it for the person found, but both are names by which people are registered.',
  other: 'Given name: PDS holds it, but not as the first one of the person found.',
  slip: 'Given name: PDS holds one that is spelt differently.',
  variant:
    'Given name: PDS holds another spelling of it, which may be the name of a twin or another member of the family.',
  initial:
    'Given name: only an initial could be compared, which brothers, sisters and twins may share.',
  differs: 'Given name: PDS holds another one for the person found.',
  unknown:
    'Given name: the row or PDS holds none, so a twin, brother or sister cannot be told apart.',
} as const;

const TOO_COMMON = 'and other people are to be expected with this name and date of birth.';

const COMMON_NAME = {
  absent: `Postcode: the row holds none, ${TOO_COMMON}`,
  same: `Family name and given name: both are very common, ${TOO_COMMON}`,
  'same-district': `Postcode: PDS holds another one near by for the person found, ${TOO_COMMON}`,
  differs: `Postcode: PDS holds another one for the person found, ${TOO_COMMON}`,
  unknown: `Postcode: PDS returned none to compare, perhaps because it is withheld, ${TOO_COMMON}`,
} as const;
