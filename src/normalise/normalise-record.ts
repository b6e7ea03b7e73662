import { type BirthDate, birthDatePrecision } from '../domain/birth-date.ts';
import type { Demographics } from '../domain/demographics.ts';
import type { Field, SourceCells } from '../domain/field.ts';
import type { Finding, FindingCode } from '../domain/finding.ts';
import type { Gender } from '../domain/gender.ts';
import type { NhsNumber } from '../domain/nhs-number.ts';
import type { Postcode } from '../domain/postcode.ts';
import { canTrace, type RowMarks, type Traceability } from './can-trace.ts';
import { isExpected, readEstimatedFlag } from './date-flags.ts';
import { type DateOptions, normaliseDate } from './dates.ts';
import { daysBetween } from './day-number.ts';
import { normaliseGender } from './genders.ts';
import { readName } from './name-text.ts';
import { MAX_NAME_LENGTH, type NamesReading, normaliseNames } from './names.ts';
import { type NhsNumberOptions, normaliseNhsNumber } from './nhs-numbers.ts';
import { normalisePostcode } from './postcodes.ts';
import type { Reading } from './reading.ts';

/** How the files of a job are to be read. `today` is `YYYYMMDD`: ages are reckoned from it. */
export interface NormaliseOptions extends DateOptions, NhsNumberOptions {}

export interface NormalisedRecord {
  /** What can be used. */
  readonly demographics: Demographics;
  /** Everything found in the cells, all fields at once, each finding once. */
  readonly findings: readonly Finding[];
  readonly traceability: Traceability;
}

/**
 * Turns the cells of one row into what can be sent, or the reasons why not. An absent cell is an
 * empty one. Never throws, whatever the cells hold.
 */
export function normaliseRecord(cells: SourceCells, options: NormaliseOptions): NormalisedRecord {
  const read = readCells(cells, options);
  const marks = marksOf(cells, read, options.today);
  const demographics = demographicsOf(read);
  return {
    demographics,
    findings: withoutRepeats([
      ...cellFindingsOf(read),
      ...rowFindingsOf(demographics, read.names, marks),
    ]),
    traceability: canTrace(demographics, marks),
  };
}

interface ReadCells {
  readonly nhsNumber: Reading<NhsNumber>;
  readonly names: NamesReading;
  readonly previousFamilyName: Reading<string>;
  readonly birthDate: Reading<BirthDate>;
  readonly isEstimated: Reading<boolean>;
  readonly gender: Reading<Gender>;
  readonly postcode: Reading<Postcode>;
  readonly previousPostcode: Reading<Postcode>;
}

function readCells(cells: SourceCells, options: NormaliseOptions): ReadCells {
  return {
    nhsNumber: normaliseNhsNumber(cells.nhs_number ?? '', options),
    names: normaliseNames(cells),
    previousFamilyName: readName(cells.previous_family_name ?? '', MAX_NAME_LENGTH),
    birthDate: normaliseDate(cells.birth_date ?? '', options),
    isEstimated: readEstimatedFlag(cells.birth_date_is_estimated ?? ''),
    gender: normaliseGender(cells.gender ?? ''),
    postcode: normalisePostcode(cells.postcode ?? ''),
    previousPostcode: normalisePostcode(cells.previous_postcode ?? ''),
  };
}

/** Absent rather than undefined, so that a stored record looks the same as a fresh one. */
function demographicsOf(read: ReadCells): Demographics {
  const { value: nhsNumber } = read.nhsNumber;
  const { value: birthDate } = read.birthDate;
  const { value: gender } = read.gender;
  const { value: postcode } = read.postcode;
  const { value: previousFamilyName } = read.previousFamilyName;
  const { value: previousPostcode } = read.previousPostcode;
  return {
    ...(nhsNumber === undefined ? {} : { nhsNumber }),
    ...read.names.names,
    ...(previousFamilyName === undefined ? {} : { previousFamilyName }),
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(birthDate !== undefined && read.isEstimated.value ? { isBirthDateEstimated: true } : {}),
    ...(gender === undefined ? {} : { gender }),
    ...(postcode === undefined ? {} : { postcode }),
    ...(previousPostcode === undefined ? {} : { previousPostcode }),
  };
}

function marksOf(cells: SourceCells, read: ReadCells, today: string): RowMarks {
  const { value, findings } = read.birthDate;
  const hasNoBirthDate = value === undefined && findings.length === 0;
  return {
    isChi: read.nhsNumber.findings.includes('chi-number'),
    isUnborn: hasNoBirthDate && isExpected(cells.expected_birth_date ?? ''),
    isUnnamedNewborn: read.names.babyNameFields.length > 0 && isUnderSixWeeks(value, today),
  };
}

/** NHS NUMBER STATUS INDICATOR CODE 08 (NHS Data Dictionary) is for babies under six weeks old. */
function isUnderSixWeeks(birthDate: BirthDate | undefined, today: string): boolean {
  if (birthDate === undefined || birthDatePrecision(birthDate) !== 'day') return false;
  return daysBetween(birthDate, today) < 42;
}

function cellFindingsOf(read: ReadCells): readonly Finding[] {
  return [
    ...inField('nhs_number', read.nhsNumber.findings),
    ...read.names.findings,
    ...inField('previous_family_name', read.previousFamilyName.findings),
    ...inField('birth_date', read.birthDate.findings),
    ...inField('birth_date_is_estimated', read.isEstimated.findings),
    ...inField('gender', read.gender.findings),
    ...inField('postcode', read.postcode.findings),
    ...inField('previous_postcode', read.previousPostcode.findings),
  ];
}

/** What only shows when several cells are looked at together. */
function rowFindingsOf(
  demographics: Demographics,
  names: NamesReading,
  marks: RowMarks,
): readonly Finding[] {
  const babyCode = marks.isUnnamedNewborn ? 'baby-name-newborn' : 'baby-name';
  return [
    ...names.babyNameFields.flatMap((field) => inField(field, [babyCode])),
    ...inField('birth_date', demographics.isBirthDateEstimated ? ['date-estimated'] : []),
    ...inField('expected_birth_date', marks.isUnborn ? ['unborn'] : []),
  ];
}

function inField(field: Field, codes: readonly FindingCode[]): readonly Finding[] {
  return codes.map((code) => ({ field, code }));
}

function withoutRepeats(findings: readonly Finding[]): readonly Finding[] {
  const byKey = new Map(findings.map((finding) => [`${finding.field} ${finding.code}`, finding]));
  return [...byKey.values()];
}
