/**
 * What a spreadsheet program made of the dates of a file. It shows 1950-03-04 as its region has it, 04/03/1950 or
 * 3/4/50, and saves what it shows. Pure.
 */
import { type DateOptions, normaliseDate } from '../normalise/dates.ts';

/**
 * `same`: the same text, and a date. `rewritten`: the same date in another form, when read as the job says. `turned`: it would be
 * the same date with day and month the other way round. `either`: both. `other`: another date, or none.
 */
export type DateChange = 'same' | 'rewritten' | 'turned' | 'either' | 'other';

export function dateChange(given: string, before: string, options: DateOptions): DateChange {
  const date = normaliseDate(before, options).value;
  if (date === undefined) return 'other';
  if (given.trim() === before.trim()) return 'same';
  if (formOf(given) === formOf(before)) return 'other';
  const dateOrder = options.dateOrder === 'dmy' ? 'mdy' : 'dmy';
  const isRewritten = isDate(given, date, options);
  const isTurned = isDate(given, date, { ...options, dateOrder });
  if (isRewritten) return isTurned ? 'either' : 'rewritten';
  return isTurned ? 'turned' : 'other';
}

/**
 * Whether a file was saved where months come first: dates that nobody touched are the other way round then, and
 * none stands as it was. One that a person has turned round stands among others that were not.
 */
export function isTurnedFile(changes: ReadonlyMap<DateChange, number>): boolean {
  const count = (change: DateChange): number => changes.get(change) ?? 0;
  return count('turned') > 0 && count('same') + count('rewritten') === 0;
}

/** The form of a date: its digits as `9`. A leading zero more or less is another form. */
const formOf = (text: string): string => text.trim().replace(/\d/g, '9');

/** Two digits of a year may stand for another century than they are read as. */
function isDate(text: string, date: string, options: DateOptions): boolean {
  const { value, findings } = normaliseDate(text, options);
  if (value === date) return true;
  return findings.some((code) => YEAR_OF_TWO.has(code)) && value?.slice(2) === date.slice(2);
}

const YEAR_OF_TWO: ReadonlySet<string> = new Set(['date-two-digit-year', 'date-ambiguous-century']);
