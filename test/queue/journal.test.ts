import { describe, expect, it } from 'vitest';
import type { Traced } from '../../src/domain/record.ts';
import { foldEntries, isEnd } from '../../src/queue/journal.ts';
import type { JournalEntry } from '../../src/queue/payload.ts';
import { answeredAll, aRequest, refused, searched, unanswered } from '../support/people.ts';

const entry = (subjectId: number, traced: Traced = answeredAll()): JournalEntry => ({
  subjectId,
  traced,
});

describe('what a journal says', () => {
  const first = searched({ kind: 'multiple-matches' });
  const second = searched({ kind: 'no-match' });
  const [a, b, c] = ['A', 'B', 'C'].map((messageId) => aRequest({ messageId })) as [
    ReturnType<typeof aRequest>,
    ReturnType<typeof aRequest>,
    ReturnType<typeof aRequest>,
  ];
  const unfinished = (traced: Omit<Extract<Traced, { kind: 'unfinished' }>, 'kind'>): Traced => ({
    kind: 'unfinished',
    ...traced,
  });
  const fold = (...traced: readonly Traced[]): Traced | undefined =>
    foldEntries(traced.map((each) => [entry(1, each)])).get(1);

  it('is how far each subject came', () => {
    const half = unfinished({ asked: [first], requests: [a] });
    const whole = { kind: 'answered', asked: [first, second], requests: [a, b] } as const;

    const folded = foldEntries([[entry(1, half), entry(2, unanswered())], [entry(1, whole)]]);

    expect([...folded]).toEqual([
      [1, whole],
      [2, unanswered()],
    ]);
  });

  it('is the first end, with the requests of whoever went on after it', () => {
    const end = { kind: 'answered', asked: [first], requests: [a] } as const;
    const late = { kind: 'answered', asked: [second], requests: [b] } as const;

    expect(fold(end, late)).toEqual({ ...end, requests: [a, b] });
    expect(fold(end, unfinished({ asked: [], requests: [c] }))).toEqual({
      ...end,
      requests: [a, c],
    });
  });

  it('is the furthest that two workers came who had it at once', () => {
    const far = unfinished({ asked: [first, second], requests: [a, b] });
    const near = unfinished({ asked: [first], requests: [c] });

    expect(fold(far, near)).toEqual({ ...far, requests: [a, b, c] });
    expect(fold(near, far)).toEqual({ ...far, requests: [c, a, b] });
  });

  it('is a refusal, with what was answered before it by anybody', () => {
    const far = unfinished({ asked: [first], requests: [a] });

    expect(fold(far, refused([b]))).toEqual({
      ...refused(),
      asked: [first],
      requests: [a, b],
    });
  });

  it('counts a row once that was kept twice', () => {
    const half = unfinished({ asked: [first], requests: [a] });

    expect(fold(half, half)).toEqual(half);
  });

  it('is an end when nothing more is to be asked', () => {
    const kinds = [answeredAll(), unanswered(), refused(), unfinished({ asked: [], requests: [] })];

    expect(kinds.map(isEnd)).toEqual([true, true, false, false]);
  });
});
