/**
 * Chance that can be repeated: the same seed gives the same choices on every platform, for ever.
 * Only 32-bit integer arithmetic and exact divisions are used, never Math.random or Math.pow.
 * Changing anything here changes every synthetic file ever pinned by a digest.
 */

/** A seeded source of chance. Each call moves it on. */
export interface Random {
  /** A number from 0 up to, not including, 1. */
  readonly next: () => number;
  /** A whole number from 0 up to, not including, `limit`. `limit` is at least 1, at most 2^32. */
  readonly below: (limit: number) => number;
}

/** Items and their running total of weights, made once and drawn from often. */
export interface Weighted<T> {
  readonly items: readonly T[];
  readonly totals: readonly number[];
}

/** A source of chance (sfc32) from a seed. `7` and `'7'` are the same seed. */
export function createRandom(seed: string | number): Random {
  const text = String(seed);
  let a = hashText(text, 1);
  let b = hashText(text, 2);
  let c = hashText(text, 3);
  let counter = 1;
  const nextWord = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let warmUp = 0; warmUp < 15; warmUp += 1) nextWord();
  const next = (): number => nextWord() / 4294967296;
  return { next, below: (limit) => Math.floor(next() * limit) };
}

/** A 32-bit hash of a text's UTF-16 units (FNV-1a with a final mix). `salt` gives another hash. */
export function hashText(text: string, salt = 0): number {
  let hash = (0x811c9dc5 ^ Math.imul(salt, 0x9e3779b1)) | 0;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** True with the given probability, 0 to 1. */
export function chance(random: Random, probability: number): boolean {
  return random.next() < probability;
}

/** A whole number from `low` to `high`, both possible. */
export function between(random: Random, low: number, high: number): number {
  return low + random.below(high - low + 1);
}

/** One of the items, all equally likely. Throws RangeError when there are none. */
export function pick<T>(random: Random, items: readonly T[]): T {
  return itemAt(items, random.below(Math.max(1, items.length)));
}

/** One of the items, likelier the larger its weight. */
export function pickWeighted<T>(random: Random, weighted: Weighted<T>): T {
  const { items, totals } = weighted;
  const mark = random.next() * (totals.at(-1) ?? 0);
  let low = 0;
  let high = totals.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (mark < itemAt(totals, middle)) high = middle;
    else low = middle + 1;
  }
  return itemAt(items, low);
}

/** Pairs of item and weight, ready to draw from. Weights are 0 or more. */
export function weightedBy<T>(pairs: readonly (readonly [T, number])[]): Weighted<T> {
  let total = 0;
  const totals = pairs.map(([, weight]) => {
    total += weight;
    return total;
  });
  return { items: pairs.map(([item]) => item), totals };
}

/**
 * Items in order of how common they are, weighted as such lists usually are (Zipf-Mandelbrot).
 * The larger `flatness`, the less the first of them stand out.
 */
export function weightedByRank<T>(items: readonly T[], flatness: number): Weighted<T> {
  return weightedBy(items.map((item, rank) => [item, 1 / (rank + flatness)] as const));
}

/** The numbers 0 to `length` - 1 in a random order (Fisher-Yates). */
export function shuffledPositions(random: Random, length: number): Uint32Array {
  const positions = Uint32Array.from({ length }, (_, at) => at);
  for (let at = length - 1; at > 0; at -= 1) {
    const other = random.below(at + 1);
    const held = positions[at] ?? 0;
    positions[at] = positions[other] ?? 0;
    positions[other] = held;
  }
  return positions;
}

function itemAt<T>(items: readonly T[], at: number): T {
  const item = items[at];
  if (item === undefined) throw new RangeError('there is nothing to pick from');
  return item;
}
