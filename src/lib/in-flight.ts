import pLimit from 'p-limit';

/** Caps what goes on at once in this process. Whoever waits comes in the order in which they asked. */
export type InFlight = <T>(work: () => Promise<T>) => Promise<T>;

/** `limit`: 1 or more. */
export function createInFlight(limit: number): InFlight {
  const limited = pLimit(limit);
  return (work) => limited(work);
}
