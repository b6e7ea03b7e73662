/** Words, names and dates that people enter when they do not know. */
import { plainWords } from '../domain/person-name.ts';

/**
 * Whether a cleaned cell plainly says that there is no value: empty, `-`, `UNKNOWN`, `N/A`, `NULL`.
 * For numbers, dates and postcodes; a name such as NONE is judged by `isPlaceholderName`.
 */
export function isNoValue(text: string): boolean {
  return NO_VALUE.has(plainWords(text)) || /^[-\u2013\u2014./?_ ]*$/.test(text);
}

/**
 * Whether a cleaned name is a filler or a test name as a whole: `UNKNOWN`, `N/K`, `ZZZTEST`, `XX`,
 * `JOHN DOE`, `?`, `#REF!`. False for an empty text, which says nothing, and for NA, which is a real surname.
 */
export function isPlaceholderName(name: string): boolean {
  const words = plainWords(name);
  if (SPREADSHEET_ERROR.test(name)) return true;
  if (words === '') return name !== '';
  return PLACEHOLDER_NAMES.has(words) || PLACEHOLDER_PATTERN.test(words);
}

/** Whether `YYYYMMDD`, which need not be in the calendar, is a date that stands for "not known". */
export function isPlaceholderDate(digits: string): boolean {
  return PLACEHOLDER_DATES.has(digits);
}

function listOf(text: string): ReadonlySet<string> {
  return new Set(text.split(',').map((item) => item.trim()));
}

const UNKNOWN = 'UNKNOWN, UNK, NOT KNOWN, N/K, NK, NONE, NULL, N/A, NOT GIVEN';

const NO_VALUE = listOf(
  `${UNKNOWN}, N K, N A, NA, NIL, NAN, NOT STATED, NOT RECORDED, NOT AVAILABLE, BLANK`,
);

const PLACEHOLDER_NAMES = listOf(
  `${UNKNOWN}, TEST, TESTING, TEST PATIENT, DUMMY, DUP, ANON, ANONYMOUS, A N OTHER, AN OTHER,
  JOHN DOE, JANE DOE, MICKEY MOUSE, NO NAME, NONAME, PATIENT`,
);

const PLACEHOLDER_PATTERN = /^(?:X+|[XZ]{2,} ?TEST.*|(?:DO NOT USE|DUPLICATE)(?: .*)?)$/;

/** What a spreadsheet shows for a formula that failed. */
const SPREADSHEET_ERROR =
  /^#(?:REF!?|VALUE!?|NAME\??|DIV\/0!?|NULL!?|NUM!?|N\/A|SPILL!?|CALC!?|FIELD!?|GETTING_DATA)$/i;

const PLACEHOLDER_DATES = listOf(
  `00000000, 00010101, 11111111, 17530101, 18000101, 18991230, 18991231, 19000100, 19000101,
  19010101, 99990909, 99991231`,
);
