import type { ExceptionCode, Outcome } from './exception.ts';
import type { NhsNumber } from './nhs-number.ts';

/** NHS NUMBER STATUS INDICATOR CODE (NHS Data Dictionary), two characters, zero kept. */
export type NhsNumberStatus = '01' | '02' | '03' | '04' | '05' | '06' | '08';

/** What the run says about one row. */
export type Decision = Match | Exception;

export interface Match {
  readonly kind: 'match';
  readonly outcome: Outcome;
  readonly nhsNumber: NhsNumber;
  readonly status: NhsNumberStatus;
}

export interface Exception {
  readonly kind: 'exception';
  readonly code: ExceptionCode;
  /** A sentence for the person who will mend the record. Names the field. */
  readonly reason: string;
  /** What to do. */
  readonly action: string;
  /** A number that a person should look at; never to be loaded as it is. */
  readonly candidate?: NhsNumber;
  readonly status: NhsNumberStatus;
}
