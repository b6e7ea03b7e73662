import type { Repeat } from './count-repeats.ts';
import type { EventKind, PlayedEvent } from './events.ts';
import { mayExplain } from './explain-repeats.ts';

/** What holds up everybody, or those who could take over. */
const HAMPERING: readonly EventKind[] = [
  'kill-redis',
  'kill-all',
  'flush-redis',
  'kill-worker',
  'term-worker',
  'stop-worker',
  'stop-coordinator',
  'provider-busy',
  'provider-hang',
  'provider-outage',
];

/** Redis's clients need so long to find it again. */
const RECOVERY_MS = 3_000;

/**
 * For each death of a worker that others survived: how long until the last of the questions that died
 * with it was asked again, in milliseconds. Deaths with other misfortunes in between are left out.
 */
export function resumeGaps(
  repeats: readonly Repeat[],
  events: readonly PlayedEvent[],
): readonly number[] {
  const deaths = events.filter(({ kind, isSurvived }) => kind === 'kill-worker' && isSurvived);
  return deaths.flatMap((death) => {
    const taken = repeats.filter((repeat) => isOnlyOf(death, repeat, events)).map(({ at }) => at);
    if (taken.length === 0) return [];
    const last = Math.max(...taken);
    return isHampered(death, last, events) ? [] : [last - death.at];
  });
}

function isOnlyOf(death: PlayedEvent, repeat: Repeat, events: readonly PlayedEvent[]): boolean {
  const possible = events.filter((event) => event.bound > 0 && mayExplain(event, repeat));
  return possible.length === 1 && possible[0] === death;
}

function isHampered(death: PlayedEvent, till: number, events: readonly PlayedEvent[]): boolean {
  return events.some(
    (event) =>
      event !== death &&
      HAMPERING.includes(event.kind) &&
      event.at <= till &&
      event.until + RECOVERY_MS >= death.at,
  );
}
