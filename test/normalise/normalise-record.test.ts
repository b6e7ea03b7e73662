import { expect, it } from 'vitest';
import { type NormaliseOptions, normaliseRecord } from '../../src/normalise/normalise-record.ts';

const OPTIONS: NormaliseOptions = {
  dateOrder: 'dmy',
  acceptsExcelSerials: false,
  acceptsTestNumbers: true,
  today: '20261122',
};

it('reads a good row without a finding', () => {
  const cells = {
    nhs_number: '999 012 3454',
    family_name: "O'Testby",
    given_name: 'Rowan Alex',
    other_given_names: 'Sam',
    birth_date: '17/09/1981',
    birth_date_is_estimated: 'N',
    gender: 'Female',
    postcode: 'm11ae',
  };

  const record = normaliseRecord(cells, OPTIONS);

  expect(record).toEqual({
    demographics: {
      nhsNumber: '9990123454',
      familyName: "O'Testby",
      givenName: 'Rowan',
      otherGivenNames: 'Alex Sam',
      birthDate: '19810917',
      gender: '2',
      postcode: 'M1 1AE',
    },
    findings: [],
    traceability: { kind: 'verify' },
  });
});

it('finds everything that is wrong with a row at once', () => {
  const cells = {
    nhs_number: '9990123453',
    family_name: 'UNKNOWN',
    given_name: 'J',
    other_given_names: 'A*',
    birth_date: '31/04/1981',
    birth_date_is_estimated: 'perhaps',
    gender: 'Z',
    postcode: 'ZZ99 3VZ',
  };

  const record = normaliseRecord(cells, OPTIONS);

  expect(record).toEqual({
    demographics: { givenName: 'J' },
    findings: [
      { field: 'nhs_number', code: 'nhs-number-check-digit' },
      { field: 'family_name', code: 'name-placeholder' },
      { field: 'other_given_names', code: 'name-wildcard' },
      { field: 'given_name', code: 'name-initial' },
      { field: 'birth_date', code: 'date-impossible' },
      { field: 'birth_date_is_estimated', code: 'estimated-flag-unreadable' },
      { field: 'gender', code: 'gender-identity-code' },
      { field: 'postcode', code: 'postcode-pseudo' },
    ],
    traceability: { kind: 'not-enough', missing: ['family_name', 'birth_date', 'gender'] },
  });
});

it('gives nothing for a row of no cells', () => {
  expect(normaliseRecord({}, OPTIONS)).toEqual({
    demographics: {},
    findings: [],
    traceability: { kind: 'not-enough', missing: ['family_name', 'birth_date', 'gender'] },
  });
});

it.each(['Y', 'yes', 'TRUE', 't', '1'])('marks an estimated date by %s', (flag) => {
  const cells = { birth_date: '17/09/1981', birth_date_is_estimated: flag };

  const { demographics, findings } = normaliseRecord(cells, OPTIONS);

  expect(demographics).toEqual({ birthDate: '19810917', isBirthDateEstimated: true });
  expect(findings).toEqual([{ field: 'birth_date', code: 'date-estimated' }]);
});

it.each(['', 'N', 'no', 'False', 'f', '0', 'NULL'])('marks no date by "%s"', (flag) => {
  const cells = { birth_date: '17/09/1981', birth_date_is_estimated: flag };

  expect(normaliseRecord(cells, OPTIONS).demographics).toEqual({ birthDate: '19810917' });
});

it('does not mark a date that is not there', () => {
  expect(normaliseRecord({ birth_date_is_estimated: 'Y' }, OPTIONS).demographics).toEqual({});
});

it('gives each finding once', () => {
  const { findings } = normaliseRecord({ full_name: 'Doe, John' }, OPTIONS);

  expect(findings).toEqual([{ field: 'full_name', code: 'name-placeholder' }]);
});

it('reads a former family name and a former postcode as it reads the present ones', () => {
  const cells = { previous_family_name: 'Mrs  Sample', previous_postcode: 'ec1a1bb' };

  const { demographics, findings } = normaliseRecord(cells, OPTIONS);

  expect(demographics).toEqual({ previousFamilyName: 'Sample', previousPostcode: 'EC1A 1BB' });
  expect(findings).toEqual([
    { field: 'previous_family_name', code: 'name-title' },
    { field: 'previous_family_name', code: 'name-characters' },
  ]);
});

it('uses nothing of a former name or postcode that is none, and says which column it stood in', () => {
  const cells = { previous_family_name: 'Sample*', previous_postcode: 'ZZ99 3VZ' };

  const { demographics, findings } = normaliseRecord(cells, OPTIONS);

  expect(demographics).toEqual({});
  expect(findings).toEqual([
    { field: 'previous_family_name', code: 'name-wildcard' },
    { field: 'previous_postcode', code: 'postcode-pseudo' },
  ]);
});

it('says so when a former name has more letters than PDS takes', () => {
  const cells = { previous_family_name: 'A'.repeat(36) };

  expect(normaliseRecord(cells, OPTIONS)).toMatchObject({
    demographics: {},
    findings: [{ field: 'previous_family_name', code: 'name-too-long' }],
  });
});

it('does not take a former name for the present one', () => {
  const cells = {
    previous_family_name: 'Sample',
    given_name: 'Rowan',
    birth_date: '17/09/1981',
    gender: 'F',
  };

  expect(normaliseRecord(cells, OPTIONS).traceability).toEqual({
    kind: 'not-enough',
    missing: ['family_name'],
  });
});
