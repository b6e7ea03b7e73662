import { hashText, type Random } from './random.ts';

/** Numbers in the 999 range that pass the check digit, without 9999999999 (which means "multiple"). */
export const usableNumbers = 909_090;

const tails = 1_000_000;

/**
 * The ten-digit number whose first nine digits are given; `undefined` where the check digit would
 * be 10. Modulus 11: weights 10 to 2, 11 minus the remainder, 11 becomes 0.
 */
export function withCheckDigit(nineDigits: string): string | undefined {
  let sum = 0;
  for (let at = 0; at < 9; at += 1) sum += Number(nineDigits[at]) * (10 - at);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? undefined : `${nineDigits}${check}`;
}

/** True for ten digits whose check digit is right. Blanks and hyphens are not taken. */
export function hasRightCheckDigit(number: string): boolean {
  return /^[0-9]{10}$/.test(number) && withCheckDigit(number.slice(0, 9)) === number;
}

/**
 * Every usable number of the 999 range (kept for tests, never issued), each once, in an order that
 * the seed decides.
 */
export function* numbersInSeededOrder(seed: string | number): Generator<string> {
  const keys = [1, 2, 3, 4].map((round) => hashText(`numbers/${seed}`, round));
  for (let position = 0; position < tails; position += 1) {
    const number = numberOfTail(scramble(position, keys));
    if (number !== undefined) yield number;
  }
}

/** A number of the 999 range that is not among those taken; `undefined` when all of them are. */
export function drawUnusedNumber(random: Random, taken: ReadonlySet<string>): string | undefined {
  if (taken.size >= usableNumbers) return undefined;
  const start = random.below(tails);
  for (let step = 0; step < tails; step += 1) {
    const number = numberOfTail((start + step * 7919) % tails);
    if (number !== undefined && !taken.has(number)) return number;
  }
  return undefined;
}

/** A one-to-one scrambling of 0 to 999,999: a Feistel network over two halves of three digits. */
function scramble(position: number, keys: readonly number[]): number {
  let left = Math.floor(position / 1000);
  let right = position % 1000;
  for (const key of keys) {
    const mixed = Math.imul(right ^ key, 0x9e3779b1) >>> 8;
    const turned = (left + mixed) % 1000;
    left = right;
    right = turned;
  }
  return left * 1000 + right;
}

function numberOfTail(tail: number): string | undefined {
  const number = withCheckDigit(`999${String(tail).padStart(6, '0')}`);
  return number === '9999999999' ? undefined : number;
}
