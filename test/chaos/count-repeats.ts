/** Requests that the provider saw more than once, from its own journal. */
import type { JournalEntry } from '../../src/simulator/journal.ts';
import type { PlayedEvent } from './events.ts';

/** A question that was asked again although the provider had answered it, or was about to. */
export interface Repeat {
  readonly question: string;
  readonly messageId: string;
  /** Of the request before. */
  readonly beforeId: string;
  /** When it was asked before, and now; milliseconds since 1970. */
  readonly before: number;
  readonly at: number;
}

/** Whatever the provider itself failed is sent again by design. */
const FAILED = /^(HTTP-\d+|ITK-\d+|reset|hang|outage|truncate|garbage)$/;

/** In the order in which they were asked again. */
export function findRepeats(journal: readonly JournalEntry[]): readonly Repeat[] {
  const last = new Map<string, JournalEntry>();
  const repeats: Repeat[] = [];
  for (const entry of journal.toSorted((a, b) => a.at - b.at)) {
    const { question, at, messageId = '' } = entry;
    if (question === undefined) continue;
    const earlier = last.get(question);
    last.set(question, entry);
    if (earlier === undefined || FAILED.test(earlier.code)) continue;
    const { at: before, messageId: beforeId = '' } = earlier;
    repeats.push({ question, messageId, beforeId, before, at });
  }
  return repeats;
}

/** Where the queue was lost, all that was not yet on record was lost with it. */
export function withLosses(
  events: readonly PlayedEvent[],
  journal: readonly JournalEntry[],
): readonly PlayedEvent[] {
  return events.map((event) => {
    const { at: lostAt, onRecord } = event;
    if (onRecord === undefined) return event;
    const lost = journal.filter(
      ({ at, code, messageId = '' }) =>
        at <= lostAt && !FAILED.test(code) && !onRecord.has(messageId),
    );
    return { ...event, bound: event.bound + lost.length };
  });
}

/** Message ids that stand in the journal more than once. */
export function repeatedMessageIds(journal: readonly JournalEntry[]): number {
  const ids = journal.flatMap(({ messageId }) => messageId ?? []);
  return ids.length - new Set(ids).size;
}
