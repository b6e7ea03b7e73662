/** Rows that people have mended, in the place of what they were, which is kept. */
import { randomInt } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { IngestedRow } from '../domain/record.ts';
import { inTransaction } from '../lib/in-transaction.ts';
import { prepareAddRow } from './add-row.ts';
import { storedJson } from './stored-json.ts';

/**
 * People who come with a correction have numbers that no other correction gives: where an older copy of the ledger was
 * put back, a queue or a reply may still hold answers about people of whom it knows nothing.
 */
const LARGEST_GAP = 2 ** 40;

/** One time that mended rows were given back. */
export interface Correction {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly user: string;
  /** The name of the file that was given back, and its SHA-256 in hexadecimal. */
  readonly file: string;
  readonly sha256: string;
}

/** A row as it is now to be, and what the run said of it until then (any JSON value). */
export interface MendedRow {
  readonly row: IngestedRow;
  readonly decided: unknown;
}

/** What a row was before one of its corrections. */
export interface EarlierRow extends Pick<Correction, 'at' | 'user'> {
  readonly row: number;
  /** Numbered from 1, in order of time. */
  readonly correctionId: number;
  readonly cells: readonly string[];
  readonly decided: unknown;
}

export interface LedgerCorrections {
  /**
   * All in one transaction. A row whose details are those of a subject that was answered has that
   * answer; what nobody answered for a subject that gets a row is asked again.
   */
  correct(correction: Correction, rows: readonly MendedRow[]): void;
  lastCorrection(): (Correction & { readonly correctionId: number }) | undefined;
  /** What corrected rows were, by row, oldest first. */
  earlierRows(): readonly EarlierRow[];
  /** The cells that one row had before each of its corrections, oldest first. */
  earlierCells(row: number): readonly (readonly string[])[];
}

export function correctionsPart(db: DatabaseSync): LedgerCorrections {
  return {
    correct: (correction, rows) =>
      inTransaction(db, () => {
        const { at, user, file, sha256 } = correction;
        const added = db
          .prepare('INSERT INTO correction (at, user, file, sha256) VALUES (?, ?, ?, ?)')
          .run(at, user, file, sha256);
        const replace = prepareReplaceRow(db, Number(added.lastInsertRowid));
        for (const row of rows) replace(row);
      }),
    lastCorrection: () => {
      const found = db.prepare('SELECT * FROM correction ORDER BY correction_id DESC').get();
      if (found === undefined) return undefined;
      const { at, user, file, sha256 } = found;
      return {
        correctionId: Number(found['correction_id']),
        ...{ at: String(at), user: String(user), file: String(file), sha256: String(sha256) },
      };
    },
    earlierRows: () =>
      db
        .prepare(
          'SELECT e.row, e.correction_id, e.cells, e.decided, c.at, c.user FROM earlier_row e JOIN correction c USING (correction_id) ORDER BY e.row, e.correction_id',
        )
        .all()
        .map((found) => ({
          row: Number(found['row']),
          correctionId: Number(found['correction_id']),
          cells: storedJson(found['cells']),
          decided: storedJson(found['decided']),
          at: String(found['at']),
          user: String(found['user']),
        })),
    earlierCells: (row) =>
      db
        .prepare('SELECT cells FROM earlier_row WHERE row = ? ORDER BY correction_id')
        .all(row)
        .map((found) => storedJson(found['cells'])),
  };
}

function prepareReplaceRow(db: DatabaseSync, correctionId: number): (mended: MendedRow) => void {
  const keep = db.prepare(
    'INSERT INTO earlier_row SELECT r.row, ?, r.cells, r.findings, r.subject_id, r.problem, r.nhs_number, a.result, ? FROM input_row r LEFT JOIN answer a USING (subject_id) WHERE r.row = ?',
  );
  const leave = db.prepare(
    'UPDATE subject SET row_count = row_count - 1 WHERE subject_id = (SELECT subject_id FROM input_row WHERE row = ?)',
  );
  const remove = db.prepare('DELETE FROM input_row WHERE row = ? RETURNING subject_id');
  const last = db.prepare('SELECT max(subject_id) AS id FROM subject').get();
  let id = Number(last?.['id']) + randomInt(LARGEST_GAP);
  const add = prepareAddRow(db, () => {
    id += 1;
    return id;
  });
  const keepProgress = db.prepare(
    "INSERT OR REPLACE INTO progress SELECT subject_id, result FROM answer WHERE subject_id = ? AND kind = 'unanswered'",
  );
  const reopen = db.prepare("DELETE FROM answer WHERE subject_id = ? AND kind = 'unanswered'");
  return ({ row, decided }) => {
    keep.run(correctionId, JSON.stringify(decided), row.row);
    leave.run(row.row);
    const before = remove.get(row.row)?.['subject_id'];
    const subjectId = add(row);
    if (subjectId === undefined || subjectId === before) return;
    keepProgress.run(subjectId);
    reopen.run(subjectId);
  };
}
