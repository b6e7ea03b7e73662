/** What a request asks, once its payload has been found valid. */
import type { Operation } from './wire-names.ts';

export interface Query {
  readonly operation: Operation;
  /** YYYYMMDD; for getNHSNumber also YYYYMM or YYYY. */
  readonly birthDate: string;
  /** `0`, `1`, `2` or `9`. */
  readonly gender?: string | undefined;
  /** As sent: it need not be ten digits. */
  readonly nhsNumber?: string | undefined;
  readonly familyName?: string | undefined;
  readonly givenName?: string | undefined;
  readonly postcode?: string | undefined;
  /** Sent back with the answer, and of no other effect. */
  readonly localIdentifier?: LocalIdentifier | undefined;
}

export interface LocalIdentifier {
  readonly root: string;
  readonly extension: string;
}
