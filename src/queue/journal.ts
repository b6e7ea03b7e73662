/** What was answered in a queue item, in the order in which it was kept. */
import type { SentRequest, Traced } from '../domain/record.ts';
import type { JournalEntry } from './payload.ts';

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
