import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSealer } from '../../src/lib/seal.ts';
import { createCodec } from '../../src/queue/payload.ts';
import { MARKS, markedAnswer, markedSubject } from '../support/queue-child.ts';

const sealer = createSealer(randomBytes(32));
const codec = createCodec('run-1', sealer);

test('a subject and its result come out as they went in', () => {
  expect(codec.openSubject(7, codec.sealSubject(markedSubject(7)))).toEqual(markedSubject(7));
  expect(codec.openResult(7, codec.sealResult(7, markedAnswer(7)))).toEqual(markedAnswer(7));
});

test('nothing of the person can be read in either, and no two look alike', () => {
  const sealed = [1, 1, 2].map((id) => codec.sealSubject({ ...markedSubject(1), subjectId: id }));
  const texts = sealed.map((payload) => Buffer.from(payload.sealed, 'base64').toString('latin1'));
  for (const mark of MARKS) for (const text of texts) expect(text).not.toContain(mark);
  expect(new Set(sealed.map((payload) => payload.sealed)).size).toBe(3);
});

test.each([
  ['another subject', () => codec.openSubject(8, codec.sealSubject(markedSubject(7)))],
  ['another run', () => elsewhere('run-2').openSubject(7, codec.sealSubject(markedSubject(7)))],
  [
    'a result as a subject',
    () => codec.openSubject(7, asPayload(codec.sealResult(7, markedAnswer(7)))),
  ],
  ['another key', () => withAnotherKey().openSubject(7, codec.sealSubject(markedSubject(7)))],
  ['a changed text', () => codec.openResult(7, changed(codec.sealResult(7, markedAnswer(7))))],
  [
    'another version',
    () => codec.openSubject(7, { ...codec.sealSubject(markedSubject(7)), v: 2 as 1 }),
  ],
])('does not open %s', (_what, open) => {
  expect(open).toThrow();
});

const elsewhere = (queueId: string) => createCodec(queueId, sealer);
const withAnotherKey = () => createCodec('run-1', createSealer(randomBytes(32)));
const asPayload = (sealed: string) => ({ v: 1 as const, queueId: 'run-1', sealed });

function changed(sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  return bytes.toString('base64');
}
