import { isPseudoPostcode, type Postcode, parsePostcode } from '../domain/postcode.ts';
import { cleanText, unwrapText } from './clean-text.ts';
import { isNoValue } from './placeholders.ts';
import { NOTHING, type Reading, unusable, usable } from './reading.ts';

/**
 * Reads a postcode cell. Case and a missing or doubled blank are put right without a finding; O for 0
 * and I for 1 at the start of the inward part are mended when the result has a legal shape.
 * No value and no finding for an empty cell; a fault for pseudo-postcodes (NHS Data Dictionary:
 * ZZ99 3VZ and others), which are asked about first, and for anything else that is no postcode.
 */
export function normalisePostcode(text: string): Reading<Postcode> {
  const cleaned = unwrapText(cleanText(text)).toUpperCase();
  if (isPseudoPostcode(cleaned)) return unusable('postcode-pseudo');
  if (isNoValue(cleaned)) return NOTHING;
  const postcode = parsePostcode(cleaned);
  if (postcode !== undefined) {
    const isBlankMoved = cleaned.includes(' ') && cleaned !== postcode;
    return usable(postcode, isBlankMoved ? ['postcode-blank-moved'] : []);
  }
  const mended = parsePostcode(mendInward(cleaned));
  return mended ? usable(mended, ['postcode-digit-mended']) : unusable('postcode-unreadable');
}

/** The third character from the end of a postcode is always a digit. */
function mendInward(text: string): string {
  const compact = text.replaceAll(' ', '');
  return compact.replace(/O(?=..$)/, '0').replace(/I(?=..$)/, '1');
}
