import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  birthDateForms,
  familyNameForms,
  givenNameForms,
  postcodeForms,
} from '../../src/match/field-forms.ts';
import { aBirthDate, aPerson, aPostcode } from '../support/people.ts';

describe('a family name', () => {
  it.each([
    ['Testby', ['Testby']],
    ["O'Testby", ["O'Testby"]],
    ['Müller', ['Müller']], // as the row has it
    [undefined, []],
  ])('as given: %s gives %j', (familyName, forms) => {
    expect(familyNameForms(aPerson({ familyName }), 'as-given')).toEqual(forms);
  });

  it.each([
    ["O'Neill", ['ONeill', 'O Neill']],
    ['ONEILL', ["O'NEILL"]],
    ['O Neill', ["O'Neill", 'ONeill']],
    ["D'Souza", ['DSouza', 'D Souza']],
    ['DSOUZA', ["D'SOUZA"]],
    ['Oakes', []], // no prefix: a vowel comes next
    ['Odd', []], // or too little
    ['McDonald', ['Mc Donald']],
    ['MacDonald', ['Mac Donald']],
    ['MACDONALD', ['MAC DONALD']],
    ['Mc Donald', ['Mc-Donald', 'McDonald']],
    ['Mack', []],
    ['Smith-Jones', ['Smith Jones', 'SmithJones']],
    ['Smith Jones', ['Smith-Jones', 'SmithJones']],
    ['de la Cruz', ['de-la-Cruz', 'delaCruz']],
    ['SMITHJONES', ['SMITH-JONES', 'SMITH JONES']], // two known names run together
    ['BrownUttley', ['Brown-Uttley', 'Brown Uttley']], // a capital begins the second
    ['WHITEHOUSE', []], // a known name itself, though WHITE is one as well
    ['SMITHTESTBY', []],
    ['Müller', ['Muller']],
    ['Łoś', ['Los']],
    ['Müller-Łoś', ['Muller-Los', 'Müller Łoś', 'MüllerŁoś']],
    ['Testby', []],
    [undefined, []],
  ])('in another spelling: %s gives %j', (familyName, forms) => {
    expect(familyNameForms(aPerson({ familyName }), 'spelling')).toEqual(forms);
  });

  it.each([
    ['Smith-Jones', ['Smith', 'Jones']],
    ['Smith Jones', ['Smith', 'Jones']],
    ["O'Neill-Smith", ["O'Neill", 'Smith']],
    ['van der Berg', []], // a particle is no half
    ['De La Cruz', []],
    ['St John', []],
    ['Mac Giolla', []],
    ['van Smith-Jones', ['Smith', 'Jones']],
    ['Li-Smith', ['Smith']], // two letters are too little to search with
    ['Smith-Jones-Brown', []], // three names have no halves
    ["O'Neill", []],
    ['Testby', []],
    [undefined, []],
  ])('by a half: %s gives %j', (familyName, forms) => {
    expect(familyNameForms(aPerson({ familyName }), 'half')).toEqual(forms);
  });

  it.each([
    ['Sample', ['Sample']],
    [undefined, []],
  ])('as it was before: %s gives %j', (previousFamilyName, forms) => {
    expect(familyNameForms(aPerson({ previousFamilyName }), 'previous')).toEqual(forms);
  });

  it.each([
    ['Rowan', ['Rowan']],
    ['R', []],
    ['R.', []],
    [undefined, []],
  ])('exchanged: the given name %s gives %j', (givenName, forms) => {
    expect(familyNameForms(aPerson({ givenName }), 'exchanged')).toEqual(forms);
  });

  it('exchanged: not when both names are known to stand where they belong', () => {
    const held = { familyName: 'Whitehouse', givenName: 'Margaret' };
    const swapped = { familyName: 'Margaret', givenName: 'Whitehouse' };

    expect(familyNameForms(held, 'exchanged')).toEqual([]);
    expect(familyNameForms(swapped, 'exchanged')).toEqual(['Whitehouse']);
  });

  it.each([
    ['Testby', ['Tes*']],
    ['Test', ['Tes*']],
    ['Lee', []], // the wildcard would shorten nothing
    ['Li', []],
    [undefined, []],
  ])('by its start: %s gives %j', (familyName, forms) => {
    expect(familyNameForms(aPerson({ familyName }), 'start')).toEqual(forms);
  });
});

describe('a given name', () => {
  it.each([
    ['as-given', 'Rowan', ['Rowan']],
    ['as-given', 'Anne-Marie', ['Anne-Marie']],
    ['as-given', undefined, []],
    ['registered', 'Bill', ['WILLIAM']],
    ['registered', 'Tony', ['ANTHONY', 'ANTONY']], // two at most, the commonest
    ['registered', 'Rowan', []],
    ['registered', 'William', []],
    ['registered', undefined, []],
    ['start', 'Rowan', ['Row*']],
    ['start', 'Kim', []],
    ['start', undefined, []],
  ] as const)('%s: %s gives %j', (form, givenName, forms) => {
    expect(givenNameForms(aPerson({ givenName }), form)).toEqual(forms);
  });

  it.each([
    ['Rowan', ["O'Testby"]],
    ['R', ["O'Testby"]],
    [undefined, ["O'Testby"]],
  ])('exchanged: the family name, beside %s', (givenName, forms) => {
    expect(givenNameForms(aPerson({ givenName }), 'exchanged')).toEqual(forms);
  });

  it('exchanged: nothing without a family name', () => {
    expect(givenNameForms(aPerson({ familyName: undefined }), 'exchanged')).toEqual([]);
  });

  it.each(['R', 'R.', 'É', ' r '])('is never an initial: %s', (givenName) => {
    for (const form of ['as-given', 'registered', 'start'] as const) {
      expect(givenNameForms(aPerson({ givenName }), form)).toEqual([]);
    }
  });
});

describe('a date of birth', () => {
  it.each([
    ['as-given', '19810917', ['19810917']],
    ['as-given', '198109', []],
    ['as-given', '1981', []],
    ['exchanged', '19810307', ['19810703']],
    ['exchanged', '19811201', ['19810112']],
    ['exchanged', '19810917', []], // there is no 17th month
    ['exchanged', '19810913', []],
    ['exchanged', '19810909', []], // day and month are equal
    ['exchanged', '198109', []],
  ] as const)('%s: %s gives %j', (form, birthDate, forms) => {
    expect(birthDateForms(aPerson({ birthDate: aBirthDate(birthDate) }), form)).toEqual(forms);
  });

  it.each(['as-given', 'exchanged'] as const)('%s: none when it was estimated', (form) => {
    const held = aPerson({ birthDate: aBirthDate('19810307'), isBirthDateEstimated: true });

    expect(birthDateForms(held, form)).toEqual([]);
  });

  it.each(['as-given', 'exchanged'] as const)('%s: none when there is none', (form) => {
    expect(birthDateForms(aPerson({ birthDate: undefined }), form)).toEqual([]);
  });
});

describe('a postcode', () => {
  const held = aPerson({ previousPostcode: aPostcode('EC1A 1BB') });

  it.each([
    ['as-given', ['M1 1AE']],
    ['previous', ['EC1A 1BB']],
    ['start', ['M1*']],
  ] as const)('%s gives %j', (form, forms) => {
    expect(postcodeForms(held, form)).toEqual(forms);
  });

  it.each(['as-given', 'previous', 'start'] as const)('%s: none when there is none', (form) => {
    const nowhere = aPerson({ postcode: undefined, previousPostcode: undefined });

    expect(postcodeForms(nowhere, form)).toEqual([]);
  });
});

it('gives every form once, never the same as the name itself in another case', () => {
  const part = fc.constantFrom("O'", 'Mc', 'MAC ', 'Smith', 'JONES', 'Łoś', '-', ' ', 'van ', 'D');
  const name = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(name, (familyName) => {
      const forms = familyNameForms(aPerson({ familyName }), 'spelling');
      const upper = forms.map((form) => form.toUpperCase());

      expect(new Set(forms).size).toBe(forms.length);
      expect(upper).not.toContain(familyName.toUpperCase());
      expect(forms.length).toBeLessThanOrEqual(3);
    }),
  );
});
