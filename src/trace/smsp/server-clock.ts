/** How this machine's clock stands to the provider's, by the `Date` of a reply. */

/** From here on it is warned of. */
export const CLOCK_WARN_SECONDS = 30;

/**
 * By how many seconds this machine's clock is surely ahead (below 0: behind). 0 while the provider may have the same
 * time: its `Date` knows whole seconds, and was written at some time between the request and the reply.
 * Undefined when it says none.
 */
export function clockAheadSeconds(
  date: string | undefined,
  sentMs: number,
  repliedMs: number,
): number | undefined {
  const theirsMs = date === undefined ? Number.NaN : Date.parse(date);
  if (Number.isNaN(theirsMs)) return undefined;
  const leastMs = sentMs - (theirsMs + 1_000);
  const mostMs = repliedMs - theirsMs;
  if (leastMs > 0) return Math.round(leastMs / 1_000);
  return mostMs < 0 ? Math.round(mostMs / 1_000) : 0;
}

/** `45 s ahead of the provider's` */
export function aheadWords(seconds: number): string {
  return `${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} the provider's`;
}
