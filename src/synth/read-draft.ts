/**
 * What a person would read in the cells of a row. Written for the truth alone, and without the rules
 * of the program that is judged by it.
 */

import { genderCodings, writeGender } from './cohort-style.ts';
import { withoutDiacritics } from './damage-slips.ts';
import { dateFormats, writeDate } from './dates.ts';
import { hasRightCheckDigit } from './numbers.ts';

/** The ten digits of an NHS number, however grouped; `undefined` when that is not what it is. */
export function readNumber(text: string): string | undefined {
  const digits = text.replace(/\.0$/, '').replaceAll(/[\s-]/g, '');
  return hasRightCheckDigit(digits) ? digits : undefined;
}

/** A name in lower case, letters alone, without title and remark: `Mrs Siân (Jo)` is `sian`. */
export function readName(text: string): string {
  const bare = text
    .replaceAll(/\([^)]*\)|\*[^*]*\*/g, '')
    .replace(/\sAKA\s.*$/, '')
    .trim()
    .replace(/^(?:mr|mrs|miss|ms|mx|dr|rev|prof|master)\.?\s+/i, '');
  return foldName(bare);
}

/** A name as it is compared: no case, marks, blanks, hyphens or apostrophes. */
export function foldName(name: string): string {
  return withoutDiacritics(name)
    .toLowerCase()
    .replaceAll(/[^\p{Lu}\p{Ll}\p{Lo}]/gu, '');
}

/** A postcode as it is compared: no case or blanks, and nought and one are as good as O and I. */
export function foldPostcode(postcode: string): string {
  return postcode.toUpperCase().replaceAll(/\s/g, '').replaceAll('O', '0').replaceAll('I', '1');
}

/** True when the text is that full date (YYYYMMDD), however it is written. */
export function isWrittenDate(text: string, date: string): boolean {
  return date.length === 8 && dateFormats.some((format) => writeDate(date, format) === text);
}

/** True when the text is that gender code, in whatever coding. */
export function isWrittenGender(text: string, code: string): boolean {
  return genderCodings.some((coding) => writeGender(code, coding) === text);
}

/** True when one letter is inserted, left out, another or exchanged with its neighbour, or none is. */
export function isOneSlipAway(one: string, other: string): boolean {
  if (one === other) return true;
  if (one.length > other.length) return isOneSlipAway(other, one);
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const [restOne, restOther] = [one.slice(at), other.slice(at)];
  if (one.length < other.length) return restOne === restOther.slice(1);
  const isExchanged = restOne[0] === restOther[1] && restOne[1] === restOther[0];
  return (
    restOne.slice(1) === restOther.slice(1) ||
    (isExchanged && restOne.slice(2) === restOther.slice(2))
  );
}
