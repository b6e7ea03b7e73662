import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Draft, draftOf, layoutOf } from '../../src/synth/cohort-style.ts';
import type { Damage, Subject } from '../../src/synth/damage.ts';
import * as details from '../../src/synth/damage-details.ts';
import { damageKinds } from '../../src/synth/damage-kinds.ts';
import * as names from '../../src/synth/damage-names.ts';
import * as numbers from '../../src/synth/damage-numbers.ts';
import * as slips from '../../src/synth/damage-slips.ts';
import { isDate } from '../../src/synth/dates.ts';
import { hasRightCheckDigit } from '../../src/synth/numbers.ts';
import { makePopulation } from '../../src/synth/population.ts';
import type { CohortSource } from '../../src/synth/population-entry.ts';
import { createRandom } from '../../src/synth/random.ts';

const layout = layoutOf('nightly');
const population = [...makePopulation({ seed: 'damage', count: 3000, today: '20250601' })];
const people = population.filter(({ status }) => status === 'current');

const person: CohortSource = {
  nhs_number: '9990000018',
  status: 'current',
  superseded_by: '',
  title: 'Mrs',
  family_name: "O'Neill",
  given_name: 'Margaret',
  other_given_names: '',
  gender: '2',
  birth_date: '19490512',
  postcode: 'LS1 4AB',
  previous_family_names: 'Walsh',
  previous_postcodes: 'YO1 7HH',
};

function aSubject(values: Partial<CohortSource> = {}): Subject {
  return {
    person: { ...person, ...values },
    today: '20250601',
    layout,
    twinNumber: undefined,
    supersededNumber: undefined,
    invalidatedNumber: undefined,
    otherNumber: () => '9990000026',
    nobodysNumber: () => '9990000034',
  };
}

function damaged(
  damage: Damage,
  values: Partial<CohortSource> = {},
  seed = '1',
): Draft | undefined {
  const subject = aSubject(values);
  return damage(draftOf(subject.person, layout, 1), subject, createRandom(seed));
}

test.each([
  ['nickname', names.nicknameForGivenName, {}, { givenName: /^(Peggy|Maggie|Meg)$/ }],
  ['swapped', names.swapNames, {}, { givenName: /^O'Neill$/, familyName: /^Margaret$/ }],
  ['previous name', names.usePreviousFamilyName, {}, { familyName: /^Walsh$/ }],
  ['title', names.putTitleInName, {}, { givenName: /^(Mrs|MRS) Margaret$/ }],
  ['curly', names.curlApostrophe, {}, { familyName: /^O[’‘´`ʼ]Neill$/ }],
  ['no apostrophe', names.dropApostrophe, {}, { familyName: /^O ?Neill$/ }],
  ['NBSP', names.useOddBlank, {}, { familyName: /\u00a0/ }],
  [
    'NBSP within',
    names.useOddBlank,
    { family_name: 'de Souza' },
    { familyName: /^de\u00a0Souza$/ },
  ],
  ['blanks', names.doubleBlanks, { family_name: 'de Souza' }, { familyName: /^de {2}Souza {2}$/ }],
  ['upper', names.writeInUpperCase, {}, { familyName: /^O'NEILL$/, givenName: /^MARGARET$/ }],
  ['lower', names.writeInLowerCase, {}, { familyName: /^o'neill$/ }],
  [
    'plain',
    names.loseDiacritics,
    { family_name: 'Weißłø', given_name: 'José' },
    { familyName: /^Weisslo$/, givenName: /^Jose$/ },
  ],
  [
    'barrels',
    names.varyDoubleBarrelled,
    { family_name: 'Smith-Jones' },
    { familyName: /^(Smith Jones|SmithJones|Smith|Jones)$/ },
  ],
  ['initial', names.keepInitialOnly, { given_name: 'Łukasz' }, { givenName: /^Ł$/ }],
  ['no given name', names.omitGivenName, {}, { givenName: /^$/ }],
  ['baby', names.useBabyName, { birth_date: '20250501' }, { givenName: /BABY|TWIN|INFANT/ }],
  ['exchanged', details.exchangeDayAndMonth, {}, { birthDate: /^1949-12-05$/ }],
  [
    'format',
    details.useOtherDateFormat,
    {},
    { birthDate: /^(12-May-1949|12\.05\.49|12\/05\/1949)$/ },
  ],
  ['partial', details.keepPartOfBirthDate, {}, { birthDate: /^1949(05)?$/ }],
  [
    'estimated',
    details.estimateBirthDate,
    {},
    { birthDate: /^19(48|49|50)-01-01$/, isEstimated: /^Y$/ },
  ],
  ['wrong gender', details.useWrongGender, {}, { gender: /^1$/ }],
  ['coding', details.useOtherGenderCoding, {}, { gender: /^(F|Female)$/ }],
  ['old postcode', details.useOldPostcode, {}, { postcode: /^YO1 7HH$/ }],
  ['letters', details.writeLettersForDigits, {}, { postcode: /^LSI 4AB$/ }],
  ['blank', details.changePostcodeBlank, {}, { postcode: /^LS1( {2})?4AB$/ }],
  ['lower postcode', details.writePostcodeInLowerCase, {}, { postcode: /^ls1 4ab$/ }],
  ['pseudo', details.usePseudoPostcode, {}, { postcode: /^ZZ99 / }],
  ['spaces', numbers.spaceNumber, {}, { nhsNumber: /^999 000 0018$/ }],
  ['hyphens', numbers.hyphenateNumber, {}, { nhsNumber: /^999-000-0018$/ }],
  ['.0', numbers.addPointZero, {}, { nhsNumber: /^9990000018\.0$/ }],
  ['scientific', numbers.writeScientifically, {}, { nhsNumber: /^9\.99E\+09$/ }],
  ['nine digits', numbers.loseDigit, {}, { nhsNumber: /^[0-9]{9}$/ }],
  ['other', numbers.useOtherPersonsNumber, {}, { nhsNumber: /^9990000026$/ }],
  ['nobody', numbers.useNobodysNumber, {}, { nhsNumber: /^9990000034$/ }],
  ['missing', numbers.omitNumber, {}, { nhsNumber: /^$/ }],
] as [string, Damage, Partial<CohortSource>, Partial<Record<keyof Draft, RegExp>>][])(
  '%s',
  (_name, damage, values, expected) => {
    for (const seed of ['1', '2', '3', '4', '5']) {
      const draft = damaged(damage, values, seed);
      for (const [field, pattern] of Object.entries(expected)) {
        expect(draft).toHaveProperty(field, expect.stringMatching(pattern));
      }
    }
  },
);

test.each([
  ['no nickname is known', names.nicknameForGivenName, { given_name: 'Siân' }],
  ['there was no other name', names.usePreviousFamilyName, { previous_family_names: '' }],
  ['there is no apostrophe', names.curlApostrophe, { family_name: 'Smith' }],
  ['there is no diacritic', names.loseDiacritics, {}],
  ['the name has one part', names.varyDoubleBarrelled, {}],
  ['the baby is six weeks old', names.useBabyName, { birth_date: '20250420' }],
  ['the day is no month', details.exchangeDayAndMonth, { birth_date: '19490513' }],
  ['day and month are equal', details.exchangeDayAndMonth, { birth_date: '19490505' }],
  ['the date is partial', details.useOtherDateFormat, { birth_date: '1949' }],
  ['nobody moved', details.useOldPostcode, { previous_postcodes: '' }],
  ['there is no 0 or 1', details.writeLettersForDigits, { postcode: 'LS2 4AB' }],
  ['there is no twin', numbers.useTwinsNumber, {}],
  ['nothing was superseded', numbers.useSupersededNumber, {}],
  ['nothing was withdrawn', numbers.useInvalidatedNumber, {}],
] as [string, Damage, Partial<CohortSource>][])(
  'leaves the row alone when %s',
  (_n, damage, values) => {
    expect(damaged(damage, values)).toBeUndefined();
  },
);

describe('properties', () => {
  const anyPerson = fc.constantFrom(...people);
  const seed = fc.string();

  test('every kind changes the fields that it says, some of them at least, and no others', () => {
    fc.assert(
      fc.property(anyPerson, seed, fc.constantFrom(...damageKinds), (somebody, text, kind) => {
        const subject = { ...aSubject(somebody), twinNumber: '9990000042' };
        const draft = draftOf(subject.person, layout, 1);
        const after = kind.apply(draft, subject, createRandom(text));
        if (after === undefined) return;
        const fields = Object.keys(draft) as (keyof Draft)[];
        const different = fields.filter((field) => draft[field] !== after[field]);
        expect(kind.touches).toEqual(expect.arrayContaining(different));
        expect(different.length, kind.kind).toBeGreaterThan(0);
      }),
      { numRuns: 3000 },
    );
  });

  test('a typing slip is one edit away and leaves something', () => {
    const slip = fc.constantFrom(
      slips.insertLetter,
      slips.deleteLetter,
      slips.substituteLetter,
      slips.transposeLetters,
      slips.typingSlip,
    );
    fc.assert(
      fc.property(anyPerson, seed, slip, ({ family_name }, text, make) => {
        const slipped = make(family_name, createRandom(text));
        if (slipped === undefined) return;
        expect(slipped).not.toBe(family_name);
        expect(slipped.length).toBeGreaterThan(1);
        expect(Math.abs(slipped.length - family_name.length)).toBeLessThan(2);
      }),
    );
  });

  test('a mistyped or transposed number never passes the check digit', () => {
    const damage = fc.constantFrom(numbers.mistypeNumber, numbers.transposeDigits);
    fc.assert(
      fc.property(anyPerson, seed, damage, (somebody, text, make) => {
        const number = damaged(make, somebody, text)?.nhsNumber ?? '';
        expect(number).toMatch(/^[0-9]{10}$/);
        expect(hasRightCheckDigit(number)).toBe(false);
      }),
    );
  });

  test('a birth date with a wrong digit is a date, not in the future', () => {
    fc.assert(
      fc.property(anyPerson, seed, (somebody, text) => {
        const wrong = damaged(details.mistypeBirthDate, somebody, text)?.birthDate;
        if (wrong === undefined) return;
        const date = wrong.replaceAll('-', '');
        expect(isDate(date) && date <= '20250601' && date !== somebody.birth_date).toBe(true);
      }),
    );
  });

  test('a mistyped postcode is still a postcode', () => {
    fc.assert(
      fc.property(anyPerson, seed, (somebody, text) => {
        const postcode =
          damaged(details.mistypePostcode, somebody, text)?.postcode ?? somebody.postcode;
        expect(postcode).toMatch(/^[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}$|^ZZ99/);
      }),
    );
  });
});
