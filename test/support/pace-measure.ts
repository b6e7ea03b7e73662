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
