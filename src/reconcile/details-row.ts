/** A matched row beside what PDS holds, in the details that the job brings back. Pure. */
import { isDifferent } from '../domain/beside.ts';
import { type Detail, type ExtraRules, LOCATION_DETAILS } from '../domain/extra-output.ts';
import type { AnsweredRow } from '../domain/record.ts';
import type { PatientDetails } from '../domain/trace.ts';
import type { DecidedRow } from './decide-rows.ts';
import { personBehind, usualAddress } from './person-behind.ts';
import { cellAt, type RecordColumns } from './record-columns.ts';
import { rowBeside } from './row-beside.ts';

export function detailsColumns(wanted: readonly Detail[]): readonly string[] {
  return [
    'trace_row',
    'trace_nhs_number',
    'local_identifier',
    'pds_deceased',
    'pds_restricted',
    'differs',
    ...wanted.flatMap((detail) => [`held_${detail}`, `pds_${detail}`]),
  ];
}

/** One cell for each of the columns; undefined when the row is no match. */
export function detailsRow(
  answered: AnsweredRow,
  decided: DecidedRow,
  { bring_back: wanted, date_order: order }: Omit<ExtraRules, 'outputs'>,
  columns: RecordColumns,
): readonly string[] | undefined {
  if (decided.decision.kind !== 'match') return undefined;
  const { nhsNumber } = decided.decision;
  const { details, isRestricted } = personBehind(answered, decided, columns);
  const held = heldDetails(answered, columns);
  const onPds = details === undefined ? NOTHING : pdsDetails(details);
  const compared = rowBeside(answered, nhsNumber, columns.localId).fields;
  const alike = new Map<string, boolean>(
    compared.map((field) => [field.field, !isDifferent(field)]),
  );
  const differs = (detail: Detail): boolean => {
    if (isRestricted && LOCATION_DETAILS.has(detail)) return false;
    if (detail === 'death_date')
      return (
        details?.deathDate !== undefined && !isSameDate(held.death_date, onPds.death_date, order)
      );
    const isAlike = alike.get(detail);
    if (isAlike !== undefined) return !isAlike;
    return isHeldColumn(detail, columns) && onPds[detail] !== '' && !isSame(held, onPds, detail);
  };
  return [
    String(answered.row),
    nhsNumber,
    cellAt(answered.cells, columns.localId),
    details?.deathDate === undefined ? 'no' : 'yes',
    isRestricted ? 'yes' : 'no',
    wanted.filter(differs).join(' '),
    ...wanted.flatMap((detail) => [held[detail], onPds[detail]]),
  ];
}

type Words = Readonly<Record<Detail, string>>;

const NOTHING: Words = {
  title: '',
  family_name: '',
  given_name: '',
  other_given_names: '',
  birth_date: '',
  gender: '',
  death_date: '',
  address: '',
  postcode: '',
  telephone: '',
  gp_practice_code: '',
};

function heldDetails({ fate, cells }: AnsweredRow, columns: RecordColumns): Words {
  const held = fate.kind === 'trace' ? fate.subject.demographics : {};
  const lines = columns.addressLines.map((column) => cellAt(cells, column));
  return {
    title: cellAt(cells, columns.title),
    family_name: held.familyName ?? '',
    given_name: held.givenName ?? '',
    other_given_names: held.otherGivenNames ?? '',
    birth_date: dateWords(held.birthDate),
    gender: held.gender ?? '',
    death_date: cellAt(cells, columns.deathDate),
    address: joined(lines),
    postcode: held.postcode ?? '',
    telephone: cellAt(cells, columns.telephone),
    gp_practice_code: cellAt(cells, columns.practiceCode),
  };
}

function pdsDetails(details: PatientDetails): Words {
  const [given = '', ...others] = details.givenNames;
  const address = usualAddress(details);
  const numbers = details.telecoms.flatMap((telecom) => /^tel:(.+)$/i.exec(telecom)?.[1] ?? []);
  return {
    title: details.title ?? '',
    family_name: details.familyName ?? '',
    given_name: given,
    other_given_names: others.join(' '),
    birth_date: dateWords(details.birthDate),
    gender: details.gender ?? '',
    death_date: dateWords(details.deathDate),
    address: joined(address?.lines ?? []),
    postcode: address?.postcode ?? '',
    telephone: numbers[0] ?? '',
    gp_practice_code: details.practiceCode ?? '',
  };
}

/** ISO 8601, as far as it is known: 1981-09-17, 1981-09, 1981. */
function dateWords(digits = ''): string {
  return [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)].filter(Boolean).join('-');
}

function joined(lines: readonly string[]): string {
  return lines.filter(Boolean).join(', ');
}

/** Without a column there is nothing that could differ. */
function isHeldColumn(detail: Detail, columns: RecordColumns): boolean {
  if (detail === 'address') return columns.addressLines.length > 0;
  if (detail === 'telephone') return columns.telephone !== undefined;
  if (detail === 'gp_practice_code') return columns.practiceCode !== undefined;
  return columns.title !== undefined;
}

/** But for case, blanks and punctuation. */
function isSame(held: Words, onPds: Words, detail: Detail): boolean {
  const fold = (text: string): string => text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
  return fold(held[detail]) === fold(onPds[detail]);
}

/** A part of a date is the same as a date within it; one that cannot be read is not the same. */
function isSameDate(held: string, iso: string, order: ExtraRules['date_order']): boolean {
  return digitsOf(held, order)?.startsWith(iso.replaceAll('-', '')) ?? false;
}

/** YYYYMMDD of a date in figures, a time after it or not; which of two figures is the day, the job says. */
function digitsOf(held: string, order: ExtraRules['date_order']): string | undefined {
  const yearFirst = /^(\d{4})(?:\D(\d{1,2})\D(\d{1,2})|(\d{2})(\d{2}))/.exec(held);
  if (yearFirst !== null) {
    const [, year = '', month = '', day = '', mm = month, dd = day] = yearFirst;
    return `${year}${mm.padStart(2, '0')}${dd.padStart(2, '0')}`;
  }
  const yearLast = /^(\d{1,2})\D(\d{1,2})\D(\d{4})(?!\d)/.exec(held);
  if (yearLast === null) return undefined;
  const [, first = '', second = '', year = ''] = yearLast;
  const [day, month] = order === 'dmy' ? [first, second] : [second, first];
  return `${year}${month.padStart(2, '0')}${day.padStart(2, '0')}`;
}
