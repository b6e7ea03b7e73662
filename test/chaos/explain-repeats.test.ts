import { expect, test } from 'vitest';
import type { Repeat } from './count-repeats.ts';
import type { PlayedEvent } from './events.ts';
import { explainRepeats } from './explain-repeats.ts';

const second = 1000;

function event(changes: Partial<PlayedEvent>): PlayedEvent {
  const at = changes.at ?? 100 * second;
  return { kind: 'kill-worker', at, until: at, bound: 1, isSurvived: true, ...changes };
}

function repeat(before: number, at: number): Repeat {
  return { question: `${before}`, messageId: `${at}`, beforeId: `${before}`, before, at };
}

const counts = (repeats: readonly Repeat[], events: readonly PlayedEvent[]) => {
  const { byEvent, unexplained } = explainRepeats(repeats, events);
  return [...byEvent.map(({ length }) => length), unexplained.length];
};

test('a kill explains what was on its way when it came', () => {
  const kill = event({});
  expect(counts([repeat(99.9 * second, 110 * second)], [kill])).toEqual([1, 0]);
});

test('not what was asked for long before, nor after, nor again before', () => {
  const kill = event({ bound: 9 });
  const strangers = [
    repeat(90 * second, 110 * second),
    repeat(101 * second, 110 * second),
    repeat(98 * second, 99 * second),
  ];
  expect(counts(strangers, [kill])).toEqual([0, 3]);
});

test('never more than was in flight', () => {
  const repeats = [1, 2, 3].map((n) => repeat(100 * second - n, 110 * second));
  expect(counts(repeats, [event({ bound: 2 })])).toEqual([2, 1]);
});

test('of two kills the one that has room explains it, even when others must move for that', () => {
  const first = event({ at: 100 * second });
  const next = event({ at: 103 * second });
  // Either may explain the first of these; only the earlier kill the second.
  const repeats = [repeat(99 * second, 120 * second), repeat(96 * second, 120 * second)];
  expect(counts(repeats, [first, next])).toEqual([1, 1, 0]);
});

test('a sleeper explains what was asked while it slept and soon after', () => {
  const sleep = event({ kind: 'stop-worker', until: 110 * second, bound: 9 });
  const repeats = [105, 115].map((at) => repeat(at * second, 130 * second));
  expect(counts([...repeats, repeat(125 * second, 130 * second)], [sleep])).toEqual([2, 1]);
});

test('a lost queue explains whatever was not on record, however old', () => {
  const flush = event({ kind: 'flush-redis', bound: 9, onRecord: new Set(['10000']) });
  const repeats = [repeat(10 * second, 110 * second), repeat(11 * second, 110 * second)];
  expect(counts(repeats, [flush])).toEqual([1, 1]);
});
