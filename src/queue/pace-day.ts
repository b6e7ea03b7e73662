/** The sending hours and the daily limit, by the clock on the wall; how many were sent is in the pace file. */
import type { DatabaseSync } from 'node:sqlite';
import {
  type Pause,
  type SendingPeriod,
  type SendingRules,
  sendingPeriod,
} from '../domain/sending-hours.ts';
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

/**
 * To be called, like all that it gives, in a transaction. `sentSince` counts what this run sent on the same day: more
 * than the file knows of when that was deleted.
 */
export function createPaceDay(
  db: DatabaseSync,
  provider: string,
  rules: SendingRules,
  sentSince: (dayStartsMs: number) => number,
  clock: Pick<Clock, 'now'>,
): PaceDay {
  const { dailyLimit = Number.POSITIVE_INFINITY } = rules;
  const atLeast = db.prepare(
    'INSERT INTO sent VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET requests = max(requests, excluded.requests)',
  );
  const forget = db.prepare("DELETE FROM sent WHERE provider = ? AND day < date(?, '-7 days')");
  const sent = db.prepare('SELECT requests FROM sent WHERE provider = ? AND day = ?');
  const add = db.prepare(
    'UPDATE sent SET requests = max(0, requests + ?) WHERE provider = ? AND day = ?',
  );
  const begin = (nowMs: number): SendingPeriod => {
    const begun = sendingPeriod(rules, nowMs);
    atLeast.run(provider, begun.day, sentSince(begun.dayStartsMs));
    forget.run(provider, begun.day);
    return begun;
  };
  let period = begin(clock.now().getTime());
  const pauseAt = (nowMs: number, left: number): Pause | undefined => {
    const { opensAtMs, dayEndsMs } = period;
    if (nowMs < opensAtMs) return { reason: 'hours', untilMs: opensAtMs };
    if (left > 0) return undefined;
    return { reason: 'daily-limit', untilMs: sendingPeriod(rules, dayEndsMs).opensAtMs };
  };
  return {
    look: () => {
      const nowMs = clock.now().getTime();
      if (nowMs >= period.untilMs) period = begin(nowMs);
      const left = dailyLimit - Number(sent.get(provider, period.day)?.['requests'] ?? 0);
      const pause = pauseAt(nowMs, left);
      return {
        name: period.day,
        left,
        openMs: nowMs - period.opensAtMs,
        closesInMs: period.untilMs - nowMs,
        ...(pause === undefined ? {} : { pause }),
      };
    },
    count: (day, requests) => {
      if (requests !== 0) add.run(requests, provider, day);
    },
  };
}
