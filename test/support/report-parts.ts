/** An invented run as the report is handed it. */
import { COMPARED_FIELDS, type FieldBeside, type RowBeside } from '../../src/domain/beside.ts';
import type { WorkLists } from '../../src/domain/work-list.ts';
import type { ReportParts } from '../../src/report/report-view.ts';
import type { ReportCause } from '../../src/report/view-exceptions.ts';
import { aNumber } from './people.ts';
import { aSummary } from './summaries.ts';

/** A run in which nothing happened, but for the changes. */
export function reportParts(changes: Partial<ReportParts> = {}): ReportParts {
  return {
    summary: aSummary(),
    purpose: '',
    steps: [],
    matchesByStep: {},
    causes: [],
    workLists: workLists(),
    findings: [],
    log: { stretchMs: 60_000, codes: [], pauses: [] },
    before: [],
    ...changes,
  };
}

export function workLists(changes: Partial<WorkLists> = {}): WorkLists {
  const none = { count: 0, rows: [] };
  const byField = Object.fromEntries(COMPARED_FIELDS.map((field) => [field, 0]));
  return {
    superseded: none,
    invalidated: none,
    shared: none,
    discrepancies: {
      ...none,
      compared: 0,
      byField: { ...byField, deceased: 0 } as WorkLists['discrepancies']['byField'],
    },
    ...changes,
  };
}

/** Rowan O'Testby, whom PDS knows at another postcode. */
export function aRowBeside(row = 1, changes: Partial<RowBeside> = {}): RowBeside {
  return {
    row,
    localId: `P${row}`,
    otherNumber: aNumber(),
    pdsNumber: aNumber(),
    fields: [
      aField('family_name', "O'Testby", "O'TESTBY", 'same'),
      aField('given_name', 'Rowan', 'ROWAN', 'same'),
      aField('other_given_names', '', 'ALEX', 'unknown'),
      aField('birth_date', '17 Sep 1981', '17 Sep 1981', 'same'),
      aField('gender', 'female', 'female', 'same'),
      aField('postcode', 'M1 1AE', 'EC1A 1BB', 'differs'),
    ],
    ...changes,
  };
}

function aField(
  field: FieldBeside['field'],
  held: string,
  onPds: string,
  likeness: FieldBeside['likeness'],
): FieldBeside {
  return { field, held, onPds, likeness };
}

/** One row more than is listed. */
export function aCause(rows = 1, changes: Partial<ReportCause> = {}): ReportCause {
  return {
    code: 'possible-match',
    reason: 'Somebody was found. Postcode: PDS holds another.',
    action: 'Compare.',
    count: rows + 1,
    rows: Array.from({ length: rows }, (_none, at) => aRowBeside(at + 1)),
    ...changes,
  };
}
