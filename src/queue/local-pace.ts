import type { SendingRules } from '../domain/sending-hours.ts';
import { createPace, type PaceOptions, type TakenPlace } from './pace.ts';
import { createPaceDay } from './pace-day.ts';
import { AHEAD_MS, spacingOf } from './pace-spacing.ts';
import type { Pace } from './trace-queue.ts';

/**
 * The pace for one process, by the same rules as in Redis. `sentSince` counts what an earlier process
 * sent on the same day.
 */
export function createLocalPace(
  rules: SendingRules,
  sentSince: (dayStartsMs: number) => number,
  options: PaceOptions,
): Pace {
  const { clock } = options;
  const { places, windowMs, evenMs, leastMs } = spacingOf(options.ratePerSecond);
  // What an earlier process sent may have been sent just now.
  let nextMs = clock.preciseMs() + evenMs;
  let lastMs = 0;
  let heldUntilMs = 0;
  /** The places of the last second or so: which, and when it counts as sent; in that order. */
  let recent: { readonly id: number; readonly countsAtMs: number }[] = [];
  const day = createPaceDay(rules, sentSince, clock);

  const nextPlace = (nowMs: number, madeUpMs: number): { dueMs: number; atMs: number } => {
    const dueMs = Math.max(nextMs, heldUntilMs, nowMs - madeUpMs);
    const full = recent[recent.length - places];
    const freeMs = full === undefined ? 0 : full.countsAtMs + windowMs;
    return { dueMs, atMs: Math.max(dueMs, nowMs, lastMs + leastMs, freeMs) };
  };
  const put = (id: number, countsAtMs: number): void => {
    recent.push({ id, countsAtMs });
    if (countsAtMs !== id) recent.sort((a, b) => a.countsAtMs - b.countsAtMs);
  };
  return createPace(
    {
      take: async ({ wanted, widerMs, madeUpMs }) => {
        const nowMs = clock.preciseMs();
        const { name, left, pause, openMs, closesInMs } = day.look();
        if (pause !== undefined)
          return { places: [], againMs: pause.untilMs - clock.now().getTime(), pause };
        recent = recent.filter(({ countsAtMs }) => countsAtMs > nowMs - windowMs);
        const aheadMs = Math.min(AHEAD_MS, closesInMs - 1);
        const taken: TakenPlace[] = [];
        for (;;) {
          const { dueMs, atMs } = nextPlace(nowMs, Math.min(madeUpMs, openMs));
          if (taken.length >= Math.min(wanted, left) || atMs > nowMs + aheadMs) {
            day.count(name, taken.length);
            const againMs = atMs - nowMs - AHEAD_MS / 2;
            return { places: taken, againMs, heldMs: heldUntilMs - nowMs };
          }
          taken.push({ id: atMs, inMs: atMs - nowMs, day: name });
          put(atMs, atMs + widerMs);
          nextMs = dueMs + evenMs;
          lastMs = atMs;
        }
      },
      giveBack: async ({ id, day: name }) => {
        const others = recent.filter((one) => one.id !== id);
        if (others.length < recent.length) nextMs -= evenMs;
        recent = others;
        day.count(name, -1);
      },
      late: async ({ id }, ms) => {
        const place = recent.find((one) => one.id === id);
        if (place === undefined) return;
        recent = recent.filter((one) => one !== place);
        put(id, place.countsAtMs + ms);
      },
      hold: async (ms) => {
        heldUntilMs = Math.max(heldUntilMs, clock.preciseMs() + ms);
      },
    },
    options,
  );
}
