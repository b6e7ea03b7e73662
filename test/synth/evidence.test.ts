import { describe, expect, test } from 'vitest';
import { type Draft, draftOf, layoutOf } from '../../src/synth/cohort-style.ts';
import { createJudge } from '../../src/synth/evidence.ts';
import type { CohortSource } from '../../src/synth/population-entry.ts';

const NUMBER = '9990000018';
const SUPERSEDED = '9990000026';
const OTHER = '9990000034';

const person: CohortSource = {
  nhs_number: NUMBER,
  status: 'current',
  superseded_by: '',
  title: 'Mrs',
  family_name: "O'Hara-Weiß",
  given_name: 'Margaret',
  other_given_names: 'Oenone',
  gender: '2',
  birth_date: '19490512',
  postcode: 'LS10 4AB',
  previous_family_names: 'Brzęk',
  previous_postcodes: 'YO1 7HH|EX2 2BB',
};
const others: readonly CohortSource[] = [
  { ...person, nhs_number: SUPERSEDED, status: 'superseded', superseded_by: NUMBER },
];
const layout = layoutOf('nightly');
const clean = draftOf(person, layout, 1);
/** No number and no postcode: only names, birth date and gender are left. */
const bare: Partial<Draft> = { nhsNumber: '', postcode: '' };

function judged(
  changes: Partial<Draft>,
  population: readonly CohortSource[] = [person, ...others],
  trueNhsNumber = NUMBER,
) {
  return createJudge(population)({ ...clean, ...changes }, trueNhsNumber);
}

describe('a row with the number of its person', () => {
  const lost: Partial<Draft> = { familyName: 'Nobody', gender: '', postcode: 'B1 1AA' };

  test.each([
    ['as it should be', {}],
    ['number in groups', { nhsNumber: '999 000 0018' }],
    ['number with hyphens', { nhsNumber: '999-000-0018' }],
    ['number of a spreadsheet', { nhsNumber: '9990000018.0' }],
    ['superseded number', { nhsNumber: SUPERSEDED }],
    ['date with slashes', { birthDate: '12/05/1949' }],
    ['date with a month name', { birthDate: '12-May-1949' }],
    ['date with dots', { birthDate: '12.05.49' }],
    ['short form', { givenName: 'Peggy' }],
    ['initial', { givenName: 'M' }],
    ['one letter more', { givenName: 'Marrgaret' }],
    ['one letter less', { givenName: 'Margret' }],
    ['one other letter', { givenName: 'Margarat' }],
    ['two letters exchanged', { givenName: 'Magraret' }],
    ['title and capitals', { givenName: 'MRS MARGARET' }],
    ['remark', { givenName: 'Margaret AKA Bob' }],
  ] as [string, Partial<Draft>][])('is enough: %s', (_name, changes) => {
    expect(judged({ ...lost, ...changes })).toEqual({
      canBeIdentified: true,
      hasCommonNameOnly: false,
    });
  });

  test.each([
    ['number of somebody else', { nhsNumber: OTHER }],
    ['number without a digit', { nhsNumber: '999000001' }],
    ['no number', { nhsNumber: '' }],
    ['another date', { birthDate: '1949-05-13' }],
    ['day and month exchanged', { birthDate: '1949-12-05' }],
    ['part of a date', { birthDate: '1949' }],
    ['an estimated date', { isEstimated: 'Y' }],
    ['another name', { givenName: 'Susan' }],
    ['middle name', { givenName: 'Oenone' }],
    ['two slips', { givenName: 'Magrret' }],
    ['initial of another name', { givenName: 'P' }],
    ['no given name', { givenName: '' }],
  ] as [string, Partial<Draft>][])('is not enough: %s', (_name, changes) => {
    expect(judged({ ...lost, ...changes }).canBeIdentified).toBe(false);
  });
});

describe('a row without it', () => {
  test.each([
    ['nothing but the details', {}],
    ['previous family name', { familyName: 'BRZEK' }],
    ['the whole name in one', { familyName: 'OHaraWeiss' }],
    ['curly apostrophe', { familyName: 'Oʼhara weiss' }],
    ['remark', { familyName: "O'Hara-Weiß (DECEASED)" }],
    ['names exchanged', { familyName: 'Margaret', givenName: "O'Hara-Weiß" }],
    ['short form', { givenName: 'Meg' }],
    ['day and month exchanged', { birthDate: '1949-12-05' }],
    ['gender in another coding', { gender: 'Female' }],
  ] as [string, Partial<Draft>][])('is enough: %s', (_name, changes) => {
    expect(judged({ ...bare, ...changes }).canBeIdentified).toBe(true);
  });

  test.each([
    ['family name with a slip', { familyName: "O'Harra-Weiß" }],
    ['another family name', { familyName: 'Smith' }],
    ['given name with a slip', { givenName: 'Margret' }],
    ['initial', { givenName: 'M' }],
    ['another date', { birthDate: '1949-05-13' }],
    ['an estimated date', { isEstimated: 'Y' }],
    ['the other gender', { gender: '1' }],
    ['no gender', { gender: '' }],
  ] as [string, Partial<Draft>][])(
    'is not enough, with a known postcode too: %s',
    (_n, changes) => {
      expect(judged({ ...bare, ...changes }).canBeIdentified).toBe(false);
      expect(judged({ nhsNumber: '', ...changes }).canBeIdentified).toBe(false);
    },
  );

  test.each([['Smith'], ['Jones']])(
    'half of a double-barrelled name is enough: %s',
    (familyName) => {
      const double = { ...person, family_name: 'Smith-Jones' };
      expect(judged({ ...bare, familyName }, [double]).canBeIdentified).toBe(true);
      const particle = { ...person, family_name: 'van der Smith Jones' };
      expect(judged({ ...bare, familyName }, [particle]).canBeIdentified).toBe(false);
    },
  );

  test('a person whose gender or birth date PDS does not know', () => {
    const unknown = { ...person, gender: '0' };
    const partial = { ...person, birth_date: '1949' };
    expect(judged({ ...bare, gender: 'X' }, [unknown]).canBeIdentified).toBe(false);
    expect(judged({ birthDate: '1949' }, [partial]).canBeIdentified).toBe(false);
  });
});

describe('where somebody else is like the person', () => {
  const namesake = { ...person, nhs_number: OTHER, postcode: 'PO1 1PP', previous_postcodes: '' };
  const both = [person, namesake];

  test.each([
    ['postcode', 'LS10 4AB', true],
    ['postcode in another writing', ' ls1O4ab', true],
    ['previous postcode', 'EX2 2BB', true],
    ['unknown postcode', 'EX2 2BA', false],
    ['the postcode of the other', 'PO1 1PP', false],
    ['no postcode', '', false],
  ])('%s', (_name, postcode, isEnough) => {
    expect(judged({ nhsNumber: '', postcode }, both).canBeIdentified).toBe(isEnough);
  });

  test.each([
    ['another gender', { gender: '1' }, true],
    ['another birth date', { birth_date: '19490511' }, true],
    ['another given name', { given_name: 'Mary' }, true],
    ['a previous family name alone', { family_name: 'Zed' }, true],
    ['not current', { status: 'invalidated' }, true],
    ['same name, once', { family_name: 'Zed', previous_family_names: "o'hara weiss" }, false],
  ])('the other has %s', (_name, values, isEnough) => {
    expect(judged(bare, [person, { ...namesake, ...values }]).canBeIdentified).toBe(isEnough);
  });

  test('who the row is written like counts as well as who is meant', () => {
    const meg = { ...namesake, given_name: 'Meg' };
    const early = { ...namesake, birth_date: '19491205' };
    expect(judged({ ...bare, givenName: 'Meg' }, [person, meg]).canBeIdentified).toBe(false);
    expect(judged({ ...bare, birthDate: '1949-12-05' }, [person, early]).canBeIdentified).toBe(
      false,
    );
    const changes = { ...bare, givenName: 'Meg', birthDate: '1949-12-05' };
    expect(judged(changes, [person, early]).canBeIdentified).toBe(false);
    expect(judged(bare, [person, meg, early]).canBeIdentified).toBe(true);
  });

  test('a pseudo-postcode is not known for anybody', () => {
    const homeless = both.map((one) => ({ ...one, postcode: 'ZZ99 3VZ' }));
    expect(judged({ nhsNumber: '', postcode: 'ZZ99 3VZ' }, homeless).canBeIdentified).toBe(false);
  });
});

test('somebody without a current entry cannot be identified', () => {
  expect(judged({}, [person], '').canBeIdentified).toBe(false);
  const withdrawn = { ...person, status: 'invalidated' };
  expect(judged({}, [withdrawn]).canBeIdentified).toBe(false);
});

describe('a common name only', () => {
  const john = { ...person, family_name: 'Smith', given_name: 'John', gender: '1' };
  const row: Partial<Draft> = { ...bare, familyName: 'Smith', givenName: 'John', gender: '1' };

  test.each([
    ['no postcode', {}, true],
    ['unknown postcode', { postcode: 'B1 1AA' }, true],
    ['short form', { givenName: 'Jack' }, true],
    ['known postcode', { postcode: 'LS10 4AB' }, false],
    ['own number', { nhsNumber: NUMBER }, false],
    ['rare previous name', { familyName: 'Brzęk' }, false],
  ] as [string, Partial<Draft>, boolean][])('%s', (_name, changes, hasCommonNameOnly) => {
    expect(judged({ ...row, ...changes }, [john])).toEqual({
      canBeIdentified: true,
      hasCommonNameOnly,
    });
  });

  test('both names must be common', () => {
    const zoltan = { ...john, given_name: 'Zoltan' };
    const changes = { ...row, givenName: 'Zoltan' };
    expect(judged(changes, [zoltan]).hasCommonNameOnly).toBe(false);
  });
});
