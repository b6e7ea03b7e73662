/** Numbers that were replaced, withdrawn or shared, and differences from PDS, as the page shows them. Pure. */
import { COMPARED_FIELDS, isDifferent, type RowBeside } from '../domain/beside.ts';
import { percent, whole } from '../domain/figures.ts';
import { FIELD_LABELS } from '../domain/finding.ts';
import { formatNhsNumber } from '../domain/nhs-number.ts';
import type { SharedByRows, SupersededRow, WorkLists } from '../domain/work-list.ts';
import { moreThan } from './view-exceptions.ts';
import { numberText, type RowView, viewRow } from './view-row.ts';

export interface WorkListsView {
  readonly superseded: ListView<RowView & { readonly replacement: string; readonly task: string }>;
  readonly invalidated: ListView<RowView & { readonly task: string }>;
  readonly shared: ListView<SharedView>;
  readonly discrepancies: ListView<DiscrepancyView> & {
    readonly compared: string;
    readonly byField: readonly {
      readonly label: string;
      readonly count: string;
      readonly share: string;
    }[];
  };
}

interface ListView<T> {
  readonly count: string;
  readonly rows: readonly T[];
  readonly more: string;
}

interface SharedView {
  readonly number: string;
  readonly task: string;
  readonly rows: string;
}

/** One difference on one row. */
interface DiscrepancyView {
  readonly row: string;
  readonly localId: string;
  readonly number: string;
  readonly field: string;
  readonly held: string;
  readonly onPds: string;
}

export function viewWorkLists(lists: WorkLists): WorkListsView {
  const { superseded, invalidated, shared, discrepancies } = lists;
  const { compared, byField } = discrepancies;
  const fields = [...COMPARED_FIELDS, 'deceased'] as const;
  return {
    superseded: { ...frame(superseded), rows: superseded.rows.map(viewSuperseded) },
    invalidated: {
      ...frame(invalidated),
      rows: invalidated.rows.map(viewInvalidated),
    },
    shared: { ...frame(shared), rows: shared.rows.map(viewShared) },
    discrepancies: {
      ...frame(discrepancies),
      rows: discrepancies.rows.flatMap(viewDiscrepancies),
      compared: whole(compared),
      byField: fields.map((field) => ({
        label: field === 'deceased' ? DECEASED : FIELD_LABELS[field],
        count: whole(byField[field]),
        share: percent(byField[field], compared),
      })),
    },
  };
}

const DECEASED = 'Deceased on PDS';

/** What is to be done about a superseded number (MSCA-DQ-03, FLGINV-6 and 7). */
const TASKS: Readonly<Record<SupersededRow['task'], string>> = {
  replace: 'Replace, unless another local record outside this file has the new number',
  merge: 'Do not replace: another row has the new number. Merge by hand',
  check: 'Do not replace: the new number is unknown or in doubt. Look it up on PDS',
};

function viewSuperseded({ beside, replacement, task }: SupersededRow) {
  return {
    ...viewRow(beside, [FIELD_LABELS.nhs_number], ''),
    replacement: numberText(replacement),
    task: TASKS[task],
  };
}

function viewInvalidated(beside: RowBeside) {
  const row = viewRow(beside, [FIELD_LABELS.nhs_number], '');
  return { ...row, task: row.candidate === '' ? NOBODY_FOUND : SOMEBODY_FOUND };
}

const NOBODY_FOUND =
  'Clear or flag the number, and alert the back office. A search found nobody to compare with';
const SOMEBODY_FOUND =
  'Clear or flag the number, and alert the back office, who compare the candidate with the record';

/** What is to be done about a number on several rows (MSCA-DQ-01). */
const SHARED_TASKS: Readonly<Record<SharedByRows['kind'], string>> = {
  'held-back':
    'Held back on all rows that came to it: they look like different people, or one of them has the number by replacement. Decide whose it is, and merge the records of one person by hand.',
  'as-supplied':
    'Several rows were supplied with this number, and at most one of them is confirmed. Decide whose it is.',
  'one-person':
    'The rows that came to it look like one person, and each of them is a match. They may be records to merge.',
};

const SAME_RECORD =
  'The local id is the same on all of them: the file holds one record more than once.';

function viewShared({ nhsNumber, kind, count, rows }: SharedByRows): SharedView {
  const listed = rows.map(({ row, localId }) =>
    localId === '' ? `${row}` : `${row} (${localId})`,
  );
  const more = count > rows.length ? ` and ${whole(count - rows.length)} more` : '';
  return {
    number: formatNhsNumber(nhsNumber),
    task: kind === 'one-person' && isOneRecord(rows) ? SAME_RECORD : SHARED_TASKS[kind],
    rows: `${listed.join(', ')}${more}`,
  };
}

function isOneRecord(rows: SharedByRows['rows']): boolean {
  const ids = new Set(rows.map(({ localId }) => localId));
  return ids.size === 1 && !ids.has('');
}

function viewDiscrepancies(beside: RowBeside): readonly DiscrepancyView[] {
  const { row, localId, pdsNumber, fields, isDeceased } = beside;
  const common = { row: String(row), localId, number: numberText(pdsNumber) };
  return [
    ...fields.filter(isDifferent).map(({ field, held, onPds }) => ({
      ...common,
      field: FIELD_LABELS[field],
      held,
      onPds,
    })),
    ...(isDeceased ? [{ ...common, field: DECEASED, held: '', onPds: 'deceased' }] : []),
  ];
}

function frame(list: { readonly count: number; readonly rows: readonly unknown[] }) {
  return { count: whole(list.count), more: moreThan(list) };
}
