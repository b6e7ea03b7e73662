/** The forms that a date is written in. Which day it is, and whether there is one, is for the caller. */

/** Which of two numbers comes first where the form does not tell: day (UK) or month (US). */
export type DateOrder = 'dmy' | 'mdy';

/** The parts as written: two or four digits of the year; month and day absent in partial dates. */
export interface DateParts {
  readonly year: string;
  readonly month: number | undefined;
  readonly day: number | undefined;
  /** Whether day and month were told apart by the order alone. */
  readonly isByOrder: boolean;
}

/**
 * Takes a cleaned date, without a time, apart: `17/09/1981`, `17-Sep-81`, `17 September 1981`,
 * `Sep 17 1981`, `1981-09-17`, `19810917`, `198109`, `1981-09`, `1981`.
 * `undefined` when it has none of these forms, or names no month.
 */
export function readDateForm(text: string, order: DateOrder): DateParts | undefined {
  for (const form of [...FIXED_FORMS, ORDERED_FORMS[order]]) {
    const groups = form.exec(text)?.groups;
    if (groups) return partsOf(groups, form === ORDERED_FORMS[order]);
  }
  return undefined;
}

const FIXED_FORMS: readonly RegExp[] = [
  /^(?<year>\d{4})$/,
  /^(?<year>\d{4})[-/.]?(?<month>\d{2})$/,
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/,
  /^(?<year>\d{4})(?<separator>[-/. ])(?<month>\d{1,2})\k<separator>(?<day>\d{1,2})$/,
  /^(?<day>\d{1,2})(?:ST|ND|RD|TH)?[-/. ]?(?<word>[A-Z]{3,9})[-/., ]{0,2}(?<year>\d{4}|\d{2})$/i,
  /^(?<word>[A-Z]{3,9}) (?<day>\d{1,2})(?:ST|ND|RD|TH)?,? (?<year>\d{4})$/i,
];

const ORDERED_FORMS: Readonly<Record<DateOrder, RegExp>> = {
  dmy: /^(?<day>\d{1,2})(?<separator>[-/. ])(?<month>\d{1,2})\k<separator>(?<year>\d{4}|\d{2})$/,
  mdy: /^(?<month>\d{1,2})(?<separator>[-/. ])(?<day>\d{1,2})\k<separator>(?<year>\d{4}|\d{2})$/,
};

function partsOf(
  groups: Readonly<Record<string, string | undefined>>,
  isByOrder: boolean,
): DateParts | undefined {
  const { year, month, day, word } = groups;
  if (year === undefined) return undefined;
  const monthNumber = word === undefined ? numberOf(month) : monthOf(word);
  if (word !== undefined && monthNumber === undefined) return undefined;
  return { year, month: monthNumber, day: numberOf(day), isByOrder };
}

function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

/** 1 to 12 for an English month or a beginning of it (the form gives three letters or more). */
function monthOf(word: string): number | undefined {
  const index = MONTHS.findIndex((month) => month.startsWith(word.toUpperCase()));
  return index < 0 ? undefined : index + 1;
}

const MONTHS: readonly string[] = [
  ...['JANUARY', 'FEBRUARY', 'MARCH', 'APRIL', 'MAY', 'JUNE', 'JULY', 'AUGUST'],
  ...['SEPTEMBER', 'OCTOBER', 'NOVEMBER', 'DECEMBER'],
];
