import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  between,
  createRandom,
  hashText,
  pick,
  pickWeighted,
  shuffledPositions,
  weightedBy,
  weightedByRank,
} from '../../src/synth/random.ts';

describe('createRandom', () => {
  test('gives these numbers for ever', () => {
    const random = createRandom('pinned');
    expect([random.below(1_000_000), random.below(1_000_000), random.below(1_000_000)]).toEqual([
      50742, 8232, 753001,
    ]);
  });

  test('takes 7 and "7" as one seed, and 8 as another', () => {
    const draw = (seed: string | number) => createRandom(seed).next();
    expect(draw(7)).toBe(draw('7'));
    expect(draw(8)).not.toBe(draw(7));
  });

  test('stays within its limits', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 2 ** 32 }), (seed, limit) => {
        const random = createRandom(seed);
        const value = random.below(limit);
        expect(Number.isInteger(value) && value >= 0 && value < limit).toBe(true);
        expect(random.next()).toBeLessThan(1);
      }),
    );
  });

  test('spreads evenly', () => {
    const random = createRandom('even');
    const counts = [0, 0, 0, 0, 0];
    for (let at = 0; at < 50_000; at += 1) {
      const bin = random.below(5);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });
});

describe('drawing from lists', () => {
  test('between gives both ends', () => {
    const random = createRandom(1);
    const seen = new Set(Array.from({ length: 200 }, () => between(random, 3, 5)));
    expect([...seen].sort()).toEqual([3, 4, 5]);
  });

  test('pick refuses an empty list', () => {
    expect(() => pick(createRandom(1), [])).toThrow(RangeError);
  });

  test('weights are kept to, and a weight of 0 is never drawn', () => {
    const random = createRandom('weights');
    const items = weightedBy([['rare', 1] as const, ['never', 0] as const, ['common', 9] as const]);
    const drawn = Array.from({ length: 10_000 }, () => pickWeighted(random, items));
    expect(drawn.filter((item) => item === 'never')).toHaveLength(0);
    expect(Math.abs(drawn.filter((item) => item === 'rare').length - 1000)).toBeLessThan(150);
  });

  test('the first of a ranked list is the commonest', () => {
    const { totals } = weightedByRank(['a', 'b', 'c'], 3);
    const [a = 0, b = 0, c = 0] = totals;
    expect(a).toBeGreaterThan(b - a);
    expect(b - a).toBeGreaterThan(c - b);
  });
});

test('shuffledPositions holds each position once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 300 }), fc.string(), (length, seed) => {
      const sorted = [...shuffledPositions(createRandom(seed), length)].sort((a, b) => a - b);
      expect(sorted).toEqual(Array.from({ length }, (_, at) => at));
    }),
  );
});

test('hashText tells texts and salts apart', () => {
  expect(hashText('Smith')).not.toBe(hashText('Smyth'));
  expect(hashText('Smith', 1)).not.toBe(hashText('Smith', 2));
});
