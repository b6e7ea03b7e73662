/**
 * Which disturbance made which request be repeated. Often several may have; what matters is whether
 * all can be explained without any disturbance explaining more than was in flight when it came.
 */
import type { Repeat } from './count-repeats.ts';
import type { EventKind, PlayedEvent } from './events.ts';

/** How long a request may be on its way from the wire to the record. */
const ON_ITS_WAY_MS = 5_000;

/** After these, workers may go on for a while with items that are no longer theirs. */
const WITH_AFTERMATH: readonly EventKind[] = [
  'kill-redis',
  'flush-redis',
  'stop-worker',
  'stop-coordinator',
];
const AFTERMATH_MS = 10_000;

export interface Explained {
  /** For each event, in their order, the repeats that it explains: never more than its bound. */
  readonly byEvent: readonly (readonly Repeat[])[];
  /** Those that nothing explains. */
  readonly unexplained: readonly Repeat[];
}

/** Explains as many as can be explained at once (augmenting paths). */
export function explainRepeats(
  repeats: readonly Repeat[],
  events: readonly PlayedEvent[],
): Explained {
  const byEvent: Repeat[][] = events.map(() => []);
  const explain = (repeat: Repeat, tried: Set<number>): boolean => {
    for (const [place, event] of events.entries()) {
      if (tried.has(place) || !mayExplain(event, repeat)) continue;
      tried.add(place);
      const taken = byEvent[place] ?? [];
      const moved = taken.length < event.bound ? taken.length : moveOne(taken, tried);
      if (moved === -1) continue;
      taken[moved] = repeat;
      return true;
    }
    return false;
  };
  /** The place of one that another event explains as well, and does from now on; else -1. */
  const moveOne = (taken: readonly Repeat[], tried: Set<number>): number =>
    taken.findIndex((other) => explain(other, tried));
  const unexplained = repeats.filter((repeat) => !explain(repeat, new Set()));
  return { byEvent, unexplained };
}

/** Whether the reply may have been lost by the event: on its way when it came, or while it lasted. */
export function mayExplain({ at, until, kind, onRecord }: PlayedEvent, repeat: Repeat): boolean {
  if (at > repeat.at) return false;
  if (onRecord !== undefined && repeat.before <= at && !onRecord.has(repeat.beforeId)) return true;
  const end = until + (WITH_AFTERMATH.includes(kind) ? AFTERMATH_MS : 0);
  return at - ON_ITS_WAY_MS <= repeat.before && repeat.before <= end;
}
