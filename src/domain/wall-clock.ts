/** What the clock on the wall of a place shows at an instant. Instants are milliseconds since 1970. */

export interface WallTime {
  /** `2026-03-29`. */
  readonly date: string;
  /** Minutes since midnight by the clock, 0 to 1439; on two days of the year not the time that went by. */
  readonly minute: number;
}

export const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Whether a name such as `Europe/London` is that of a time zone. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export function wallTime(atMs: number, zone: string): WallTime {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, value]),
  );
  return {
    date: `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`,
    minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
  };
}

/** Whether the clocks there were not changed between two instants less than some weeks apart. */
export function isSameOffset(oneMs: number, otherMs: number, zone: string): boolean {
  const [one, other] = [oneMs, otherMs].map((atMs) => {
    const { date, minute } = wallTime(atMs, zone);
    return Date.parse(date) + minute * MINUTE_MS - Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
  });
  return one === other;
}

/** The midnight with which the day of an instant began. */
export function startOfDay(atMs: number, zone: string): number {
  const { date, minute } = wallTime(atMs, zone);
  const guessMs = Math.floor(atMs / MINUTE_MS) * MINUTE_MS - minute * MINUTE_MS;
  const there = wallTime(guessMs, zone);
  if (there.minute === 0) return guessMs;
  // The clocks were changed since: the guess fell short of midnight, or before it.
  return guessMs + (there.date === date ? -there.minute : 1440 - there.minute) * MINUTE_MS;
}

/** The midnight with which the day of an instant ends. No day is longer than 25 hours. */
export function endOfDay(atMs: number, zone: string): number {
  return startOfDay(startOfDay(atMs, zone) + 26 * HOUR_MS, zone);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes a thousand times as long as using it. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const digits = '2-digit';
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: digits, day: digits, hour: digits, minute: digits },
  });
  formats.set(zone, made);
  return made;
}
