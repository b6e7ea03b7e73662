import type { Random } from './random.ts';

/**
 * Decides in which rows a kind of thing is due, so that it comes about as often as its rate says and
 * never stays away for long: what could not be done in one row stays due for the next.
 */
export interface Schedule {
  /** True when the kind should be done in this row. False for a kind that it does not know. */
  readonly isDue: (kind: string, row: number) => boolean;
  /** The kind was done in this row. */
  readonly done: (kind: string, row: number) => void;
}

interface Rhythm {
  readonly gap: number;
  nextRow: number;
}

/** A schedule from pairs of kind and rate in 100 rows; kinds with a rate of 0 never come. */
export function createSchedule(
  rates: Iterable<readonly [kind: string, per100: number]>,
  random: Random,
): Schedule {
  const rhythms = new Map<string, Rhythm>();
  for (const [kind, per100] of rates) {
    if (per100 <= 0) continue;
    const gap = 100 / per100;
    rhythms.set(kind, { gap, nextRow: gap * random.next() });
  }
  return {
    isDue: (kind, row) => {
      const rhythm = rhythms.get(kind);
      return rhythm !== undefined && row >= rhythm.nextRow;
    },
    done: (kind, row) => {
      const rhythm = rhythms.get(kind);
      if (rhythm === undefined) return;
      const { gap } = rhythm;
      rhythm.nextRow = Math.max(rhythm.nextRow + gap * (0.5 + random.next()), row + gap / 2);
    },
  };
}
