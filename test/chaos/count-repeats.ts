/** Requests that the provider saw more than once, from its own journal. */
import type { JournalEntry } from '../../src/simulator/journal.ts';
import type { PlayedEvent } from './events.ts';

/** A question that was asked again although the provider had answered it, or was about to. */
export interface Repeat {
  readonly question: string;
  readonly messageId: string | undefined;
  /** When it was asked before, and now; milliseconds since 1970. */
  readonly before: number;
  readonly at: number;
  /** What made it necessary; absent when nothing did. */
  readonly cause: PlayedEvent | undefined;
}

/** Whatever the provider itself failed is sent again by design. */
const FAILED = /^(HTTP-\d+|ITK-\d+|reset|hang|outage|truncate|garbage)$/;

/** How long after a disturbance is over something may still be a consequence of it. */
const AFTERMATH_MS = 20_000;

export function findRepeats(
  journal: readonly JournalEntry[],
  events: readonly PlayedEvent[],
): readonly Repeat[] {
  const last = new Map<string, JournalEntry>();
  const repeats: Repeat[] = [];
  for (const entry of journal.toSorted((a, b) => a.at - b.at)) {
    const { question, at, messageId } = entry;
    if (question === undefined) continue;
    const earlier = last.get(question);
    last.set(question, entry);
    if (earlier === undefined || FAILED.test(earlier.code)) continue;
    const before = earlier.at;
    repeats.push({ question, messageId, before, at, cause: causeOf(before, at, events) });
  }
  return repeats;
}

/**
 * A reply is lost by what was going on when it was asked for, or by what came next; or, when neither
 * was, by the last thing before: a sleeper who awakes goes on with what others have taken over.
 */
function causeOf(
  before: number,
  at: number,
  events: readonly PlayedEvent[],
): PlayedEvent | undefined {
  const harmful = events.filter(({ bound }) => bound > 0);
  return (
    harmful.findLast((event) => event.at <= before && before <= event.until) ??
    events.find((event) => before <= event.at && event.at <= at) ??
    harmful.findLast((event) => event.at <= before && before <= event.until + AFTERMATH_MS)
  );
}

export interface RepeatFigures {
  readonly total: number;
  /** The sum of what all events allow. */
  readonly bound: number;
  /** The event that made the most necessary. */
  readonly worst:
    | { readonly kind: string; readonly repeats: number; readonly bound: number }
    | undefined;
  /** A sentence for each event that went beyond its bound. */
  readonly beyond: readonly string[];
  /** Repeats that nothing made necessary. */
  readonly causeless: number;
}

export function repeatFigures(
  repeats: readonly Repeat[],
  events: readonly PlayedEvent[],
): RepeatFigures {
  const counted = events.map((event) => ({
    kind: event.kind,
    bound: event.bound,
    repeats: repeats.filter(({ cause }) => cause === event).length,
  }));
  return {
    total: repeats.length,
    bound: counted.reduce((sum, { bound }) => sum + bound, 0),
    worst: counted.toSorted((a, b) => b.repeats - a.repeats)[0],
    beyond: counted
      .filter(({ repeats: seen, bound }) => seen > bound)
      .map(
        ({ kind, repeats: seen, bound }) =>
          `${kind}: ${seen} requests repeated, at most ${bound} were in flight`,
      ),
    causeless: repeats.filter(({ cause }) => cause === undefined).length,
  };
}

/** Message ids that stand in the journal more than once. */
export function repeatedMessageIds(journal: readonly JournalEntry[]): number {
  const ids = journal.flatMap(({ messageId }) => messageId ?? []);
  return ids.length - new Set(ids).size;
}
