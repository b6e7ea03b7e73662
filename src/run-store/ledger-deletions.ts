/** Rows that lose everything that stood in them: one person, taken out of a run by order. */
import type { DatabaseSync } from 'node:sqlite';
import type { NhsNumber } from '../domain/nhs-number.ts';
import type { RowProblem, Subject } from '../domain/record.ts';
import { ConfigError } from '../errors.ts';
import { inTransaction } from '../lib/in-transaction.ts';
import {
  type RowOfPerson,
  rowsOfPerson,
  SUBJECTS,
  subjectsOfRows,
  type WantedPerson,
} from './person-rows.ts';

/**
 * Numbers on which rows are held back because another row came to them, or held them. That other row is gone, but
 * whoever is left must not come to be a match by that.
 */
export interface HeldNumbers {
  readonly conflicts: readonly NhsNumber[];
  readonly merges: readonly NhsNumber[];
}

export interface LedgerDeletions {
  rowsOf(wanted: WantedPerson): readonly RowOfPerson[];
  subjectsOf(rows: readonly number[]): readonly Subject[];
  /** Numbers that these rows came to or brought, and rows that stay came to as well. */
  sharedWithOthers(rows: readonly number[]): readonly NhsNumber[];
  /**
   * Leaves of the rows their number in the file. What was sent about them stays counted. All in one transaction, which
   * also notes that the outputs must be written again.
   */
  deleteRows(rows: readonly number[], held: HeldNumbers): void;
  heldNumbers(): HeldNumbers;
  /** Whether rows were deleted, and the outputs may not have been written again yet. */
  isDeletionPending(): boolean;
  deletionDone(): void;
  /** Writes the file anew, without what was deleted earlier. `directory`: for what does not fit into memory meanwhile. */
  compact(directory: string): void;
}

export function deletionsPart(db: DatabaseSync): LedgerDeletions {
  return {
    rowsOf: (wanted) => rowsOfPerson(db, wanted),
    subjectsOf: (rows) => subjectsOfRows(db, rows),
    sharedWithOthers: (rows) =>
      db
        .prepare(SHARED)
        .all(JSON.stringify(rows))
        .map((line) => String(line['nhs_number']) as NhsNumber),
    deleteRows: (rows, held) => {
      db.exec('PRAGMA secure_delete = ON');
      inTransaction(db, () => deleteRows(db, JSON.stringify(rows), held));
    },
    heldNumbers: () => (aboutValue(db, HELD) as HeldNumbers | undefined) ?? NONE_HELD,
    isDeletionPending: () => aboutValue(db, PENDING) === true,
    deletionDone: () => {
      db.prepare('DELETE FROM about WHERE key = ?').run(PENDING);
    },
    compact: (directory) => compact(db, directory),
  };
}

export const PENDING = 'deletionPending';
const HELD = 'heldNumbers';
const NONE_HELD: HeldNumbers = { conflicts: [], merges: [] };

const SHARED = `SELECT DISTINCT nhs_number FROM claim
  WHERE subject_id NOT IN (${SUBJECTS}) AND nhs_number IN (
    SELECT nhs_number FROM claim WHERE subject_id IN (${SUBJECTS})
    UNION SELECT nhs_number FROM input_row WHERE row IN (SELECT value FROM json_each(?1)))`;

const DELETED = JSON.stringify({ kind: 'deleted' } satisfies RowProblem);

/** `rows`: a JSON array. A subject without rows stays as an empty shell, so that nobody else gets its number. */
function deleteRows(db: DatabaseSync, rows: string, held: HeldNumbers): void {
  const subjects = db.prepare(SUBJECTS).all(rows);
  const ids = JSON.stringify(subjects.map((line) => line['subject_id']));
  const run = (sql: string, ...values: readonly string[]): void => {
    db.prepare(sql).run(...values);
  };
  run(
    `UPDATE input_row SET cells = (SELECT json_group_array('') FROM json_each(cells)), findings = '[]', subject_id = NULL, problem = ?2, nhs_number = NULL WHERE row IN (SELECT value FROM json_each(?1))`,
    rows,
    DELETED,
  );
  run('DELETE FROM earlier_row WHERE row IN (SELECT value FROM json_each(?))', rows);
  run('DELETE FROM decision WHERE row IN (SELECT value FROM json_each(?))', rows);
  run(
    'UPDATE subject SET row_count = (SELECT count(*) FROM input_row r WHERE r.subject_id = subject.subject_id) WHERE subject_id IN (SELECT value FROM json_each(?))',
    ids,
  );
  const gone = db
    .prepare(
      'SELECT subject_id FROM subject WHERE row_count = 0 AND subject_id IN (SELECT value FROM json_each(?)) AND subject_id NOT IN (SELECT subject_id FROM earlier_row WHERE subject_id IS NOT NULL)',
    )
    .all(ids);
  const goneIds = JSON.stringify(gone.map((line) => line['subject_id']));
  for (const table of ['answer', 'progress', 'claim'])
    run(`DELETE FROM ${table} WHERE subject_id IN (SELECT value FROM json_each(?))`, goneIds);
  run(
    "UPDATE subject SET digest = randomblob(32), demographics = '{}' WHERE subject_id IN (SELECT value FROM json_each(?))",
    goneIds,
  );
  describe(db, HELD, held);
  describe(db, PENDING, true);
}

function compact(db: DatabaseSync, directory: string): void {
  // Beside the ledger: a temporary directory may be anybody's, and memory too small.
  db.exec(`PRAGMA temp_store_directory = '${directory.replaceAll("'", "''")}'`);
  db.exec(
    'PRAGMA temp_store = FILE; PRAGMA secure_delete = ON; VACUUM; PRAGMA temp_store = MEMORY',
  );
  const done = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
  if (done?.['busy'] === 0) return;
  throw new ConfigError('another process reads the ledger. Give the same command again.');
}

function aboutValue(db: DatabaseSync, key: string): unknown {
  const found = db.prepare('SELECT value FROM about WHERE key = ?').get(key);
  return found === undefined ? undefined : JSON.parse(String(found['value']));
}

function describe(db: DatabaseSync, key: string, value: unknown): void {
  db.prepare(
    'INSERT INTO about VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  ).run(key, JSON.stringify(value));
}
