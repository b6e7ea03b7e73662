/**
 * Every kind of damage to a row, with its rate. The rates of the reference's section 13 are the model;
 * where those would be too rare to be seen in 500 rows they are raised to 0.5 in 100.
 */

import type { CohortStyle } from './cohort-style.ts';
import type { Damage, DamageKind, PoolName } from './damage.ts';
import * as details from './damage-details.ts';
import { everywhere, nameKinds, type Rates, seldom } from './damage-kinds-names.ts';
import * as notes from './damage-notes.ts';
import * as numbers from './damage-numbers.ts';

const withNumbers: Rates = { nightly: seldom, 'social-care': seldom };

/** The catalogue, the rarest first among those that touch one field. */
export const damageKinds: readonly DamageKind[] = [
  ...numberKinds(),
  ...nameKinds,
  ...birthDateKinds(),
  ...genderKinds(),
  ...postcodeKinds(),
  ...noteKinds(),
];

/** How many rows in 100 a kind is meant for in a style; 0 when the style does not have it. */
export function rateIn(style: CohortStyle, kind: DamageKind): number {
  return kind.rates[style] ?? 0;
}

function numberKinds(): readonly DamageKind[] {
  const number = (kind: string, apply: Damage, rates: Rates, pool?: PoolName): DamageKind =>
    pool === undefined
      ? { kind, touches: ['nhsNumber'], apply, rates }
      : { kind, touches: ['nhsNumber'], apply, rates, pool };
  return [
    number('number-of-twin', numbers.useTwinsNumber, withNumbers, 'twin'),
    number('number-superseded', numbers.useSupersededNumber, withNumbers, 'superseded'),
    number('number-invalidated', numbers.useInvalidatedNumber, withNumbers, 'invalidated'),
    number('number-of-nobody', numbers.useNobodysNumber, withNumbers),
    number('number-scientific', numbers.writeScientifically, withNumbers),
    number('number-nine-digits', numbers.loseDigit, withNumbers),
    number('number-digits-transposed', numbers.transposeDigits, withNumbers),
    number('number-of-other-person', numbers.useOtherPersonsNumber, {
      nightly: 1,
      'social-care': 1,
    }),
    number('number-point-zero', numbers.addPointZero, withNumbers),
    number('number-hyphens', numbers.hyphenateNumber, withNumbers),
    number('number-bad-check-digit', numbers.mistypeNumber, { nightly: 1.5, 'social-care': 1 }),
    number('number-spaces', numbers.spaceNumber, { nightly: 3, 'social-care': 5 }),
    number('number-missing', numbers.omitNumber, { nightly: 5, 'social-care': 60 }),
  ];
}

function birthDateKinds(): readonly DamageKind[] {
  const birthDate = (kind: string, apply: Damage, rates: Rates = everywhere): DamageKind => ({
    kind,
    touches: ['birthDate', 'isEstimated'],
    apply,
    rates,
  });
  return [
    birthDate('birth-date-exchanged', details.exchangeDayAndMonth),
    birthDate('birth-date-digit-wrong', details.mistypeBirthDate),
    birthDate('birth-date-missing', details.omitBirthDate, { ...everywhere, 'social-care': 2 }),
    birthDate('birth-date-placeholder', details.usePlaceholderDate),
    birthDate('birth-date-format', details.useOtherDateFormat, {
      nightly: 1,
      backfill: 1,
      'social-care': 1,
    }),
    birthDate('birth-date-partial', details.keepPartOfBirthDate, {
      ...everywhere,
      'social-care': 3,
    }),
    birthDate('birth-date-estimated', details.estimateBirthDate, { 'social-care': 5 }),
  ];
}

function genderKinds(): readonly DamageKind[] {
  const gender = (kind: string, apply: Damage, rates: Rates): DamageKind => ({
    kind,
    touches: ['gender'],
    apply,
    rates,
  });
  return [
    gender('gender-wrong', details.useWrongGender, everywhere),
    gender('gender-coding', details.useOtherGenderCoding, {
      nightly: 1,
      backfill: 1,
      'social-care': 2,
    }),
    gender('gender-missing', details.omitGender, { nightly: 1, backfill: 1, 'social-care': 8 }),
  ];
}

function postcodeKinds(): readonly DamageKind[] {
  const postcode = (kind: string, apply: Damage, rates: Rates = everywhere): DamageKind => ({
    kind,
    touches: ['postcode'],
    apply,
    rates,
  });
  return [
    postcode('postcode-pseudo', details.usePseudoPostcode, { ...everywhere, 'social-care': 2 }),
    postcode('postcode-letters-for-digits', details.writeLettersForDigits),
    postcode('postcode-slip', details.mistypePostcode, {
      nightly: 1,
      backfill: 1,
      'social-care': 1,
    }),
    postcode('postcode-lower-case', details.writePostcodeInLowerCase),
    postcode('postcode-blank', details.changePostcodeBlank, {
      nightly: 2,
      backfill: 4,
      'social-care': 4,
    }),
    postcode('postcode-unknown', details.useUnknownPostcode, {
      nightly: 3,
      backfill: 8,
      'social-care': 6,
    }),
    postcode('postcode-old', details.useOldPostcode, {
      nightly: 5,
      backfill: 12,
      'social-care': 8,
    }),
    postcode('postcode-missing', details.omitPostcode, {
      nightly: 1,
      backfill: 2,
      'social-care': 12,
    }),
  ];
}

function noteKinds(): readonly DamageKind[] {
  const note = (kind: string, apply: Damage): DamageKind => ({
    kind,
    touches: ['notes'],
    apply,
    rates: { nightly: seldom },
  });
  return [
    note('formula-cell', notes.writeFormula),
    note('embedded-newline', notes.embedNewline),
    note('quoted-commas', notes.quoteCommas),
  ];
}
