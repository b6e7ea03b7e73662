import type { Clock } from '../lib/clock.ts';
import { createPace, SLACK_MS, spacingMs } from './pace.ts';
import type { Pace } from './trace-queue.ts';

/**
 * The pace for one process. Places are counted from when the last one was really taken, so that
 * nothing is saved up in a stall, or while nobody asks.
 */
export function createLocalPace(ratePerSecond: number, clock: Clock): Pace {
  const spacing = spacingMs(ratePerSecond);
  let nextMs = 0;
  let heldUntilMs = 0;
  return createPace(
    {
      take: async (wanted) => {
        const now = clock.preciseMs();
        const waitMs = Math.max(nextMs, heldUntilMs) - now;
        if (waitMs > 0) return { taken: 0, waitMs };
        const first = Math.max(nextMs, now - SLACK_MS);
        const taken = Math.min(wanted, Math.floor((now - first) / spacing) + 1);
        nextMs = first + taken * spacing;
        return { taken, waitMs: 0 };
      },
      hold: async (ms) => {
        heldUntilMs = Math.max(heldUntilMs, clock.preciseMs() + ms);
      },
    },
    clock,
  );
}
