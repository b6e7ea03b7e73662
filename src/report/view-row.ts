/** One row as the page shows it: what was sent, with what PDS holds below it. Pure. */
import {
  type CellInFile,
  type ComparedField,
  isDifferent,
  type RowBeside,
} from '../domain/beside.ts';
import { FIELD_LABELS } from '../domain/finding.ts';
import { formatNhsNumber, type NhsNumber } from '../domain/nhs-number.ts';

export interface RowView {
  readonly row: string;
  readonly localId: string;
  readonly supplied: string;
  /** Empty for none; it may be the number that the row holds. */
  readonly candidate: string;
  readonly isDeceased: boolean;
  /** Name, date of birth, gender, postcode; empty when nothing of the row could be used. */
  readonly cells: readonly CellView[];
  /** What the row holds, when nothing of it could be used. */
  readonly inFile: readonly CellInFile[];
  readonly lookAt: string;
}

export interface CellView {
  readonly label: string;
  readonly held: string;
  /** Empty when PDS returned nothing to compare. */
  readonly onPds: string;
  readonly isSame: boolean;
  readonly isDifferent: boolean;
}

/** What the columns of such a table are called. */
export const ROW_COLUMNS = ['Name', 'Date of birth', 'Gender', 'Postcode'] as const;

const CELLS: readonly (readonly [(typeof ROW_COLUMNS)[number], readonly ComparedField[]])[] = [
  ['Name', ['given_name', 'other_given_names', 'family_name']],
  ['Date of birth', ['birth_date']],
  ['Gender', ['gender']],
  ['Postcode', ['postcode']],
];

/** `named`: the fields that the reason names; `otherwise`: where to look when nothing shows it. */
export function viewRow(beside: RowBeside, named: readonly string[], otherwise: string): RowView {
  const { row, localId, fields, suppliedNumber, isDeceased, inFile = [] } = beside;
  const differing = fields.filter(isDifferent).map(({ field }) => FIELD_LABELS[field]);
  const lookAt = [...new Set([...named, ...differing])];
  return {
    row: String(row),
    localId,
    supplied: numberText(suppliedNumber),
    candidate: numberText(cameTo(beside)),
    isDeceased: isDeceased ?? false,
    cells: fields.length === 0 ? [] : CELLS.map(([label, names]) => cellOf(label, names, beside)),
    inFile,
    lookAt: lookAt.join(', ') || otherwise,
  };
}

/** The number that the row came to, as match or candidate. */
export function cameTo(beside: RowBeside): NhsNumber | undefined {
  return beside.cameToSupplied ? beside.suppliedNumber : beside.otherNumber;
}

/** `999 012 3454` (MSCA-PDS-06); empty for none. */
export function numberText(number: NhsNumber | undefined): string {
  return number === undefined ? '' : formatNhsNumber(number);
}

function cellOf(
  label: string,
  names: readonly ComparedField[],
  { fields, formerFamilyName }: RowBeside,
): CellView {
  const former = label === 'Name' && formerFamilyName ? `(formerly ${formerFamilyName})` : '';
  const parts = names.flatMap((name) => fields.find(({ field }) => field === name) ?? []);
  const differs = parts.some(isDifferent);
  return {
    label,
    held: words([...parts.map(({ held }) => held), former]),
    onPds: words(parts.map(({ onPds }) => onPds)),
    isDifferent: differs,
    isSame: !differs && parts.some(({ likeness }) => likeness === 'same'),
  };
}

function words(parts: readonly string[]): string {
  return parts.filter(Boolean).join(' ');
}
