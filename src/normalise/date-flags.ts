/** The cells beside a date of birth that say how far it can be trusted. */
import { cleanText, unwrapText } from './clean-text.ts';
import { isNoValue } from './placeholders.ts';
import { NOTHING, type Reading, usable } from './reading.ts';

/**
 * Whether the date of birth was estimated: Y, YES, T, TRUE and 1, or N, NO, F, FALSE and 0, in either
 * case. No value for an empty cell. Anything else is taken for an estimate, with a warning: an
 * estimate that passes for a true date could find the wrong person.
 */
export function readEstimatedFlag(text: string): Reading<boolean> {
  const word = unwrapText(cleanText(text)).toUpperCase();
  if (/^(?:Y|YES|T|TRUE|1)$/.test(word)) return usable(true);
  if (/^(?:N|NO|F|FALSE|0)$/.test(word)) return usable(false);
  return isNoValue(word) ? NOTHING : usable(true, ['estimated-flag-unreadable']);
}

/** Whether a child is expected: the cell holds anything but nothing, whether or not it is a date. */
export function isExpected(text: string): boolean {
  return !isNoValue(unwrapText(cleanText(text)));
}
