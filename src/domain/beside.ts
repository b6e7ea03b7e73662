/** What a row holds beside what PDS holds, for the person who compares the two. */
import type { NhsNumber } from './nhs-number.ts';

/** The fields that are compared, in the order in which people read them. */
export const COMPARED_FIELDS = [
  'family_name',
  'given_name',
  'other_given_names',
  'birth_date',
  'gender',
  'postcode',
] as const;

export type ComparedField = (typeof COMPARED_FIELDS)[number];

/**
 * - `same`: but for case, diacritics and punctuation;
 * - `alike`: a slip, a short form, a half or an exchange, and so a difference to look at;
 * - `unknown`: one side says nothing that can be compared.
 */
export type Likeness = 'same' | 'alike' | 'differs' | 'unknown';

/** One field, in words for people; empty where nothing is held. */
export interface FieldBeside {
  readonly field: ComparedField;
  readonly held: string;
  readonly onPds: string;
  readonly likeness: Likeness;
}

/** Whether PDS holds something else in this field. */
export function isDifferent({ likeness }: FieldBeside): boolean {
  return likeness === 'differs' || likeness === 'alike';
}

/** A row of the input as a person needs it who is to look at it. Holds personal data. */
export interface RowBeside {
  /** 1-based data row of the input. */
  readonly row: number;
  /** What the file calls the record, when it has a column for that. */
  readonly localId: string;
  readonly suppliedNumber?: NhsNumber;
  /** A number that was found for it. */
  readonly otherNumber?: NhsNumber;
  /** The number that it holds is the one that it came to. */
  readonly cameToSupplied?: true;
  readonly formerFamilyName?: string;
  /** Empty when nothing of the row could be used. */
  readonly fields: readonly FieldBeside[];
  /** The filled cells of a row of which nothing could be used, under their headers. */
  readonly inFile?: readonly CellInFile[];
  /** Whose PDS record stands beside it; absent when PDS returned no details. */
  readonly pdsNumber?: NhsNumber;
  /** PDS holds a date of death, or says that there is one. */
  readonly isDeceased?: true;
}

export interface CellInFile {
  readonly header: string;
  readonly text: string;
}

/** The first of many, and how many there are. */
export interface ListCut<T> {
  readonly count: number;
  readonly rows: readonly T[];
}
