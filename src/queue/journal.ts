/** What was answered in a queue item, in the order in which it was kept. */
import type { SentRequest, Traced } from '../domain/record.ts';
import type { Codec, JournalEntry } from './payload.ts';

/**
 * What can be opened of it, row by row. The others were sealed with another key: before the run was resumed under this
 * one, or by a worker that had the item in hand then.
 */
export function openJournal(
  codec: Codec,
  itemId: string,
  logs: readonly string[],
): readonly (readonly JournalEntry[])[] {
  return logs.flatMap((sealed) => {
    const row = openedOrNothing(() => codec.openEntries(itemId, sealed));
    return row === undefined ? [] : [row];
  });
}

/** Undefined when it was sealed with another key, or by another version. */
export function openedOrNothing<T>(open: () => T): T | undefined {
  try {
    return open();
  } catch {
    return undefined;
  }
}

/**
 * How far each subject came. The first end counts; requests count all, also those of a worker that
 * went on after its item had gone to another.
 */
export function foldEntries(rows: readonly (readonly JournalEntry[])[]): Map<number, Traced> {
  const folded = new Map<number, Traced>();
  for (const { subjectId, traced } of rows.flat()) {
    const before = folded.get(subjectId);
    folded.set(subjectId, before === undefined ? traced : joined(before, traced));
  }
  return folded;
}

/** Nothing more is to be asked about the subject, by whoever has it. */
export function isEnd({ kind }: Traced): boolean {
  return kind === 'answered' || kind === 'unanswered';
}

function joined(before: Traced, after: Traced): Traced {
  const kept = isEnd(before) ? before : after;
  const isFurther = isEnd(kept) || after.asked.length >= before.asked.length;
  return {
    ...kept,
    asked: isFurther ? kept.asked : before.asked,
    requests: withoutRepeats([...before.requests, ...after.requests]),
  };
}

function withoutRepeats(requests: readonly SentRequest[]): readonly SentRequest[] {
  return [...new Map(requests.map((request) => [request.messageId, request])).values()];
}
