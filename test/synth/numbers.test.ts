import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  drawUnusedNumber,
  hasRightCheckDigit,
  numbersInSeededOrder,
  usableNumbers,
  withCheckDigit,
} from '../../src/synth/numbers.ts';
import { createRandom } from '../../src/synth/random.ts';

test('the check digit of published examples', () => {
  expect(withCheckDigit('943476591')).toBe('9434765919');
  expect(withCheckDigit('123456789')).toBeUndefined();
  expect(hasRightCheckDigit('9434765919')).toBe(true);
  expect(hasRightCheckDigit('9434765918')).toBe(false);
  expect(hasRightCheckDigit('943 476 5919')).toBe(false);
});

test('any one changed digit makes a number wrong', () => {
  const digit = fc.integer({ min: 0, max: 9 });
  fc.assert(
    fc.property(fc.array(digit, { minLength: 9, maxLength: 9 }), digit, digit, (nine, at, by) => {
      const number = withCheckDigit(nine.join(''));
      if (number === undefined || by === 0) return;
      const wrong = [...number];
      wrong[at] = String((Number(wrong[at]) + by) % 10);
      expect(hasRightCheckDigit(wrong.join(''))).toBe(false);
    }),
  );
});

test('every usable number comes once', () => {
  const seen = new Set<string>();
  for (const number of numbersInSeededOrder('all')) seen.add(number);
  expect(seen.size).toBe(usableNumbers);
  expect(seen.has('9999999999')).toBe(false);
});

test('numbers are spread over the range from the start, in another order for another seed', () => {
  const firstOf = (seed: string) => firstThousand(numbersInSeededOrder(seed));
  const thousands = new Set(firstOf('a').map((number) => number.slice(3, 5)));
  expect(thousands.size).toBe(100);
  expect(firstOf('a')).toEqual(firstOf('a'));
  expect(firstOf('a')).not.toEqual(firstOf('b'));
});

test('an unused number is valid and not taken; none when all are taken', () => {
  const all = new Set(numbersInSeededOrder('x'));
  const [spare = ''] = all;
  all.delete(spare);
  expect(drawUnusedNumber(createRandom(1), all)).toBe(spare);
  all.add(spare);
  expect(drawUnusedNumber(createRandom(1), all)).toBeUndefined();
});

function firstThousand(numbers: Iterable<string>): readonly string[] {
  const first: string[] = [];
  for (const number of numbers) {
    if (first.push(number) === 1000) break;
  }
  return first;
}
