/** What we ask a tracing service, and the closed list of what can come back. */
import type { BirthDate } from './birth-date.ts';
import type { Gender } from './gender.ts';
import type { NhsNumber } from './nhs-number.ts';

/** The five operations of a Spine Mini Service Provider for PDS; other services map onto them. */
export const OPERATIONS = [
  'verifyNHSNumber',
  'getNHSNumber',
  'getPatientDetailsByNHSNumber',
  'getPatientDetailsBySearch',
  'getPatientDetails',
] as const;

export type Operation = (typeof OPERATIONS)[number];

/** One question. Which parts an operation takes is the adapter's to know; it leaves the others out. */
export interface Question {
  readonly operation: Operation;
  readonly birthDate: BirthDate;
  readonly nhsNumber?: NhsNumber;
  readonly familyName?: string;
  readonly givenName?: string;
  readonly gender?: Gender;
  /** A whole one, or its beginning with a wildcard. */
  readonly postcode?: string;
  /** Present when `*` stands at the end of a value, and somebody has approved that (MSCA-PDS-07). */
  readonly hasWildcard?: true;
}

/** A question as it is put to a service. */
export interface TraceRequest extends Question {
  /** An opaque key of this run for this person; the service may send it back beside its answer. */
  readonly localIdentifier: string;
}

/** The person as PDS holds them. Absent: PDS said nothing. Empty string: PDS holds a blank. */
export interface PatientDetails {
  readonly title?: string;
  /** First given name, then the others. */
  readonly givenNames: readonly string[];
  readonly familyName?: string;
  readonly gender?: Gender;
  /** YYYYMMDD as a rule; 4, 6, 10, 12 and 14 digits occur. */
  readonly birthDate?: string;
  /** Present means deceased. The value may be partial, or empty. */
  readonly deathDate?: string;
  readonly addresses: readonly PatientAddress[];
  /** As sent, scheme included: `tel:01632960123`. */
  readonly telecoms: readonly string[];
  /** ODS code of the registered GP practice. */
  readonly practiceCode?: string;
}

export interface PatientAddress {
  readonly use: 'usual' | 'temporary' | 'correspondence' | 'other';
  readonly lines: readonly string[];
  readonly postcode?: string;
}

/** What the service said about this person. "No answer" is not among them: that is an error class. */
export type Answer =
  /** One person. `details` are there when the operation brings them back. */
  | { readonly kind: 'found'; readonly nhsNumber: NhsNumber; readonly details?: PatientDetails }
  | { readonly kind: 'no-match' }
  | { readonly kind: 'multiple-matches' }
  /** The number exists, but is not confirmed as this person's. */
  | { readonly kind: 'not-verified' }
  /** Success was claimed for another number than the one asked about: never a confirmation. */
  | { readonly kind: 'other-number'; readonly nhsNumber: NhsNumber }
  /** Merged into another number; `replacement` is absent when the service did not name exactly one. */
  | {
      readonly kind: 'superseded';
      readonly replacement?: NhsNumber;
      readonly details?: PatientDetails;
    }
  | { readonly kind: 'invalidated' }
  /** Not a ten-digit number, says the service. */
  | { readonly kind: 'not-new-style' };

export interface TraceReply {
  readonly answer: Answer;
  /** The service's own code, as it came: `SMSP-0000`, `DEMOG-0007`. */
  readonly code: string;
}
