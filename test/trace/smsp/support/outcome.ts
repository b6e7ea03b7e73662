import { BusyError, FatalError, RetryableError, UnansweredError } from '../../../../src/errors.ts';

/** What was given or thrown, flat enough for a table: `['RetryableError', 'timeout', 1]`. */
export type Outcome = readonly unknown[];

/** A thrown error as class, code and limit of retries or delay; anything else is thrown on. */
export function outcomeOf(act: () => unknown): Outcome {
  try {
    return ['value', act()];
  } catch (error) {
    return errorOutcome(error);
  }
}

export async function outcomeOfAsync(act: () => Promise<unknown>): Promise<Outcome> {
  try {
    return ['value', await act()];
  } catch (error) {
    return errorOutcome(error);
  }
}

function errorOutcome(error: unknown): Outcome {
  if (error instanceof RetryableError) return [error.name, error.code, error.maxRetries];
  if (error instanceof BusyError) return [error.name, error.code, error.retryAfterMs];
  if (error instanceof FatalError || error instanceof UnansweredError)
    return [error.name, error.code];
  throw error;
}

/** Everything an error would show in a log: its fields, its message, its stack and its causes. */
export function shown(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error.stack}${JSON.stringify(error)}${error.message}${shown(error.cause)}`;
}
