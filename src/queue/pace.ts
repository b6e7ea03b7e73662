/** Whoever waits for a place under the rate, in order; where the places are kept is the store's business. */
import type { Clock } from '../lib/clock.ts';
import type { Pace } from './trace-queue.ts';

/** Timers are a little late: so much of it is made up for, so that the rate is used to the full. */
export const SLACK_MS = 2;

/**
 * How much sooner after another a request may reach the provider than it was sent after it: by our
 * slack, by the network, by whatever kept the process busy.
 */
const JITTER_MS = 12;

/** The distance between places: so much that jitter cannot push one more into any second. */
export function spacingMs(ratePerSecond: number): number {
  return (1000 + JITTER_MS) / ratePerSecond;
}

/** Where the places are: every place is one spacing after the last that was taken. */
export interface Places {
  /** Takes the places that are free at this moment, at most `wanted`; when none is, says when to ask again. */
  take(wanted: number): Promise<{ readonly taken: number; readonly waitMs: number }>;
  /** No place is free for so long, unless a longer hold is in force. */
  hold(ms: number): Promise<void>;
}

interface Waiting {
  readonly go: () => void;
  readonly fail: (error: unknown) => void;
}

/** One question at a time of each process, for all who wait. */
export function createPace(places: Places, clock: Clock): Pace {
  const line = new Set<Waiting>();
  let isServing = false;
  let nap = new AbortController();
  const sleep = async (ms: number): Promise<void> => {
    nap = new AbortController();
    await clock.sleep(ms, nap.signal).catch(() => undefined);
  };
  const serveOnce = async (): Promise<void> => {
    const { taken, waitMs } = await places.take(line.size);
    for (const waiting of [...line].slice(0, taken)) waiting.go();
    if (taken === 0 && line.size > 0) await sleep(waitMs);
  };
  const serve = async (): Promise<void> => {
    if (isServing) return;
    isServing = true;
    try {
      while (line.size > 0) await serveOnce();
    } catch (error) {
      for (const waiting of line) waiting.fail(error);
    } finally {
      isServing = false;
    }
  };
  return {
    turn: (signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const callOff = (): void => waiting.fail(signal.reason);
        const leave = (): void => {
          signal.removeEventListener('abort', callOff);
          line.delete(waiting);
          if (line.size === 0) nap.abort();
        };
        const waiting: Waiting = {
          go: () => {
            leave();
            resolve();
          },
          fail: (error) => {
            leave();
            reject(error);
          },
        };
        signal.addEventListener('abort', callOff);
        line.add(waiting);
        void serve();
      }),
    hold: (ms) => places.hold(ms),
  };
}
