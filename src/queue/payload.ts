/** What stands in a queue item and in its journal: sealed JSON, bound to its run and item. */
import { z } from 'zod';
import type { PendingSubject, Traced } from '../domain/record.ts';
import type { Sealer } from '../lib/seal.ts';

/** Raised when the form of the payload changes, so that workers of another version refuse it. */
export const PAYLOAD_VERSION = 2;

export const payloadSchema = z.strictObject({
  v: z.literal(PAYLOAD_VERSION),
  queueId: z.string(),
  sealed: z.string(),
});

export type Payload = z.infer<typeof payloadSchema>;

/** How far a subject has come, at some moment. */
export interface JournalEntry {
  readonly subjectId: number;
  readonly traced: Traced;
}

export interface Codec {
  sealSubjects(itemId: string, subjects: readonly PendingSubject[]): Payload;
  openSubjects(itemId: string, payload: Payload): readonly PendingSubject[];
  sealEntries(itemId: string, entries: readonly JournalEntry[]): string;
  openEntries(itemId: string, sealed: string): readonly JournalEntry[];
}

export function createCodec(queueId: string, sealer: Sealer): Codec {
  const context = (kind: 'subjects' | 'entries', itemId: string): string =>
    `${kind}:${queueId}:${itemId}`;
  return {
    sealSubjects: (itemId, subjects) => ({
      v: PAYLOAD_VERSION,
      queueId,
      sealed: sealer.seal(JSON.stringify(subjects), context('subjects', itemId)),
    }),
    openSubjects: (itemId, payload) =>
      JSON.parse(sealer.open(payloadSchema.parse(payload).sealed, context('subjects', itemId))),
    sealEntries: (itemId, entries) =>
      sealer.seal(JSON.stringify(entries), context('entries', itemId)),
    openEntries: (itemId, sealed) => JSON.parse(sealer.open(sealed, context('entries', itemId))),
  };
}
