/** What a run is called, how it ended, and the sum that must hold before it may say "done". */

/** Letters, digits, `.`, `_` and `-`, at most 64, beginning with a letter or digit. Safe in a path. */
export type RunId = string & { readonly [brand]: 'RunId' };
declare const brand: unique symbol;

/** Reads a run id; `undefined` for anything that could not be a folder name on every system. */
export function parseRunId(text: string): RunId | undefined {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(text) && !text.endsWith('.')
    ? (text as RunId)
    : undefined;
}

/** How a run ended. */
export type RunEnd =
  /** Every row has an answer. */
  | { readonly kind: 'complete' }
  /** Finished, but the provider gave no answer for some rows; `resume` asks again. */
  | { readonly kind: 'unanswered'; readonly rows: number }
  /** A signal stopped it; safe to resume. */
  | { readonly kind: 'stopped' }
  /** It stopped itself, because going on could do harm; a person must look, then `resume`. */
  | { readonly kind: 'halted'; readonly reason: string };

/** The rows of a run at one moment. */
export interface RunCounts {
  readonly rows: number;
  /** Rows whose fate is known: answered, or never to be sent. */
  readonly done: number;
  readonly matched: number;
  readonly exceptions: number;
}

/** What is sent in so long shares an item. */
const GROUP_SECONDS = 0.01;
const LARGEST_GROUP = 50;

/**
 * How many subjects share a queue item: 1, each person in an item of their own, below 200 requests a
 * second, which no provider is known to allow; more beyond, so that a fast run does not spend its time
 * on the queue.
 */
export function groupSizeFor(ratePerSecond: number): number {
  return Math.min(LARGEST_GROUP, Math.max(1, Math.floor(ratePerSecond * GROUP_SECONDS)));
}
