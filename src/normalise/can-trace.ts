import { birthDatePrecision } from '../domain/birth-date.ts';
import type { Demographics } from '../domain/demographics.ts';
import type { Field } from '../domain/field.ts';

/**
 * What a row is good for:
 * - `verify`: it has a usable number and a full date of birth;
 * - `search`: it has what the SMSP Client Requirements ask of a trace, TRCPDS-5: family name, full
 *   date of birth, gender;
 * - `postponed`: a child under six weeks old that has no name yet;
 * - `not-enough`: neither; `missing` are the fields that would have to be given or corrected.
 */
export type Traceability =
  | { readonly kind: 'verify' }
  | { readonly kind: 'search' }
  | { readonly kind: 'postponed' }
  | { readonly kind: 'not-enough'; readonly missing: readonly Field[] };

/** What is known about a row besides its values. */
export interface RowMarks {
  /** The number cell holds a Scottish CHI number, which says that the person is not ours to search. */
  readonly isChi: boolean;
  /** There is an expected date of birth and no date of birth. */
  readonly isUnborn: boolean;
  /** A name cell holds a name for a new baby, and the child is under six weeks old. */
  readonly isUnnamedNewborn: boolean;
}

/** Whether a row can be traced, and how. */
export function canTrace(demographics: Demographics, marks: RowMarks): Traceability {
  if (marks.isChi) return { kind: 'not-enough', missing: ['nhs_number'] };
  if (marks.isUnborn) return { kind: 'not-enough', missing: ['birth_date'] };
  if (demographics.nhsNumber !== undefined) return canVerify(demographics);
  if (marks.isUnnamedNewborn) return { kind: 'postponed' };
  const missing = missingForSearch(demographics);
  return missing.length === 0 ? { kind: 'search' } : { kind: 'not-enough', missing };
}

/** A number without a full date of birth cannot be searched for either: that needs the date too. */
function canVerify(demographics: Demographics): Traceability {
  return hasFullBirthDate(demographics)
    ? { kind: 'verify' }
    : { kind: 'not-enough', missing: ['birth_date'] };
}

function missingForSearch(demographics: Demographics): readonly Field[] {
  const missing: Field[] = [];
  if (demographics.familyName === undefined) missing.push('family_name');
  const isDateGood = hasFullBirthDate(demographics) && !demographics.isBirthDateEstimated;
  if (!isDateGood) missing.push('birth_date');
  if (demographics.gender === undefined || demographics.gender === '0') missing.push('gender');
  return missing;
}

function hasFullBirthDate({ birthDate }: Demographics): boolean {
  return birthDate !== undefined && birthDatePrecision(birthDate) === 'day';
}
