import type { Clock } from '../lib/clock.ts';
import type { Pace } from './trace-queue.ts';

/** Timers are a little late: so much of it is made up for, so that the rate is used to the full. */
const MAX_SLACK_MS = 2;

/**
 * The pace for one process: one goes every 1/rate seconds, counted from when the last one really
 * went, so that nothing is saved up in a stall, or while nobody asks.
 */
export function createLocalPace(ratePerSecond: number, clock: Clock): Pace {
  const intervalMs = 1000 / ratePerSecond;
  const slackMs = Math.min(MAX_SLACK_MS, intervalMs / 2);
  let nextMs = 0;
  let heldUntilMs = 0;
  let queue: Promise<void> = Promise.resolve();
  const wait = async (signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    for (;;) {
      const waitMs = Math.max(nextMs, heldUntilMs) - clock.preciseMs();
      if (waitMs <= 0) break;
      await clock.sleep(waitMs, signal);
    }
    nextMs = Math.max(nextMs + intervalMs, clock.preciseMs() + intervalMs - slackMs);
  };
  return {
    turn: (signal) => {
      const turn = queue.then(() => wait(signal));
      queue = turn.catch(() => undefined);
      return turn;
    },
    hold: async (ms) => {
      heldUntilMs = Math.max(heldUntilMs, clock.preciseMs() + ms);
    },
  };
}
