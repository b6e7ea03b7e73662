/** Requests that the provider saw more than once, from its own journal. */
import type { JournalEntry } from '../../src/simulator/journal.ts';

/** A question that was asked again although the provider had answered it, or was about to. */
export interface Repeat {
  readonly question: string;
  readonly messageId: string | undefined;
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
    const { question, at, messageId } = entry;
    if (question === undefined) continue;
    const earlier = last.get(question);
    last.set(question, entry);
    if (earlier === undefined || FAILED.test(earlier.code)) continue;
    repeats.push({ question, messageId, before: earlier.at, at });
  }
  return repeats;
}

/** Requests that the provider answered until then, and that are not among those on record. */
export function unrecordedUntil(
  journal: readonly JournalEntry[],
  until: number,
  onRecord: ReadonlySet<string>,
): number {
  return journal.filter(
    ({ at, code, messageId = '' }) => at <= until && !FAILED.test(code) && !onRecord.has(messageId),
  ).length;
}

/** Message ids that stand in the journal more than once. */
export function repeatedMessageIds(journal: readonly JournalEntry[]): number {
  const ids = journal.flatMap(({ messageId }) => messageId ?? []);
  return ids.length - new Set(ids).size;
}
