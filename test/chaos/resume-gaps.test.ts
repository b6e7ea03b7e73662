import { expect, test } from 'vitest';
import type { Repeat } from './count-repeats.ts';
import type { PlayedEvent } from './events.ts';
import { resumeGaps } from './resume-gaps.ts';

const death: PlayedEvent = {
  ...{ kind: 'kill-worker', at: 100_000, until: 100_010 },
  ...{ bound: 4, isSurvived: true },
};

function repeat(before: number, at: number): Repeat {
  return { question: `${before}`, messageId: `${at}`, beforeId: `${before}`, before, at };
}

const repeats = [repeat(99_900, 108_000), repeat(99_950, 109_500), repeat(50_000, 150_000)];

test('from the death to the last question that died with it', () => {
  expect(resumeGaps(repeats, [death])).toEqual([9500]);
});

test('not where nobody was left, nor where nothing died with it', () => {
  expect(resumeGaps(repeats, [{ ...death, isSurvived: false }])).toEqual([]);
  expect(resumeGaps([], [death])).toEqual([]);
});

test('not where something else held the others up meanwhile', () => {
  const outage = {
    ...death,
    kind: 'provider-outage',
    at: 105_000,
    until: 106_000,
    bound: 0,
  } as const;
  expect(resumeGaps(repeats, [death, outage])).toEqual([]);
  expect(resumeGaps(repeats, [death, { ...outage, at: 120_000, until: 121_000 }])).toEqual([9500]);
});

test('not where another misfortune may have lost the same questions', () => {
  const kill = { ...death, kind: 'kill-coordinator', at: 99_990 } as const;
  expect(resumeGaps(repeats, [kill, death])).toEqual([]);
});
