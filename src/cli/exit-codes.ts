import type { RunEnd } from '../domain/run.ts';
import { ConfigError, DiskError, FatalError, InputError } from '../errors.ts';

/** What a command's exit code tells a scheduler. */
export const EXIT = {
  /** Every row has an answer. */
  complete: 0,
  /** Anything that is not one of the others: a defect. */
  defect: 1,
  /** Wrong usage, configuration or input; nothing was sent. */
  usage: 2,
  /** Finished, but some rows have no answer from the provider; `resume` asks again. */
  unanswered: 3,
  /** Stopped by a signal; safe to `resume`. */
  stopped: 4,
  /** Stopped itself, because going on could do harm; safe to `resume` once a person has looked. */
  halted: 5,
} as const;

export function exitCodeOf(end: RunEnd): number {
  return EXIT[end.kind];
}

export function exitCodeOfError(error: unknown): number {
  if (error instanceof DiskError || error instanceof FatalError) return EXIT.halted;
  return error instanceof ConfigError || error instanceof InputError ? EXIT.usage : EXIT.defect;
}
