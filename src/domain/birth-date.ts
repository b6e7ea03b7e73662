declare const brand: unique symbol;

/** A real calendar date as digits: `YYYYMMDD`, or in part: `YYYYMM`, `YYYY`. Never a JavaScript Date. */
export type BirthDate = string & { readonly [brand]: 'BirthDate' };

/** How much of the date is known. */
export type BirthDatePrecision = 'day' | 'month' | 'year';

/**
 * Reads a date that is in digit form already, such as a stored one: `19810917`, `198109`, `1981`.
 * `undefined` for anything else: other lengths and characters, 31 April, 29 February in a common
 * year, the year 0000.
 */
export function parseBirthDate(digits: string): BirthDate | undefined {
  return isBirthDate(digits) ? digits : undefined;
}

/** `day` for a full date; the other two cannot be used to verify or to search. */
export function birthDatePrecision(date: BirthDate): BirthDatePrecision {
  if (date.length === 8) return 'day';
  return date.length === 6 ? 'month' : 'year';
}

/** For people: `17 Sep 1981`, `Sep 1981`, `1981`. */
export function formatBirthDate(date: BirthDate): string {
  const month = MONTHS[Number(date.slice(4, 6)) - 1];
  const words = [date.slice(6).replace(/^0/, ''), month, date.slice(0, 4)];
  return words.filter(Boolean).join(' ');
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

function isBirthDate(digits: string): digits is BirthDate {
  if (!/^(?:\d{4}|\d{6}|\d{8})$/.test(digits)) return false;
  const year = Number(digits.slice(0, 4));
  const month = Number(digits.slice(4, 6) || 1);
  const day = Number(digits.slice(6) || 1);
  return year > 0 && month > 0 && month < 13 && day > 0 && day <= daysInMonth(year, month);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
