/** What a person has written into a cell of exceptions.csv, and what a spreadsheet program did to it. Pure. */

import { hasDamagedLetters } from './damaged-letters.ts';

/** What makes a spreadsheet run a cell as a formula: such a cell stands in exceptions.csv behind a `'`. */
const FORMULA = /^'[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

/**
 * The cell as it is to be carried. A spreadsheet program that opens and saves a file drops leading
 * zeros, writes long numbers as 9.99E+09, takes letters for others and changes line ends: such a cell was not touched by a person,
 * and is the one that it was. An NHS number has no leading zeros to lose: whoever takes one off mends it.
 */
export function mendedCell(given: string, before: string, isNhsNumber = false): string {
  if (isSame(given, before)) return before;
  const bare = withoutGuard(given);
  const isDamaged =
    isSpreadsheetDamage(bare.trim(), before.trim(), isNhsNumber) ||
    [given, given.replace(/^'/, '')].some((cell) => hasDamagedLetters(cell, before));
  return isSame(bare, before) || isDamaged ? before : bare;
}

/** Without the `'` that was put before a formula for safety. */
export function withoutGuard(cell: string): string {
  return FORMULA.test(cell) ? cell.slice(1) : cell;
}

function isSame(one: string, other: string): boolean {
  return one === other || withLineFeeds(one) === withLineFeeds(other);
}

const withLineFeeds = (text: string): string => text.replace(/\r\n?/g, '\n');

function isSpreadsheetDamage(given: string, before: string, isNhsNumber: boolean): boolean {
  if (!/^\d+$/.test(before)) return false;
  if (/^\d+$/.test(given)) return !isNhsNumber && before.replace(/^0+(?=\d)/, '') === given;
  const [, digits] = /^(\d(?:[.,]\d+)?)E\+\d+$/i.exec(given) ?? [];
  if (digits === undefined) return false;
  const places = digits.length > 1 ? digits.length - 2 : 0;
  return (
    Number(before).toExponential(places) === Number(given.replace(',', '.')).toExponential(places)
  );
}
