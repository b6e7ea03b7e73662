import { type BirthDate, parseBirthDate } from '../domain/birth-date.ts';
import type { FindingCode } from '../domain/finding.ts';
import { cleanText, unwrapText } from './clean-text.ts';
import { type DateOrder, type DateParts, readDateForm } from './date-forms.ts';
import { dateOfSerial } from './day-number.ts';
import { isNoValue, isPlaceholderDate } from './placeholders.ts';
import { NOTHING, type Reading, unusable, usable } from './reading.ts';
import { dropTime } from './time-of-day.ts';
import { earliestBirthDate, spellOutYear } from './two-digit-years.ts';

export interface DateOptions {
  /** How to read `03/04/1981`. A date that only fits the other order is a fault, not turned round. */
  readonly dateOrder: DateOrder;
  /** Whether `29221` is a day number of a spreadsheet with the 1900 date system. */
  readonly acceptsExcelSerials: boolean;
  /** `YYYYMMDD`. Later dates are in the future. */
  readonly today: string;
}

/**
 * Reads a date of birth cell. Years and months alone are read as partial dates, with a warning.
 * No value and no finding for an empty cell; a fault for a date that cannot be read, is not in the
 * calendar, is a placeholder, lies in the future or more than 120 years ago. Never corrects a date.
 */
export function normaliseDate(text: string, options: DateOptions): Reading<BirthDate> {
  const cleaned = unwrapText(cleanText(text)).replace(/^(\d+)\.0*$/, '$1');
  if (isNoValue(cleaned)) return NOTHING;
  const { date, finding } = dropTime(cleaned);
  if (/^[0/.-]+$/.test(date)) return unusable('date-placeholder');
  if (SERIAL.test(date)) return readSerial(date, options);
  if (isYearLast(date)) return unusable('date-year-last');
  const parts = readDateForm(date, options.dateOrder);
  if (parts === undefined) return unusable('date-unreadable');
  if (finding === 'date-shifted') return unusable(finding);
  return judgeParts(parts, finding ? [finding] : [], options);
}

/** `17091981`, in either order. As `YYYYMMDD` such a date has the century for its month, so it can be no other. */
function isYearLast(text: string): boolean {
  const [, first = '', second = '', year = ''] =
    /^(\d\d)(\d\d)((?:18|19|20)\d\d)$/.exec(text) ?? [];
  return [year + second + first, year + first + second].some(
    (d) => parseBirthDate(d) !== undefined,
  );
}

/** One to five digits, with or without a fraction, that are not a year from 1800 to 2099. */
const SERIAL = /^(?!(?:18|19|20)\d\d$)\d{1,5}(?:\.\d+)?$/;

function readSerial(text: string, options: DateOptions): Reading<BirthDate> {
  const [day = '', fraction] = text.split('.');
  if (!options.acceptsExcelSerials) {
    return unusable(day.length === 5 ? 'date-serial' : 'date-unreadable');
  }
  const findings: FindingCode[] = fraction === undefined ? [] : ['date-time-dropped'];
  return judgeDigits(dateOfSerial(Number(day)), [...findings, 'date-serial-read'], options);
}

function judgeParts(
  parts: DateParts,
  findings: readonly FindingCode[],
  options: DateOptions,
): Reading<BirthDate> {
  const rest = digitsOf(parts.month) + digitsOf(parts.day);
  const year = spellOutYear(parts.year, rest, options.today);
  const isOtherWay = parts.isByOrder && isOnlyOtherWay(parts, year.digits);
  if (isOtherWay) return unusable('date-order');
  return judgeDigits(year.digits + rest, [...findings, ...year.findings], options);
}

function judgeDigits(
  digits: string,
  findings: readonly FindingCode[],
  { today }: DateOptions,
): Reading<BirthDate> {
  if (isPlaceholderDate(digits)) return unusable('date-placeholder');
  const date = parseBirthDate(digits);
  if (date === undefined) return unusable('date-impossible');
  if (date > today.slice(0, date.length)) return unusable('date-future');
  if (date < earliestBirthDate(today).slice(0, date.length)) return unusable('date-too-old');
  return usable(date, [...findings, ...suspicionsOf(date)]);
}

function suspicionsOf(date: BirthDate): readonly FindingCode[] {
  if (date.length < 8) return ['date-partial'];
  return date.endsWith('0101') ? ['date-first-of-january'] : [];
}

/** Whether the month cannot be one, and the date would exist with day and month swapped. */
function isOnlyOtherWay({ month = 0, day = 0 }: DateParts, year: string): boolean {
  const swapped = year + digitsOf(day) + digitsOf(month);
  return month > 12 && parseBirthDate(swapped) !== undefined;
}

function digitsOf(part: number | undefined): string {
  return part === undefined ? '' : String(part).padStart(2, '0');
}
