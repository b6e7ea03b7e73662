/** What the simulator knows about one invented person. */

export const PERSON_STATUSES = ['current', 'superseded', 'invalidated'] as const;

/** `superseded`: merged into another record. `invalidated`: withdrawn, with no replacement. */
export type PersonStatus = (typeof PERSON_STATUSES)[number];

/** Codes of the MIM Sex vocabulary: not known, male, female, not specified. */
export const GENDERS = ['0', '1', '2', '9'] as const;

export interface Person {
  /** Ten digits with a right check digit. */
  readonly nhsNumber: string;
  readonly status: PersonStatus;
  /** The number this one was merged into; present only with the status `superseded`. */
  readonly supersededBy?: string | undefined;
  readonly title?: string | undefined;
  readonly familyName?: string | undefined;
  readonly givenName?: string | undefined;
  /** All given names but the first, with blanks between. */
  readonly otherGivenNames?: string | undefined;
  /** `0`, `1`, `2` or `9`; absent only for a record that is not current. */
  readonly gender?: string | undefined;
  /** YYYYMMDD, YYYYMM or YYYY; absent only for a record that is not current. */
  readonly birthDate?: string | undefined;
  /** YYYYMMDD, YYYYMM or YYYY. Present means deceased. */
  readonly deathDate?: string | undefined;
  /** Five lines, some of them empty; absent when no line is held. */
  readonly addressLines?: readonly string[] | undefined;
  readonly postcode?: string | undefined;
  readonly telephone?: string | undefined;
  /** ODS code of the registered practice. */
  readonly practiceCode?: string | undefined;
  /** Location data are withheld, and no search with a postcode finds the person. */
  readonly isSensitive?: boolean | undefined;
  readonly previousFamilyNames?: readonly string[] | undefined;
  readonly previousPostcodes?: readonly string[] | undefined;
}

/**
 * Whether the text is a new-style NHS number: ten digits, the last of them the Modulus 11 check digit
 * (weights 10 to 2; 11 stands for 0, 10 for no number at all).
 */
export function isNewStyleNumber(text: string): boolean {
  if (!/^[0-9]{10}$/.test(text)) return false;
  let sum = 0;
  for (let place = 0; place < 9; place += 1) sum += Number(text[place]) * (10 - place);
  const check = (11 - (sum % 11)) % 11;
  return check === Number(text[9]);
}

/** Whether the text is a day of the calendar, written YYYYMMDD. */
export function isFullDate(text: string): boolean {
  if (!/^[0-9]{8}$/.test(text)) return false;
  const [year, month, day] = [+text.slice(0, 4), +text.slice(4, 6), +text.slice(6)];
  if (year === 0 || month < 1 || month > 12 || day < 1) return false;
  const lastDay = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  return day <= lastDay;
}

/** Whether the text is a day, a month (YYYYMM) or a year (YYYY) of the calendar. */
export function isDate(text: string): boolean {
  if (text.length === 4) return isFullDate(`${text}0101`);
  if (text.length === 6) return isFullDate(`${text}01`);
  return isFullDate(text);
}
