import type { FindingCode } from '../domain/finding.ts';

/** Nobody is taken to be older. */
const MAX_AGE_YEARS = 120;

/**
 * A year of two digits in four: later than this year means the last century, any other this one. That
 * other could also be of a person over 100, which is a warning unless they would be over 120.
 * `monthAndDay` is `MMDD`, `today` is `YYYYMMDD`. A year of four digits as it is, without a finding.
 */
export function spellOutYear(
  year: string,
  monthAndDay: string,
  today: string,
): { digits: string; findings: readonly FindingCode[] } {
  if (year.length === 4) return { digits: year, findings: [] };
  const century = Number(today.slice(0, 2));
  if (year > today.slice(2, 4)) return { digits: `${century - 1}${year}`, findings: MENDED };
  const couldBeOld = `${century - 1}${year}${monthAndDay}` >= earliestBirthDate(today);
  return { digits: `${century}${year}`, findings: couldBeOld ? AMBIGUOUS : MENDED };
}

/** The earliest `YYYYMMDD` that is taken for a date of birth on `today`: 120 years ago. */
export function earliestBirthDate(today: string): string {
  return `${Number(today.slice(0, 4)) - MAX_AGE_YEARS}${today.slice(4)}`;
}

const MENDED: readonly FindingCode[] = ['date-two-digit-year'];
const AMBIGUOUS: readonly FindingCode[] = ['date-ambiguous-century'];
