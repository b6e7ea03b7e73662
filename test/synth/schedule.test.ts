import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../../src/synth/random.ts';
import { createSchedule } from '../../src/synth/schedule.ts';

test('a kind comes about as often as its rate says', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.5, max: 60, noNaN: true }), fc.string(), (rate, seed) => {
      const schedule = createSchedule([['it', rate]], createRandom(seed));
      let times = 0;
      for (let row = 1; row <= 20_000; row += 1) {
        if (!schedule.isDue('it', row)) continue;
        schedule.done('it', row);
        times += 1;
      }
      expect(times / 200).toBeGreaterThan(rate * 0.8);
      expect(times / 200).toBeLessThan(rate * 1.2);
    }),
    { numRuns: 30 },
  );
});

test('what could not be done stays due', () => {
  const schedule = createSchedule([['it', 1]], createRandom(1));
  expect(schedule.isDue('it', 100)).toBe(true);
  expect(schedule.isDue('it', 150)).toBe(true);
  schedule.done('it', 150);
  expect(schedule.isDue('it', 151)).toBe(false);
});

test('a kind without a rate never comes', () => {
  const schedule = createSchedule([['never', 0]], createRandom(1));
  schedule.done('unheard of', 1);
  expect(schedule.isDue('never', 1e9)).toBe(false);
  expect(schedule.isDue('unheard of', 1e9)).toBe(false);
});
