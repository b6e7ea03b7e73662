import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSealer } from '../../src/lib/seal.ts';
import { createCodec } from '../../src/queue/payload.ts';
import { MARKS, markedAnswer, markedSubject } from '../support/queue-child.ts';

const sealer = createSealer(randomBytes(32));
const codec = createCodec('run-1', sealer);

const subjects = [markedSubject(7), markedSubject(8)];
const entries = [{ subjectId: 7, traced: markedAnswer(7) }];
const item = () => codec.sealSubjects('g7', subjects);

test('subjects and what was answered about them come out as they went in', () => {
  expect(codec.openSubjects('g7', item())).toEqual(subjects);
  expect(codec.openEntries('g7', codec.sealEntries('g7', entries))).toEqual(entries);
});

test('nothing of the person can be read in either, and no two look alike', () => {
  const sealed = [item().sealed, item().sealed, codec.sealEntries('g7', entries)];
  const texts = sealed.map((text) => Buffer.from(text, 'base64').toString('latin1'));
  for (const mark of MARKS) for (const text of texts) expect(text).not.toContain(mark);
  expect(new Set(sealed).size).toBe(3);
});

test.each([
  ['another item', () => codec.openSubjects('g8', item())],
  ['another run', () => createCodec('run-2', sealer).openSubjects('g7', item())],
  [
    'answers as subjects',
    () => codec.openSubjects('g7', { ...item(), sealed: codec.sealEntries('g7', entries) }),
  ],
  ['another key', () => withAnotherKey().openSubjects('g7', item())],
  ['a changed text', () => codec.openEntries('g7', changed(codec.sealEntries('g7', entries)))],
  ['another version', () => codec.openSubjects('g7', { ...item(), v: 1 as 2 })],
])('does not open %s', (_what, open) => {
  expect(open).toThrow();
});

const withAnotherKey = () => createCodec('run-1', createSealer(randomBytes(32)));

function changed(sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  return bytes.toString('base64');
}
