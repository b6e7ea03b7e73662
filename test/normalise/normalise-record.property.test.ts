import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Demographics } from '../../src/domain/demographics.ts';
import { FIELDS, type SourceCells } from '../../src/domain/field.ts';
import { FINDINGS } from '../../src/domain/finding.ts';
import { type NormaliseOptions, normaliseRecord } from '../../src/normalise/normalise-record.ts';

const NUM_RUNS = { numRuns: 3000 };

const options: fc.Arbitrary<NormaliseOptions> = fc.record({
  dateOrder: fc.constantFrom('dmy', 'mdy'),
  acceptsExcelSerials: fc.boolean(),
  acceptsTestNumbers: fc.boolean(),
  today: fc.constantFrom('20261122', '20240229', '20000101'),
});

/** Pieces that the rules look for, so that random cells come close to them. */
const piece = fc.oneof(
  fc.constantFrom('Testby', 'Rowan', 'MR', 'Dr.', 'JNR', 'II', 'AKA', 'NEE', 'BABY', 'TWIN', 'OF'),
  fc.constantFrom('UNKNOWN', 'X', 'NA', 'TEST', 'DUP', 'J', 'R.', 'É', 'Ã', '©', 'ﬁ', '\u0301'),
  fc.constantFrom(' ', ' ', '-', "'", '’', '.', ',', '*', '?', '%', '(', ')', '"', '/', '\u00A0'),
  fc.constantFrom('\n', '\t', '\u0000', '\u200B', '\uFEFF', '\uFFFD', '\uD800', '=', '#', '&'),
  fc.constantFrom('17', '09', '1981', '81', 'Sep', 'T00:00', '00', '29846', '.0', 'Z', '2'),
  fc.constantFrom('9990123454', '999', '012', '3454', 'E+09', 'M1', '1AE', 'OAE', 'ZZ99 3VZ'),
);
const cell = fc.oneof(
  fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary' }),
  fc.string(),
);
const cells: fc.Arbitrary<SourceCells> = fc.record(
  Object.fromEntries(FIELDS.map((field) => [field, cell])),
  { requiredKeys: [] },
);

/** A stored record as the cells of a file that we wrote. */
function cellsOf(person: Demographics): SourceCells {
  return {
    nhs_number: person.nhsNumber ?? '',
    family_name: person.familyName ?? '',
    given_name: person.givenName ?? '',
    other_given_names: person.otherGivenNames ?? '',
    birth_date: person.birthDate ?? '',
    birth_date_is_estimated: person.isBirthDateEstimated ? 'Y' : '',
    gender: person.gender ?? '',
    postcode: person.postcode ?? '',
    previous_family_name: person.previousFamilyName ?? '',
    previous_postcode: person.previousPostcode ?? '',
  };
}

it('changes nothing when it reads its own result', () => {
  fc.assert(
    fc.property(cells, options, (row, how) => {
      const { demographics } = normaliseRecord(row, how);
      expect(normaliseRecord(cellsOf(demographics), how).demographics).toEqual(demographics);
    }),
    NUM_RUNS,
  );
});

it('lets no control character, wildcard, or blank at an end into a value', () => {
  fc.assert(
    fc.property(cells, options, (row, how) => {
      for (const value of Object.values(normaliseRecord(row, how).demographics)) {
        if (typeof value !== 'string') continue;
        expect(value).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}*?%\uFFFD]|^\s|\s$|\s\s|^$/u);
      }
    }),
    NUM_RUNS,
  );
});

it('keeps to the lengths that PDS allows', () => {
  fc.assert(
    fc.property(cells, options, (row, how) => {
      const { familyName, givenName, otherGivenNames, postcode } = normaliseRecord(
        row,
        how,
      ).demographics;
      expect([...(familyName ?? '')].length).toBeLessThanOrEqual(35);
      expect([...(givenName ?? '')].length).toBeLessThanOrEqual(35);
      expect([...(otherGivenNames ?? '')].length).toBeLessThanOrEqual(100);
      expect((postcode ?? '').length).toBeLessThanOrEqual(8);
    }),
    NUM_RUNS,
  );
});

it('never leaves out a cell without saying why, or saying that it is empty', () => {
  fc.assert(
    fc.property(cell, options, (text, how) => {
      const { demographics, findings } = normaliseRecord({ family_name: text }, how);
      const isUsed = demographics.familyName !== undefined;
      const hasFault = findings.some((finding) => FINDINGS[finding.code].kind === 'fault');
      const isEmpty = text.replace(/\p{Cf}/gu, '').trim() === '';
      expect([isUsed, hasFault, isEmpty].filter(Boolean)).toHaveLength(1);
    }),
    NUM_RUNS,
  );
});
