/** Damage to NHS numbers. The row stays the row of the person it was drawn from. */

import type { Draft } from './cohort-style.ts';
import type { Damage } from './damage.ts';
import { between, pick } from './random.ts';

export const omitNumber: Damage = (draft) => ({ ...draft, nhsNumber: '' });

export const spaceNumber: Damage = (draft) => withNumber(draft, grouped(draft.nhsNumber, ' '));

export const hyphenateNumber: Damage = (draft) => withNumber(draft, grouped(draft.nhsNumber, '-'));

/** As a spreadsheet writes a number that it took for a decimal one. */
export const addPointZero: Damage = (draft) => withNumber(draft, `${draft.nhsNumber}.0`);

/** `9.99E+09`: the rest of the number is gone. */
export const writeScientifically: Damage = (draft) => {
  const [first, second, third] = draft.nhsNumber;
  return withNumber(draft, `${first}.${second}${third}E+09`);
};

export const loseDigit: Damage = (draft, _subject, random) => {
  const at = random.below(10);
  return withNumber(draft, `${draft.nhsNumber.slice(0, at)}${draft.nhsNumber.slice(at + 1)}`);
};

/** One digit wrong: the check digit never passes. */
export const mistypeNumber: Damage = (draft, _subject, random) => {
  const at = between(random, 3, 9);
  const wrong = (Number(draft.nhsNumber.charAt(at)) + between(random, 1, 9)) % 10;
  return withNumber(
    draft,
    `${draft.nhsNumber.slice(0, at)}${wrong}${draft.nhsNumber.slice(at + 1)}`,
  );
};

/** Two different neighbouring digits exchanged: the check digit never passes. */
export const transposeDigits: Damage = (draft, _subject, random) => {
  const digits = [...draft.nhsNumber];
  const places = digits.slice(0, -1).flatMap((digit, at) => (digit === digits[at + 1] ? [] : [at]));
  if (places.length === 0) return undefined;
  const at = pick(random, places);
  const [first = '', second = ''] = digits.slice(at, at + 2);
  return withNumber(
    draft,
    `${draft.nhsNumber.slice(0, at)}${second}${first}${draft.nhsNumber.slice(at + 2)}`,
  );
};

export const useOtherPersonsNumber: Damage = (draft, { otherNumber }) =>
  withNumber(draft, otherNumber());

export const useTwinsNumber: Damage = (draft, { twinNumber }) => withNumber(draft, twinNumber);

export const useNobodysNumber: Damage = (draft, { nobodysNumber }) =>
  withNumber(draft, nobodysNumber());

export const useSupersededNumber: Damage = (draft, { supersededNumber }) =>
  withNumber(draft, supersededNumber);

export const useInvalidatedNumber: Damage = (draft, { invalidatedNumber }) =>
  withNumber(draft, invalidatedNumber);

function grouped(number: string, mark: string): string {
  return `${number.slice(0, 3)}${mark}${number.slice(3, 6)}${mark}${number.slice(6)}`;
}

/** `undefined` when there is no number to put there, or the row has none, or it is the same. */
function withNumber(draft: Draft, nhsNumber: string | undefined): Draft | undefined {
  if (nhsNumber === undefined || draft.nhsNumber === '' || nhsNumber === draft.nhsNumber) {
    return undefined;
  }
  return { ...draft, nhsNumber };
}
