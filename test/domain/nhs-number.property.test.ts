import fc from 'fast-check';
import { describe, it } from 'vitest';
import { formatNhsNumber, parseNhsNumber } from '../../src/domain/nhs-number.ts';

/** The rule as ISB 0149 puts it, written independently of the source. */
function checkDigitOf(nineDigits: string): number | undefined {
  let sum = 0;
  for (let index = 0; index < 9; index += 1) sum += Number(nineDigits[index]) * (10 - index);
  const check = 11 - (sum % 11);
  if (check === 10) return undefined;
  return check === 11 ? 0 : check;
}

const nineDigits = fc
  .integer({ min: 0, max: 999_999 })
  .map((n) => `999${String(n).padStart(6, '0')}`);
const validNumber = nineDigits
  .map((digits) => `${digits}${checkDigitOf(digits) ?? 'x'}`)
  .filter((digits) => parseNhsNumber(digits) !== undefined);

describe('NHS number properties', () => {
  it('agrees with the published rule on every check digit', () => {
    fc.assert(
      fc.property(nineDigits, fc.integer({ min: 0, max: 9 }), (digits, check) => {
        const isNumber = parseNhsNumber(`${digits}${check}`) !== undefined;
        const isNeverReal = /^(\d)\1{9}$/.test(`${digits}${check}`);
        return isNumber === (checkDigitOf(digits) === check && !isNeverReal);
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses a number with any one digit changed', () => {
    fc.assert(
      fc.property(validNumber, fc.nat(9), fc.integer({ min: 1, max: 9 }), (number, at, by) => {
        const digits = [...number];
        digits[at] = String((Number(digits[at]) + by) % 10);
        return parseNhsNumber(digits.join('')) === undefined;
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses a number with any two different neighbours swapped', () => {
    fc.assert(
      fc.property(validNumber, fc.nat(8), (number, at) => {
        const left = number.charAt(at);
        const right = number.charAt(at + 1);
        fc.pre(left !== right);
        const swapped = number.slice(0, at) + right + left + number.slice(at + 2);
        return parseNhsNumber(swapped) === undefined;
      }),
      { numRuns: 2000 },
    );
  });

  it('reads back what it formats', () => {
    fc.assert(
      fc.property(validNumber, (text) => {
        const number = parseNhsNumber(text);
        return number !== undefined && parseNhsNumber(formatNhsNumber(number)) === number;
      }),
    );
  });
});
