/** The three kinds of file that people send, and how each writes a person. */

import { type DateFormat, writeDate } from './dates.ts';

/** Which job the cohort is for. */
export type CohortStyle = 'nightly' | 'backfill' | 'social-care';

/** One row before it is written: the text of each field, as in the file. Empty for nothing. */
export interface Draft {
  readonly localId: string;
  readonly nhsNumber: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly birthDate: string;
  /** `Y` when the birth date was estimated. Only social care has the column. */
  readonly isEstimated: string;
  readonly gender: string;
  readonly postcode: string;
  /** Free text. Only the nightly file has the column. */
  readonly notes: string;
}

/** A field of a row. */
export type DraftField = keyof Draft;

/** The ways of writing a gender: `1`, `M` or `Male`. */
export const genderCodings = ['letter', 'word', 'digit'] as const;

/** How a gender is written. */
export type GenderCoding = (typeof genderCodings)[number];

/** How one kind of file is laid out. */
export interface CohortLayout {
  readonly columns: readonly (readonly [header: string, field: DraftField])[];
  readonly dateFormat: DateFormat;
  readonly genderCoding: GenderCoding;
  readonly localIdPrefix: string;
}

const layouts: Readonly<Record<CohortStyle, CohortLayout>> = {
  nightly: {
    columns: [
      ['LOCAL PATIENT IDENTIFIER', 'localId'],
      ['NHS NUMBER', 'nhsNumber'],
      ['PERSON FAMILY NAME', 'familyName'],
      ['PERSON GIVEN NAME', 'givenName'],
      ['PERSON BIRTH DATE', 'birthDate'],
      ['PERSON STATED GENDER CODE', 'gender'],
      ['POSTCODE OF USUAL ADDRESS', 'postcode'],
      ['NOTES', 'notes'],
    ],
    dateFormat: 'iso',
    genderCoding: 'digit',
    localIdPrefix: 'P',
  },
  backfill: {
    columns: [
      ['Hospital Number', 'localId'],
      ['Surname', 'familyName'],
      ['Forename', 'givenName'],
      ['DOB', 'birthDate'],
      ['Sex', 'gender'],
      ['Postcode', 'postcode'],
    ],
    dateFormat: 'slashes',
    genderCoding: 'letter',
    localIdPrefix: 'H',
  },
  'social-care': {
    columns: [
      ['Client ID', 'localId'],
      ['First Name', 'givenName'],
      ['Last Name', 'familyName'],
      ['Gender', 'gender'],
      ['Date of Birth', 'birthDate'],
      ['DOB Estimated', 'isEstimated'],
      ['Postcode', 'postcode'],
      ['NHS Number', 'nhsNumber'],
    ],
    dateFormat: 'slashes',
    genderCoding: 'word',
    localIdPrefix: 'C',
  },
};

/** A row of empty cells. */
export const emptyDraft: Draft = {
  localId: '',
  nhsNumber: '',
  familyName: '',
  givenName: '',
  birthDate: '',
  isEstimated: '',
  gender: '',
  postcode: '',
  notes: '',
};

const genderTexts: Readonly<Record<GenderCoding, Readonly<Record<string, string>>>> = {
  digit: { '0': 'X', '1': '1', '2': '2', '9': '9' },
  letter: { '0': 'U', '1': 'M', '2': 'F', '9': 'I' },
  word: { '0': 'Unknown', '1': 'Male', '2': 'Female', '9': 'Other' },
};

/** The layout of a kind of file. */
export function layoutOf(style: CohortStyle): CohortLayout {
  return layouts[style];
}

/** True when the file has a column for NHS numbers. */
export function hasNumbers(layout: CohortLayout): boolean {
  return layout.columns.some(([, field]) => field === 'nhsNumber');
}

/** The header row of a kind of file. */
export function cohortHeader(style: CohortStyle): readonly string[] {
  return layouts[style].columns.map(([header]) => header);
}

/** The cells of a row, in the order of the header. */
export function cellsOf(draft: Draft, layout: CohortLayout): readonly string[] {
  return layout.columns.map(([, field]) => draft[field]);
}

/** The fields of a row from its cells, in the order of the header; empty where there is no column. */
export function draftOfCells(cells: readonly string[], layout: CohortLayout): Draft {
  const fields = layout.columns.map(([, field], at) => [field, cells[at] ?? ''] as const);
  return { ...emptyDraft, ...Object.fromEntries(fields) };
}

/** A gender code (0, 1, 2 or 9) as written in a file. */
export function writeGender(code: string, coding: GenderCoding): string {
  return genderTexts[coding][code] ?? code;
}

/** The details of a person as a faultless row of this layout holds them. */
export function draftOf(
  person: {
    readonly nhs_number: string;
    readonly family_name: string;
    readonly given_name: string;
    readonly birth_date: string;
    readonly gender: string;
    readonly postcode: string;
  },
  layout: CohortLayout,
  row: number,
): Draft {
  return {
    localId: `${layout.localIdPrefix}${String(1_000_000 + ((row * 37) % 9_000_000))}`,
    nhsNumber: person.nhs_number,
    familyName: person.family_name,
    givenName: person.given_name,
    birthDate: writeDate(person.birth_date, layout.dateFormat),
    isEstimated: 'N',
    gender: writeGender(person.gender, layout.genderCoding),
    postcode: person.postcode,
    notes: '',
  };
}
