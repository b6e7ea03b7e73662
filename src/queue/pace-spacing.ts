/** How places under a rate are spaced, so that no second sees more than the rate, whatever comes late. */

export interface Spacing {
  /**
   * No more places than this in any `windowMs`: a second, and all that may be late. So when the first
   * of them was used at the latest, and arrived late, the one after the last still comes a second later.
   */
  readonly places: number;
  readonly windowMs: number;
  /** From one place to the next. */
  readonly evenMs: number;
  /** The same while places are made up for that came while a process was too busy to take them. */
  readonly leastMs: number;
  /** How late, against the store's clock, a request may leave when all goes well. */
  readonly roomMs: number;
}

/** From this rate on 98 % of it are promised, below it 95 %. */
const HIGH_RATE = 50;

/**
 * `room`: a round trip to Redis, a timer, whatever keeps a process busy. `door`: what cannot be seen
 * from here, the network and how soon the provider looks.
 */
const LATE_MS = { low: { room: 20, door: 22 }, high: { room: 8, door: 9 } };

export function spacingOf(ratePerSecond: number): Spacing {
  const { room, door } = ratePerSecond < HIGH_RATE ? LATE_MS.low : LATE_MS.high;
  const places = Math.max(1, Math.floor(ratePerSecond));
  const windowMs = Math.max(1000, 1000 / ratePerSecond) + room + door;
  const evenMs = windowMs / places;
  return { places, windowMs, evenMs, leastMs: evenMs / 2, roomMs: room };
}

/** Places are taken so long before they come, so that nobody is late for them. */
export const AHEAD_MS = 6;

/** Of the time that somebody was waiting, so much is made up for at most; nothing when nobody was. */
export const MADE_UP_MS = 100;
