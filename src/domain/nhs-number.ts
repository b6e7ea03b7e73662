declare const brand: unique symbol;

/** Ten digits whose Modulus 11 check digit is right, and not a value that is never a real number. */
export type NhsNumber = string & { readonly [brand]: 'NhsNumber' };

/**
 * Who issues the numbers around this one. Only `issued` is beyond suspicion:
 * - `scotland`: a CHI number, which is not an NHS number;
 * - `northern-ireland`: a Health and Care number; a few are said to have been issued in England;
 * - `issued`: England, Wales and the Isle of Man;
 * - `not-yet-issued`: 500 to 599, kept free;
 * - `ireland`: 800 to 899, partly Individual Health Identifiers of the Republic;
 * - `test`: 999, for tests only;
 * - `not-issued`: 900 to 998, and the gaps between the other ranges.
 */
export type NhsNumberRange =
  | 'scotland'
  | 'northern-ireland'
  | 'issued'
  | 'not-yet-issued'
  | 'ireland'
  | 'test'
  | 'not-issued';

/**
 * Reads an NHS number (ISB 0149). Blanks and hyphens are ignored.
 * `undefined` for anything else: empty, another length, other characters, a wrong check digit, and
 * values that pass the check but are never issued (ten equal digits, 0123456789, 9876543210).
 */
export function parseNhsNumber(text: string): NhsNumber | undefined {
  const digits = text.replace(/[ -]/g, '');
  return isNhsNumber(digits) ? digits : undefined;
}

/** For people: `999 012 3454` (ISB 0149: three, three and four digits). */
export function formatNhsNumber(nhsNumber: NhsNumber): string {
  return `${nhsNumber.slice(0, 3)} ${nhsNumber.slice(3, 6)} ${nhsNumber.slice(6)}`;
}

/** Finds a number in any text, however its digits are set apart; in JSON a tab or a line break is two characters. */
export function nhsNumberPattern(nhsNumber: NhsNumber): RegExp {
  const gap = String.raw`(?:\\[nrt]|[^0-9A-Za-z]){0,3}`;
  return new RegExp(`(?<![0-9])${[...nhsNumber].join(gap)}(?![0-9])`);
}

/** The range that a number falls in. Every number has one. */
export function nhsNumberRange(nhsNumber: NhsNumber): NhsNumberRange {
  const range = RANGES.find(({ first, last }) => first <= nhsNumber && nhsNumber <= last);
  return range?.name ?? 'not-issued';
}

/** Whether ten digits can never be a person's number although their check digit may be right. */
export function isNeverReal(digits: string): boolean {
  return /^(\d)\1{9}$/.test(digits) || digits === '0123456789' || digits === '9876543210';
}

const RANGES: readonly { first: string; last: string; name: NhsNumberRange }[] = [
  { first: '0100000000', last: '3112999999', name: 'scotland' },
  { first: '3200000001', last: '3999999999', name: 'northern-ireland' },
  { first: '4000000000', last: '4999999999', name: 'issued' },
  { first: '5000000000', last: '5999999999', name: 'not-yet-issued' },
  { first: '6000000000', last: '7999999999', name: 'issued' },
  { first: '8000000000', last: '8999999999', name: 'ireland' },
  { first: '9990000000', last: '9999999999', name: 'test' },
];

function isNhsNumber(digits: string): digits is NhsNumber {
  return /^\d{10}$/.test(digits) && hasCheckDigit(digits) && !isNeverReal(digits);
}

/**
 * Modulus 11: the digits weighed 10, 9 … 2 and the check digit weighed 1 add up to a multiple of 11.
 * The same rule as "11 minus the remainder; 11 becomes 0; 10 is invalid", in one step.
 */
function hasCheckDigit(digits: string): boolean {
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
  return sum % 11 === 0;
}
