/** The time of day that databases and spreadsheets hang on a date of birth. */
import type { FindingCode } from '../domain/finding.ts';

/**
 * The cleaned date without its time. Midnight goes without a finding; another time goes with a
 * warning. 23:00 with a time zone is a fault: it is how a British date of birth in summer time comes
 * out of a system that keeps Universal Time, one day too early.
 * The text as it is when it has no time.
 */
export function dropTime(text: string): { date: string; finding?: FindingCode } {
  const groups = (CLOCK_TIME.exec(text) ?? COMPACT_TIME.exec(text))?.groups;
  if (groups?.['date'] === undefined) return { date: text };
  const { date, time = '', half = '', zone } = groups;
  const digits = time.replace(/\D/g, '');
  if (isMidnight(digits, half)) return { date };
  const isShifted = zone !== undefined && /^2300*$/.test(digits);
  return { date, finding: isShifted ? 'date-shifted' : 'date-time-dropped' };
}

const CLOCK_TIME =
  /^(?<date>.*?\d)[T :] ?(?<time>\d{1,2}:\d{2}(?::\d{2}(?:[.:]\d{1,9})?)?) ?(?<half>[AP]M)? ?(?<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;
const COMPACT_TIME = /^(?<date>\d{8})T?(?<time>\d{4}(?:\d{2})?)$/;

function isMidnight(digits: string, half: string): boolean {
  if (/^AM$/i.test(half)) return /^(?:12)?0+$/.test(digits);
  return half === '' && /^0+$/.test(digits);
}
