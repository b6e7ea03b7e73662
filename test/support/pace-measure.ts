import type { Clock } from '../../src/lib/clock.ts';
import type { Pace } from '../../src/queue/trace-queue.ts';

/** The most times in any second, wherever that second begins. */
export function mostInAnySecond(timesMs: readonly number[]): number {
  const times = [...timesMs].sort((a, b) => a - b);
  let most = 0;
  let first = 0;
  for (const [at, time] of times.entries()) {
    while ((times[first] ?? time) <= time - 1000) first += 1;
    most = Math.max(most, at - first + 1);
  }
  return most;
}

/** Turns a second between the first and the last. */
export function meanRate(timesMs: readonly number[]): number {
  const span = Math.max(...timesMs) - Math.min(...timesMs);
  return ((timesMs.length - 1) * 1000) / span;
}

const never = new AbortController().signal;

/** The times at which so many users, each asking again at once, could leave, for so long. */
export async function useFor(
  pace: Pace,
  clock: Clock,
  users: number,
  ms: number,
): Promise<number[]> {
  const times: number[] = [];
  const end = clock.preciseMs() + ms;
  const use = async (): Promise<void> => {
    while (clock.preciseMs() < end) {
      const place = await pace.turn(never);
      if (hasLeft(place)) times.push(clock.preciseMs());
    }
  };
  await Promise.all(Array.from({ length: users }, use));
  return times;
}

/** The times of so many turns, one after the other. */
export async function turns(pace: Pace, clock: Clock, count: number): Promise<number[]> {
  const times: number[] = [];
  while (times.length < count) {
    const place = await pace.turn(never);
    if (hasLeft(place)) times.push(clock.preciseMs());
  }
  return times;
}

/** Uses a place; false when it was too late for that. */
export function hasLeft(place: Awaited<ReturnType<Pace['turn']>>): boolean {
  try {
    place.leave();
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'TooLateError') return false;
    throw error;
  }
}
