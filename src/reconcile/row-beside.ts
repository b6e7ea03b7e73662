/** A row beside what PDS holds, for reports and work lists. Pure. */
import type {
  CellInFile,
  ComparedField,
  FieldBeside,
  Likeness,
  RowBeside,
} from '../domain/beside.ts';
import { formatBirthDate, parseBirthDate } from '../domain/birth-date.ts';
import type { Demographics } from '../domain/demographics.ts';
import { formatGender } from '../domain/gender.ts';
import type { NhsNumber } from '../domain/nhs-number.ts';
import type { AnsweredRow } from '../domain/record.ts';
import type { PatientDetails } from '../domain/trace.ts';
import { type Comparison, compareDemographics } from '../match/compare-demographics.ts';
import { peopleFound } from '../match/people-found.ts';

/**
 * `number`: what the row came to, matched or candidate; without one, the number that it holds.
 * `localIdColumn`: which cell names the record, counted from 0.
 */
export function rowBeside(
  answered: AnsweredRow,
  number: NhsNumber | undefined,
  localIdColumn: number | undefined,
): RowBeside {
  const { row, cells, fate } = answered;
  const held = fate.kind === 'trace' ? fate.subject.demographics : undefined;
  const supplied = fate.kind === 'local' ? fate.nhsNumber : held?.nhsNumber;
  const details = detailsOf(answered, number ?? supplied);
  const former = held?.previousFamilyName;
  return {
    row,
    localId: localIdColumn === undefined ? '' : (cells[localIdColumn] ?? '').trim(),
    ...(supplied === undefined ? {} : { suppliedNumber: supplied }),
    ...cameTo(number, supplied),
    ...(former === undefined ? {} : { formerFamilyName: former }),
    fields: held === undefined ? [] : fieldsBeside(held, details?.person),
    ...(details === undefined ? {} : { pdsNumber: details.nhsNumber }),
    ...(details?.person.deathDate === undefined ? {} : { isDeceased: true }),
  };
}

function cameTo(
  number: NhsNumber | undefined,
  supplied: NhsNumber | undefined,
): Pick<RowBeside, 'otherNumber' | 'cameToSupplied'> {
  if (number === undefined) return {};
  return number === supplied ? { cameToSupplied: true } : { otherNumber: number };
}

/** More of a row than this is for the file to show. */
const MAX_CELLS = 20;
const MAX_TEXT = 80;

/** What stands in the filled cells of a row, the first of them, each cut to a readable length. */
export function cellsInFile(
  cells: readonly string[],
  headers: readonly string[],
): readonly CellInFile[] {
  return cells
    .map((cell, at) => ({ header: headers[at] ?? '', text: cell.trim() }))
    .filter(({ text }) => text !== '')
    .slice(0, MAX_CELLS)
    .map(({ header, text }) => ({ header, text: cutTo(MAX_TEXT, text) }));
}

function cutTo(length: number, text: string): string {
  const characters = [...text];
  return characters.length > length ? `${characters.slice(0, length).join('')}…` : text;
}

/** The person of this number as PDS holds them, once an answer has shown it. */
function detailsOf(
  { result }: AnsweredRow,
  wanted: NhsNumber | undefined,
): { readonly nhsNumber: NhsNumber; readonly person: PatientDetails } | undefined {
  const found = peopleFound(result?.asked ?? []).find(({ nhsNumber }) => nhsNumber === wanted);
  return found?.details && { nhsNumber: found.nhsNumber, person: found.details };
}

function fieldsBeside(held: Demographics, found?: PatientDetails): readonly FieldBeside[] {
  const likeness = likenessOf(found && compareDemographics(held, found));
  const onPds = found === undefined ? undefined : wordsOfPds(found);
  const lines: readonly (readonly [ComparedField, string | undefined])[] = [
    ['family_name', held.familyName],
    ['given_name', held.givenName],
    ['other_given_names', held.otherGivenNames],
    ['birth_date', held.birthDate && formatBirthDate(held.birthDate)],
    ['gender', held.gender && formatGender(held.gender)],
    ['postcode', held.postcode],
  ];
  return lines.map(([field, words]) => ({
    field,
    held: words ?? '',
    onPds: onPds?.[field] ?? '',
    likeness: likeness[field],
  }));
}

function wordsOfPds(found: PatientDetails): Readonly<Record<ComparedField, string>> {
  const [given = '', ...others] = found.givenNames;
  const date = parseBirthDate((found.birthDate ?? '').slice(0, 8));
  const postcodes = found.addresses.flatMap(({ postcode }) => postcode || []);
  return {
    family_name: found.familyName ?? '',
    given_name: given,
    other_given_names: others.join(' '),
    birth_date: date === undefined ? (found.birthDate ?? '') : formatBirthDate(date),
    gender: found.gender === undefined ? '' : formatGender(found.gender),
    postcode: [...new Set(postcodes)].join(', '),
  };
}

function likenessOf(found: Comparison | undefined): Readonly<Record<ComparedField, Likeness>> {
  return {
    family_name: LIKENESS[found?.familyName ?? 'unknown'],
    given_name: LIKENESS[found?.givenName ?? 'unknown'],
    other_given_names: LIKENESS[found?.otherGivenNames ?? 'unknown'],
    birth_date: LIKENESS[found?.birthDate ?? 'unknown'],
    gender: LIKENESS[found?.gender ?? 'unknown'],
    postcode: LIKENESS[found?.postcode ?? 'unknown'],
  };
}

/** An initial that agrees says no more than that; it is no difference. */
const LIKENESS: Readonly<Record<Comparison[keyof Comparison], Likeness>> = {
  same: 'same',
  initial: 'unknown',
  part: 'alike',
  slip: 'alike',
  'short-form': 'alike',
  'short-name': 'alike',
  other: 'alike',
  variant: 'alike',
  exchanged: 'alike',
  near: 'alike',
  'same-district': 'differs',
  differs: 'differs',
  unknown: 'unknown',
};
