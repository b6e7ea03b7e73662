/** One row into the ledger, with the subject that it shares with all rows of the same details. */
import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { IngestedRow, Subject } from '../domain/record.ts';

/** Gives the subject's number, or undefined for a row that is not traced. `nextId`: of a new subject; null takes the next. */
export function prepareAddRow(
  db: DatabaseSync,
  nextId: () => number | null,
): (row: IngestedRow) => number | undefined {
  const addSubject = db.prepare(
    'INSERT INTO subject (subject_id, digest, route, demographics, row_count) VALUES (?, ?, ?, ?, 1) ON CONFLICT (digest) DO UPDATE SET row_count = row_count + 1 RETURNING subject_id',
  );
  const addRow = db.prepare('INSERT INTO input_row VALUES (?, ?, ?, ?, ?, ?)');
  const subjectIdOf = ({ demographics, route }: Subject): number => {
    const text = JSON.stringify(demographics);
    const digest = createHash('sha256').update(route).update(text).digest();
    return Number(addSubject.get(nextId(), digest, route, text)?.['subject_id']);
  };
  return (row) => {
    const { fate } = row;
    if (fate.kind === 'local') {
      addRow.run(...cellsOf(row), null, JSON.stringify(fate.problem), fate.nhsNumber ?? null);
      return undefined;
    }
    const subjectId = subjectIdOf(fate.subject);
    addRow.run(...cellsOf(row), subjectId, null, fate.subject.demographics.nhsNumber ?? null);
    return subjectId;
  };
}

function cellsOf({ row, cells, findings }: IngestedRow): [number, string, string] {
  return [row, JSON.stringify(cells), JSON.stringify(findings)];
}
