/** How the provider behaved, stretch of time by stretch of time. */

/** The requests that left within one stretch and ended with one code. */
export interface CodeInStretch {
  /** When the stretch begins, in milliseconds since 1970: a multiple of its length. */
  readonly startMs: number;
  /** The provider's code, or what came instead of an answer: `timeout`, `HTTP-503`. */
  readonly code: string;
  readonly count: number;
  /** How long they took together, and the longest, in milliseconds. */
  readonly totalMs: number;
  readonly longestMs: number;
}

/** A time in which nothing was sent. Milliseconds since 1970. */
export interface SendingPause {
  readonly fromMs: number;
  readonly toMs: number;
}
