import type { Clock } from '../lib/clock.ts';
import type { Pace } from './trace-queue.ts';

/** The pace for one process: a place every 1/rate seconds, none saved up while nobody asks. */
export function createLocalPace(ratePerSecond: number, clock: Clock): Pace {
  const intervalMs = 1000 / ratePerSecond;
  let nextMs = 0;
  let heldUntilMs = 0;
  return {
    turn: async (signal) => {
      for (;;) {
        const now = clock.preciseMs();
        const at = Math.max(now, nextMs, heldUntilMs);
        nextMs = at + intervalMs;
        if (at > now) await clock.sleep(at - now, signal);
        // A hold that came while this one waited: queue up again behind it.
        if (heldUntilMs <= at) return signal.throwIfAborted();
      }
    },
    hold: async (ms) => {
      heldUntilMs = Math.max(heldUntilMs, clock.preciseMs() + ms);
      nextMs = Math.max(nextMs, heldUntilMs);
    },
  };
}
