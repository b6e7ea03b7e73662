import pLimit from 'p-limit';

/** Caps the requests that are open at once in this process. */
export type InFlight = <T>(send: () => Promise<T>) => Promise<T>;

/** `limit`: 1 or more. */
export function createInFlight(limit: number): InFlight {
  const limited = pLimit(limit);
  return (send) => limited(send);
}
