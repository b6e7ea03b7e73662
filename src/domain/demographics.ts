import type { BirthDate } from './birth-date.ts';
import type { Gender } from './gender.ts';
import type { NhsNumber } from './nhs-number.ts';
import type { Postcode } from './postcode.ts';

/**
 * A person as a row of the input describes them, normalised. What the row does not hold, or holds
 * in a form that cannot be used, is absent.
 */
export interface Demographics {
  readonly nhsNumber?: NhsNumber;
  /** As it is sent: trimmed, straight punctuation, one blank between words; case and diacritics kept. */
  readonly familyName?: string;
  /** A former one, such as a maiden name: to search with, never to compare by. */
  readonly previousFamilyName?: string;
  /** The first given name. One letter long when the row holds only an initial. */
  readonly givenName?: string;
  /** The other given names, blank between them. */
  readonly otherGivenNames?: string;
  /** Full, or a year and month, or a year. */
  readonly birthDate?: BirthDate;
  /** Present when the date was estimated: good enough beside a number, never to search with. */
  readonly isBirthDateEstimated?: true;
  readonly gender?: Gender;
  /** A real postcode; pseudo-postcodes such as ZZ99 3VZ are left out. */
  readonly postcode?: Postcode;
  /** Of a former address. */
  readonly previousPostcode?: Postcode;
}
