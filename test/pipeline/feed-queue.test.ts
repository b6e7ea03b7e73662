import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/lib/clock.ts';
import { createFeeder } from '../../src/pipeline/feed-queue.ts';
import type { QueueResult } from '../../src/queue/trace-queue.ts';
import { openLedger } from '../../src/run-store/ledger.ts';
import { answered, aRequest, aSubject, aTracedRow } from '../support/people.ts';
import { createMemoryQueue } from './support/memory-queue.ts';

const RESULT = answered({ kind: 'no-match' }, []);

function aFeeder(subjects: number, groupSize = 1) {
  const ledger = openLedger(':memory:');
  ledger.addRows(
    Array.from({ length: subjects }, (_, at) =>
      aTracedRow(at + 1, aSubject({ familyName: `Testby${at}` })),
    ),
  );
  let nowMs = 100_000;
  const clock: Clock = {
    now: () => new Date(nowMs),
    preciseMs: () => nowMs,
    machineMs: () => nowMs,
    sleep: async () => {},
  };
  const queue = createMemoryQueue(groupSize);
  const feeder = createFeeder(ledger, queue, clock);
  /** The results of the subjects from one id to another come in. */
  const answer = (from: number, to: number): void => {
    const results: QueueResult[] = [];
    for (let subjectId = from; subjectId <= to; subjectId += 1)
      results.push({ subjectId, result: RESULT });
    ledger.record(results.map((result) => ({ ...result, at: '' })));
    feeder.answered(results);
  };
  return {
    ledger,
    queue,
    feeder,
    answer,
    pass: (ms: number) => {
      nowMs += ms;
    },
    putCounts: () => queue.puts.map(({ length }) => length),
  };
}

describe('the feeder', () => {
  it('is done at once when there is nobody to trace', async () => {
    const { feeder, queue } = aFeeder(0);

    expect(await feeder.isDone()).toBe(true);
    expect(queue.puts).toEqual([]);
  });

  it('is done when everything was fed and answered, not before', async () => {
    const { feeder, queue, answer } = aFeeder(3);

    expect(await feeder.isDone()).toBe(false);
    expect(queue.puts).toEqual([[1, 2, 3]]);
    answer(1, 2);
    expect(await feeder.isDone()).toBe(false);
    answer(3, 3);
    expect(await feeder.isDone()).toBe(true);
  });

  it('leaves out what the ledger has answers for', async () => {
    const { feeder, queue, ledger } = aFeeder(3);
    ledger.record([{ subjectId: 2, result: RESULT, at: '' }]);

    await feeder.isDone();

    expect(queue.puts).toEqual([[1, 3]]);
  });

  it('fills the queue to 1000, and again when it has fallen to 500', async () => {
    const { feeder, answer, putCounts, queue } = aFeeder(2600);

    await feeder.isDone();
    await feeder.isDone();
    expect(putCounts()).toEqual([1000]);
    answer(1, 499);
    await feeder.isDone();
    expect(putCounts()).toEqual([1000]);
    answer(500, 500);
    await feeder.isDone();
    expect(putCounts()).toEqual([1000, 500]);
    answer(501, 1500);
    await feeder.isDone();
    answer(1501, 2500);
    await feeder.isDone();
    answer(2501, 2600);

    expect(await feeder.isDone()).toBe(true);
    expect(queue.puts.flat()).toEqual(Array.from({ length: 2600 }, (_, at) => at + 1));
  });

  it('puts in again what nothing was heard of for 15 seconds, and again after 15 more', async () => {
    const { feeder, queue, answer, pass } = aFeeder(3);
    await feeder.isDone();
    answer(2, 2);

    pass(15_000);
    await feeder.isDone();
    expect(queue.puts).toHaveLength(1);
    pass(1_000);
    await feeder.isDone();
    expect(queue.puts.slice(1)).toEqual([[1, 3]]);
    pass(15_000);
    await feeder.isDone();
    expect(queue.puts).toHaveLength(2);
    pass(1_000);
    await feeder.isDone();
    expect(queue.puts.slice(2)).toEqual([[1, 3]]);
  });

  it('goes on after a queue that has vanished', async () => {
    const { feeder, queue, answer, pass } = aFeeder(2);
    await feeder.isDone();
    await queue.clear();

    pass(20_000);
    await feeder.isDone();

    expect(queue.waiting().map(({ subjectId }) => subjectId)).toEqual([1, 2]);
    answer(1, 2);
    expect(await feeder.isDone()).toBe(true);
  });

  it('puts groups in as a whole', async () => {
    const { feeder, queue, answer } = aFeeder(1050, 30);

    await feeder.isDone();
    expect(queue.puts.flat()).toEqual(Array.from({ length: 990 }, (_, at) => at + 1));
    answer(1, 990);
    await feeder.isDone();

    expect(queue.puts[1]).toEqual(Array.from({ length: 60 }, (_, at) => at + 991));
    answer(991, 1050);
    expect(await feeder.isDone()).toBe(true);
  });

  it('puts in again what was given back, with how far it came', async () => {
    const { feeder, queue, answer, ledger } = aFeeder(2);
    const progress = { asked: [], requests: [aRequest({ code: 'aborted' })] };
    await feeder.isDone();
    const result = { kind: 'unfinished', ...progress } as const;
    ledger.record([{ subjectId: 2, result, at: '' }]);
    feeder.answered([{ subjectId: 2, result }]);
    answer(1, 1);

    expect(await feeder.isDone()).toBe(false);
    expect(queue.puts).toEqual([[1, 2], [2]]);
    expect(queue.waiting().at(-1)).toMatchObject({ subjectId: 2, progress });
    answer(2, 2);
    expect(await feeder.isDone()).toBe(true);
  });

  it('takes an answer that comes twice', async () => {
    const { feeder, answer } = aFeeder(1);
    await feeder.isDone();
    answer(1, 1);
    answer(1, 1);

    expect(await feeder.isDone()).toBe(true);
  });
});
