/** When a number of requests would be sent, under the rate, in the sending hours, within the daily limit. */
import { dateAndTime, type SendingRules, sendingPeriod } from './sending-hours.ts';

/** Beyond a year nobody needs the day. */
const LONGEST_MS = 366 * 24 * 3_600_000;

/** For people, of a beginning at `fromMs`; undefined when there are neither hours nor a limit. */
export function forecastWords(
  requests: number,
  ratePerSecond: number,
  rules: SendingRules,
  fromMs: number,
): string | undefined {
  const { hours, dailyLimit } = rules;
  if (hours === undefined && dailyLimit === undefined) return undefined;
  const doneMs = sentByMs({ requests, ratePerSecond, rules, fromMs, sentToday: 0 });
  return doneMs === undefined
    ? 'with its sending hours and daily limit that takes more than a year'
    : `begun now, with its sending hours and daily limit, done on ${dateAndTime(doneMs, rules)} at the earliest`;
}

/**
 * When that would be, in milliseconds since 1970; undefined when it takes more than a year. `sentToday`: so many of
 * the first day's limit are gone.
 */
export function sentByMs({
  requests,
  ratePerSecond,
  rules,
  fromMs,
  sentToday,
}: {
  readonly requests: number;
  readonly ratePerSecond: number;
  readonly rules: SendingRules;
  readonly fromMs: number;
  readonly sentToday: number;
}): number | undefined {
  const { dailyLimit = Number.POSITIVE_INFINITY } = rules;
  const perMs = ratePerSecond / 1000;
  let left = requests;
  let today = { day: sendingPeriod(rules, fromMs).day, left: Math.max(0, dailyLimit - sentToday) };
  for (let ms = fromMs; ms < fromMs + LONGEST_MS; ) {
    const { opensAtMs, untilMs, day } = sendingPeriod(rules, ms);
    if (day !== today.day) today = { day, left: dailyLimit };
    const sent = Math.min(left, today.left, Math.floor((untilMs - opensAtMs) * perMs));
    if (sent === left) return opensAtMs + left / perMs;
    left -= sent;
    today.left -= sent;
    ms = untilMs;
  }
  return undefined;
}
