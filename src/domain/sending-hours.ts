/** When requests may be sent, and how many on one day. Instants are milliseconds since 1970. */
import {
  endOfDay,
  isSameOffset,
  isTimeZone,
  MINUTE_MS,
  startOfDay,
  wallTime,
} from './wall-clock.ts';

/** From one minute of the day to before another, by the clock on the wall there; over midnight too. */
export interface SendingHours {
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly zone: string;
}

/** What was agreed with the provider about time; without any of it requests may be sent always. */
export interface SendingRules {
  readonly hours?: SendingHours;
  /** Requests from midnight to midnight in London. */
  readonly dailyLimit?: number;
}

/** A stretch of one day in which requests may be sent. */
export interface SendingPeriod {
  readonly opensAtMs: number;
  /** From then on another period holds: the hours are over, or the day is. */
  readonly untilMs: number;
  /** The day that its requests count for: `2026-03-29`. */
  readonly day: string;
  readonly dayStartsMs: number;
  readonly dayEndsMs: number;
}

/** Why nobody may send at the moment, however free the places are. */
export interface Pause {
  readonly reason: 'hours' | 'daily-limit' | 'provider';
  readonly untilMs: number;
}

/** The zone of hours that name none, and of the day of the daily limit. */
const LONDON = 'Europe/London';

/** Reads `19:00-07:00 Europe/London`; the zone may be left out. */
export function parseSendingHours(text: string): SendingHours | { readonly fault: string } {
  const [, from, to, zone = LONDON] = /^(\S+?)\s*-\s*(\S+)(?:\s+(\S+))?$/.exec(text.trim()) ?? [];
  const [fromMinute, toMinute] = [minuteOf(from), minuteOf(to)];
  if (fromMinute === undefined || toMinute === undefined || fromMinute === 1440)
    return { fault: 'give two times of day and a zone, such as "19:00-07:00 Europe/London"' };
  if (fromMinute === toMinute)
    return { fault: 'it begins and ends at the same time; leave it out to send at any hour' };
  if (!isTimeZone(zone))
    return { fault: `"${zone}" is no time zone; give one such as Europe/London` };
  return { fromMinute, toMinute, zone };
}

/** The period in which an instant lies, or the next one. */
export function sendingPeriod({ hours }: SendingRules, atMs: number): SendingPeriod {
  const opensAtMs = hours === undefined ? atMs : firstMinute(hours, true, atMs);
  const dayEndsMs = endOfDay(opensAtMs, LONDON);
  return {
    opensAtMs,
    untilMs:
      hours === undefined ? dayEndsMs : Math.min(dayEndsMs, firstMinute(hours, false, opensAtMs)),
    day: wallTime(opensAtMs, LONDON).date,
    dayStartsMs: startOfDay(opensAtMs, LONDON),
    dayEndsMs,
  };
}

/** `waiting for the sending hours until 19:00`. */
export function pauseWords({ reason, untilMs }: Pause, rules: SendingRules): string {
  const until = timeOfDay(untilMs, rules);
  switch (reason) {
    case 'hours':
      return `waiting for the sending hours until ${until}`;
    case 'daily-limit':
      return `waiting: daily limit of ${rules.dailyLimit?.toLocaleString('en-GB')} reached, goes on at ${until}`;
    case 'provider':
      return 'waiting, because the provider asked for it';
  }
}

/** `Thu 26 Nov 2026, 03:12`, by the clock on the wall where the hours are kept. */
export function dateAndTime(atMs: number, rules: SendingRules): string {
  const { date } = wallTime(atMs, rules.hours?.zone ?? LONDON);
  const day = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    ...{ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  }).format(Date.parse(date));
  return `${day.replace(',', '')}, ${timeOfDay(atMs, rules)}`;
}

/** `19:00`, by the clock on the wall where the hours are kept. */
function timeOfDay(atMs: number, { hours }: SendingRules): string {
  const { minute } = wallTime(atMs, hours?.zone ?? LONDON);
  return [Math.floor(minute / 60), minute % 60].map((n) => String(n).padStart(2, '0')).join(':');
}

/** `07:00` is 420; `24:00` is the end of the day. */
function minuteOf(text = ''): number | undefined {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  const minutes = Number(hour) * 60 + Number(minute);
  return Number(minute) < 60 && minutes <= 1440 ? minutes : undefined;
}

function isOpen({ fromMinute, toMinute }: SendingHours, minute: number): boolean {
  return fromMinute < toMinute
    ? fromMinute <= minute && minute < toMinute
    : fromMinute <= minute || minute < toMinute;
}

/**
 * The first instant, from `atMs` on, at which it is open, or closed. On a day on which the clocks are
 * changed it is looked for minute by minute, by what the clock shows: an hour that is left out, or
 * comes twice, needs no rule of its own.
 */
function firstMinute(hours: SendingHours, wanted: boolean, atMs: number): number {
  const isWanted = (ms: number): boolean =>
    isOpen(hours, wallTime(ms, hours.zone).minute) === wanted;
  if (isWanted(atMs)) return atMs;
  const until = wanted ? hours.fromMinute : hours.toMinute;
  const minutes = (until - wallTime(atMs, hours.zone).minute + 1440) % 1440 || 1440;
  let ms = Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
  const guessMs = ms + minutes * MINUTE_MS;
  if (isSameOffset(ms, guessMs, hours.zone)) return guessMs;
  while (ms < guessMs + 1440 * MINUTE_MS && !isWanted(ms)) ms += MINUTE_MS;
  return ms;
}
