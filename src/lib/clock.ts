import { setTimeout as delay } from 'node:timers/promises';

export interface Clock {
  now(): Date;
  /** Milliseconds since 1970 with a fraction, never going back: for intervals and rates. */
  preciseMs(): number;
  /** Milliseconds with a fraction since the machine was started, or some such moment: the same for all its processes. */
  machineMs(): number;
  /** Waits; throws the signal's reason when it is aborted meanwhile. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  preciseMs: () => performance.timeOrigin + performance.now(),
  machineMs: () => Number(process.hrtime.bigint()) / 1e6,
  sleep: async (ms, signal) => {
    signal?.throwIfAborted();
    try {
      await delay(ms, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
};
