/**
 * When a person who was found is this row's person. Pure. Nobody is present to look twice
 * (MSCA-PDS-03, TRCPDS-12.1.2), so what falls short is for a person to see, never a match.
 * The rules, their reasons and their hazards: docs/matching.md
 */
import type { Demographics } from '../domain/demographics.ts';
import type { PatientDetails } from '../domain/trace.ts';
import { type Comparison, compareDemographics } from './compare-demographics.ts';

export type Acceptance =
  | { readonly kind: 'accepted' }
  /** Somebody was found; `because` is a sentence that names the field. */
  | { readonly kind: 'too-little'; readonly because: string }
  /** What came back speaks against it. */
  | { readonly kind: 'contradicted'; readonly because: string };

const accepted: Acceptance = { kind: 'accepted' };
const tooLittle = (because: string): Acceptance => ({ kind: 'too-little', because });
const contradicted = (because: string): Acceptance => ({ kind: 'contradicted', because });

/**
 * The number the row holds exists, and the provider confirms it. Its cross-check passes on the date
 * of birth alone, and twins share that, and the family name, and the postcode: only the given name
 * in full tells them apart, so it must have come back and agree.
 */
export function acceptSuppliedNumber(
  held: Demographics,
  details: PatientDetails | undefined,
): Acceptance {
  if (details === undefined) return tooLittle(CONFIRMED_UNSEEN);
  const found = compareDemographics(held, details);
  if (found.birthDate === 'differs') {
    return tooLittle('Date of birth: PDS holds another one for this NHS number.');
  }
  if (found.birthDate === 'unknown') {
    return tooLittle('Date of birth: PDS did not return a full one to compare.');
  }
  if (found.givenName === 'differs') {
    return contradicted(
      'Given name: PDS holds another one for this NHS number; it may be a twin, another member of the family, or a stranger.',
    );
  }
  return found.givenName === 'agrees'
    ? acceptGivenName(found)
    : tooLittle(GIVEN_NAME[found.givenName]);
}

const CONFIRMED_UNSEEN =
  'The provider confirmed the NHS number and date of birth but returned no name to compare, and a twin has the same date of birth.';

/** A changed family name is common, a changed gender is not: both at once are another person. */
function acceptGivenName(found: Comparison): Acceptance {
  return found.familyName === 'differs' && found.gender === 'differs'
    ? tooLittle('Family name and gender: PDS holds others for this NHS number.')
    : accepted;
}

/**
 * Exactly one person answers to what was sent. Date of birth, given name in full and postcode must
 * all come back equal; gender must not differ; the family name may be a later one than the one that
 * was sent and matched, but there must be one.
 */
export function acceptTraced(held: Demographics, details: PatientDetails | undefined): Acceptance {
  if (details === undefined) {
    return tooLittle(
      'The provider returned a number without details, so nothing could be compared.',
    );
  }
  const found = compareDemographics(held, details);
  if (found.birthDate !== 'agrees')
    return tooLittle('Date of birth: PDS did not return this same full date.');
  if (found.gender === 'differs')
    return tooLittle('Gender: PDS holds another one for the person found.');
  if (found.givenName !== 'agrees') return tooLittle(GIVEN_NAME[found.givenName]);
  if (found.postcode !== 'agrees')
    return tooLittle(POSTCODE[held.postcode === undefined ? 'absent' : found.postcode]);
  return found.familyName === 'unknown'
    ? tooLittle('Family name: PDS returned none to compare.')
    : accepted;
}

const GIVEN_NAME = {
  initial:
    'Given name: only an initial could be compared, which brothers, sisters and twins may share.',
  differs: 'Given name: PDS holds another one for the person found.',
  unknown:
    'Given name: the row or PDS holds none, so a twin, brother or sister cannot be told apart.',
} as const;

const POSTCODE = {
  absent: 'Postcode: the row holds none, and another person may share this name and date of birth.',
  differs:
    'Postcode: PDS now holds another one for the person found; they may have moved, or be somebody else.',
  unknown: 'Postcode: PDS returned none to compare; the address may be withheld.',
} as const;
