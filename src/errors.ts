/**
 * Every error class, by what the program does about it. What can happen to one record is a value
 * (domain/trace.ts); what delays or stops the work is one of these. No message holds personal data.
 */

/** The provider says wait (HTTP 503 or 429, ITK busy). Everybody slows down; no attempt is spent. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
  /** What the provider said, as counted in the summary: `HTTP-503`. */
  readonly code: string;
  /** How long the provider asked us to wait, in milliseconds; absent when it did not say. */
  readonly retryAfterMs: number | undefined;
  constructor(code: string, retryAfterMs?: number, options?: ErrorOptions) {
    super(`the provider is busy (${code})`, options);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** No usable answer this time (time-out, reset, 5xx, unreadable reply). The request is sent again. */
export class RetryableError extends Error {
  override readonly name = 'RetryableError';
  /** What went wrong, as counted in the summary: `timeout`, `reset`, `unreadable-reply`, `ITK-2100`. */
  readonly code: string;
  /** How often this is worth sending again, at most; absent when only the job's limit counts. */
  readonly maxRetries: number | undefined;
  constructor(code: string, message: string, options?: ErrorOptions & { maxRetries?: number }) {
    super(message, options);
    this.code = code;
    this.maxRetries = options?.maxRetries;
  }
}

/** The place under the rate went by before the request could leave. Nothing was sent; another place is waited for. */
export class TooLateError extends Error {
  override readonly name = 'TooLateError';
}

/** This request will not be answered, however often it is sent today. The row stays unanswered. */
export class UnansweredError extends Error {
  override readonly name: string = 'UnansweredError';
  /** What was said instead of an answer, as counted in the summary: `ITK-1000`, `SMSP-0001`. */
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** This request cannot be sent as it is, so nothing left for the provider. The row stays unanswered. */
export class UnsendableError extends UnansweredError {
  override readonly name = 'UnsendableError';
}

/** Going on would do harm (credentials refused, too many failures): the run stops, exit code 5. */
export class FatalError extends Error {
  override readonly name = 'FatalError';
  /** Why, as counted in the summary: `SMSP-0005`, `ITK-3000`, `HTTP-403`, `tls`. */
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A setting, flag or job file is wrong: exit code 2, nothing was sent. The message says the mend. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** The input file cannot be read as a table of people: exit code 2, nothing was sent. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** The run directory cannot be written (disk full): exit code 5. What was recorded is safe. */
export class DiskError extends Error {
  override readonly name = 'DiskError';
}
