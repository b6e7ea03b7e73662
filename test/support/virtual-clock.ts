/** A clock that stands still while anything is going on, then jumps to whoever sleeps shortest. */
import { setImmediate as idle } from 'node:timers/promises';
import type { Clock } from '../../src/lib/clock.ts';

export interface VirtualClock extends Clock {
  /** Goes on until `work` is done, and gives what it gave. */
  run<T>(work: Promise<T>): Promise<T>;
  /** Time goes by while nothing can happen, as when a process is too busy to wake anybody. */
  pass(ms: number): void;
}

export function createVirtualClock(start: string | number = '2026-11-22T12:00:00Z'): VirtualClock {
  let nowMs = new Date(start).getTime();
  const sleepers = new Set<{ readonly dueMs: number; readonly wake: () => void }>();
  return {
    now: () => new Date(nowMs),
    preciseMs: () => nowMs,
    machineMs: () => nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const done = (end: () => void): void => {
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', callOff);
          end();
        };
        const callOff = (): void => done(() => reject(signal?.reason));
        const sleeper = { dueMs: nowMs + ms, wake: () => done(resolve) };
        signal?.addEventListener('abort', callOff);
        sleepers.add(sleeper);
      }),
    run: async (work) => {
      let isDone = false;
      const end = (): void => {
        isDone = true;
      };
      work.then(end, end);
      for (;;) {
        await idle();
        if (isDone) return work;
        const [first] = [...sleepers].sort((a, b) => a.dueMs - b.dueMs);
        if (first === undefined) throw new Error('everybody waits for ever');
        nowMs = Math.max(nowMs, first.dueMs);
        first.wake();
      }
    },
    pass: (ms) => {
      nowMs += ms;
    },
  };
}
