import { expect, test } from 'vitest';
import type { JournalEntry } from '../../src/simulator/journal.ts';
import { findRepeats, repeatedMessageIds, withLosses } from './count-repeats.ts';

const asked = (
  at: number,
  question: string,
  code = 'SMSP-0000',
  messageId = `${at}`,
): JournalEntry => ({
  ...{ at, question, messageId, code },
  httpStatus: 200,
});

test('a question that was answered and is asked again is a repeat, whatever the order of the journal', () => {
  const journal = [asked(30, 'a'), asked(10, 'a'), asked(20, 'b')];
  expect(findRepeats(journal)).toEqual([
    { question: 'a', messageId: '30', beforeId: '10', before: 10, at: 30 },
  ]);
});

test('so is one whose client was gone when the answer came', () => {
  expect(findRepeats([asked(10, 'a', 'aborted'), asked(20, 'a')])).toHaveLength(1);
});

test.each(['HTTP-503', 'ITK-2100', 'reset', 'hang', 'outage', 'truncate', 'garbage'])(
  'after %s it is sent again by design',
  (code) => {
    expect(findRepeats([asked(10, 'a', code), asked(20, 'a')])).toEqual([]);
  },
);

test('each repeat counts, and is held against the request just before', () => {
  const repeats = findRepeats([asked(10, 'a'), asked(20, 'a'), asked(30, 'a')]);
  expect(repeats.map(({ before, at }) => [before, at])).toEqual([
    [10, 20],
    [20, 30],
  ]);
});

test('a request that was not understood is nobody’s', () => {
  const unclear: JournalEntry = { at: 1, httpStatus: 500, code: 'ITK-1000' };
  expect(findRepeats([unclear, { ...unclear, at: 2 }])).toEqual([]);
});

test('message ids are counted as often as they come again', () => {
  const journal = [asked(1, 'a', 'reset', 'X'), asked(2, 'a', 'reset', 'X'), asked(3, 'a')];
  expect(repeatedMessageIds(journal)).toBe(1);
});

test('with the queue goes what the ledger has not yet, and no more', () => {
  const journal = [asked(1, 'a'), asked(2, 'b'), asked(3, 'c', 'reset'), asked(9, 'd')];
  const flush = { kind: 'flush-redis', at: 5, until: 5, bound: 4, isSurvived: false } as const;
  const [counted] = withLosses([{ ...flush, onRecord: new Set(['1']) }], journal);
  expect(counted?.bound).toBe(5);
  expect(withLosses([flush], journal)).toEqual([flush]);
});
