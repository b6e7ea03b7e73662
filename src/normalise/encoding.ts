/**
 * Whether a text shows that bytes were read in the wrong encoding: a replacement character, code
 * points that are no characters, or UTF-8 read as Windows-1252 (`Ã©` for é, `â€™` for an apostrophe).
 * Ask before any clean-up: the signs include blanks and quotation marks. False for an empty text.
 */
export function hasEncodingDamage(text: string): boolean {
  return DAMAGE.some((sign) => sign.test(text));
}

/** What the bytes 80 to BF look like in Windows-1252, without those that stand after É in real names. */
const RARE_TAIL =
  '\\u0080-\\u009F\\u00A1-\\u00AC\\u00AE-\\u00B3\\u00B5\\u00B6\\u00B8-\\u00BF' +
  '\\u20AC\\u201A\\u0192\\u201E\\u2026\\u2020\\u2021\\u02C6\\u2030\\u2039\\u2022\\u02DC\\u2122\\u203A';

/** The others: letters, curly quotes, dashes, the non-breaking blank, the soft hyphen. */
const TAIL =
  `${RARE_TAIL}\\u0160\\u0152\\u017D\\u0161\\u0153\\u017E\\u0178` +
  '\\u2018\\u2019\\u201C\\u201D\\u2013\\u2014\\u00A0\\u00AD\\u00B4\\u00B7';

const DAMAGE: readonly RegExp[] = [
  /[\uFFFD\u0080-\u009F]/,
  /[\p{Cs}\p{Co}\p{Cn}]/u,
  // First bytes C2 to C5 hold all letters of western and central Europe: any tail convicts them.
  new RegExp(`[\\u00C2-\\u00C5][${TAIL}]`),
  // É and its like end and begin real names, as in KŘÍŽ: only a tail that no name has does.
  new RegExp(`[\\u00C6-\\u00EF][${RARE_TAIL}]`),
  /\u00F0\u0178/,
  /\p{Ll}\u00C3/u,
];
