/** What stands in a queue item and in its result: sealed JSON, bound to its run and subject. */
import { z } from 'zod';
import type { StoredSubject, TraceResult } from '../domain/record.ts';
import type { Sealer } from '../lib/seal.ts';

/** Raised when the form of the payload changes, so that workers of another version refuse it. */
export const PAYLOAD_VERSION = 1;

export const payloadSchema = z.strictObject({
  v: z.literal(PAYLOAD_VERSION),
  queueId: z.string(),
  sealed: z.string(),
});

export type Payload = z.infer<typeof payloadSchema>;

export interface Codec {
  sealSubject(subject: StoredSubject): Payload;
  openSubject(subjectId: number, payload: Payload): StoredSubject;
  sealResult(subjectId: number, result: TraceResult): string;
  openResult(subjectId: number, sealed: string): TraceResult;
}

export function createCodec(queueId: string, sealer: Sealer): Codec {
  const context = (kind: 'subject' | 'result', subjectId: number): string =>
    `${kind}:${queueId}:${subjectId}`;
  return {
    sealSubject: (subject) => ({
      v: PAYLOAD_VERSION,
      queueId,
      sealed: sealer.seal(JSON.stringify(subject), context('subject', subject.subjectId)),
    }),
    openSubject: (subjectId, payload) =>
      JSON.parse(sealer.open(payloadSchema.parse(payload).sealed, context('subject', subjectId))),
    sealResult: (subjectId, result) =>
      sealer.seal(JSON.stringify(result), context('result', subjectId)),
    openResult: (subjectId, sealed) =>
      JSON.parse(sealer.open(sealed, context('result', subjectId))),
  };
}
