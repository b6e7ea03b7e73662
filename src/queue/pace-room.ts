/** How late a place may be used by this process. */

/** So many uses tell a process that is slow, or far from the store, from one that is busy for once. */
const LOOKED_AT = 9;

/** Beyond it a second would be over before a late request is on record. */
const MOST_MS = 400;

export interface Room {
  /**
   * How late a request may leave at the moment. More room for a slow process costs the rate a little:
   * its places count as so much later. Without it, it would be too late every time.
   */
  ms(): number;
  /** Takes note of how late a request was ready to leave. */
  note(lateMs: number): void;
}

export function createRoom(standardMs: number): Room {
  let late: readonly number[] = [];
  let ms = standardMs;
  return {
    ms: () => ms,
    note: (lateMs) => {
      late = [...late, lateMs].slice(-LOOKED_AT);
      const usual = late.toSorted((a, b) => b - a)[Math.floor(LOOKED_AT / 2)] ?? 0;
      ms = Math.max(standardMs, Math.min(MOST_MS, 2 * usual));
    },
  };
}
