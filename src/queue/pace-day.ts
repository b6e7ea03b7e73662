/** The sending hours and the daily limit of one process, by the clock on its wall. */
import { type Pause, type SendingRules, sendingPeriod } from '../domain/sending-hours.ts';
import type { Clock } from '../lib/clock.ts';

export interface PaceDay {
  look(): {
    readonly name: string;
    /** How many requests may still be sent on this day. */
    readonly left: number;
    /** How long it has been open, and will be, in milliseconds. */
    readonly openMs: number;
    readonly closesInMs: number;
    readonly pause?: Pause;
  };
  /** So many more, or fewer, were sent on that day. */
  count(day: string, requests: number): void;
}

/** `sentSince` counts what an earlier process sent on the same day. */
export function createPaceDay(
  rules: SendingRules,
  sentSince: (dayStartsMs: number) => number,
  clock: Clock,
): PaceDay {
  const { dailyLimit = Number.POSITIVE_INFINITY } = rules;
  let period = sendingPeriod(rules, clock.now().getTime());
  let sent = sentSince(period.dayStartsMs);
  const goOn = (nowMs: number): void => {
    const { day } = period;
    period = sendingPeriod(rules, nowMs);
    if (period.day !== day) sent = sentSince(period.dayStartsMs);
  };
  const pauseAt = (nowMs: number): Pause | undefined => {
    const { opensAtMs, dayEndsMs } = period;
    if (nowMs < opensAtMs) return { reason: 'hours', untilMs: opensAtMs };
    if (sent < dailyLimit) return undefined;
    return { reason: 'daily-limit', untilMs: sendingPeriod(rules, dayEndsMs).opensAtMs };
  };
  return {
    look: () => {
      const nowMs = clock.now().getTime();
      if (nowMs >= period.untilMs) goOn(nowMs);
      const pause = pauseAt(nowMs);
      return {
        name: period.day,
        left: dailyLimit - sent,
        openMs: nowMs - period.opensAtMs,
        closesInMs: period.untilMs - nowMs,
        ...(pause === undefined ? {} : { pause }),
      };
    },
    count: (day, requests) => {
      if (day === period.day) sent += requests;
    },
  };
}
