/** SQLite files beside the run directories, which several runs use at a time. */
import { DatabaseSync } from 'node:sqlite';
import { ConfigError } from '../errors.ts';
import { diskFaultOf, isBusyDatabase } from '../lib/disk-fault.ts';
import { inTransaction } from '../lib/in-transaction.ts';
import { makeOwnFile } from './own-file.ts';

export interface OwnDatabase {
  /** What a message calls it: `store of earlier answers`. */
  readonly name: string;
  /** 1 or more; raised when another version would misread what is in it. */
  readonly format: number;
  readonly schema: string;
}

/** So long is waited for another run that writes. */
export const BUSY_MS = 10_000;

const NAP_MS = 5;

/**
 * Opens or makes the file, mode 0600. Throws ConfigError when it cannot be written (`cause` is what the system said),
 * when another program will not let go of it, or when it is not what it should be; and what SQLite throws when the disk
 * is full.
 */
export function openOwnDatabase(path: string, kind: OwnDatabase): DatabaseSync {
  try {
    makeOwnFile(path);
  } catch (cause) {
    throw new ConfigError(`the ${kind.name} ${path} cannot be written.`, { cause });
  }
  const db = new DatabaseSync(path, { timeout: BUSY_MS });
  try {
    useLog(db, performance.now() + BUSY_MS);
    if (versionOf(db) === 0) inTransaction(db, () => prepare(db, kind));
    if (versionOf(db) === kind.format && isAsMade(db, kind)) return db;
  } catch (cause) {
    db.close();
    if (diskFaultOf(cause) !== undefined) throw cause;
    if (isBusyDatabase(cause))
      throw new ConfigError(`the ${kind.name} ${path} is held by another program. Try again.`, {
        cause,
      });
    throw new ConfigError(
      `${path} is no ${kind.name}, or it is damaged. Delete it: the next run makes it anew.`,
      { cause },
    );
  }
  db.close();
  throw new ConfigError(
    `${path} is a ${kind.name} of another version of nhs-trace. Delete it: the next run makes it anew.`,
  );
}

/** Of two that make one file at a time SQLite refuses one at once, whatever its timeout: neither could let go first. */
function useLog(db: DatabaseSync, untilMs: number): void {
  for (;;) {
    try {
      db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
      return;
    } catch (error) {
      if (!isBusyDatabase(error) || performance.now() > untilMs) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, NAP_MS);
    }
  }
}

export function versionOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
}

/** Another run may have been quicker. */
function prepare(db: DatabaseSync, { schema, format }: OwnDatabase): void {
  if (versionOf(db) !== 0) return;
  db.exec(schema);
  db.exec(`PRAGMA user_version = ${format}`);
}

/** Whether it holds our tables and nothing else: a trigger, or a view, would have its own way with what is written. */
function isAsMade(db: DatabaseSync, { schema }: OwnDatabase): boolean {
  const pattern = new DatabaseSync(':memory:');
  try {
    pattern.exec(schema);
    return layoutOf(db) === layoutOf(pattern);
  } finally {
    pattern.close();
  }
}

function layoutOf(db: DatabaseSync): string {
  return JSON.stringify(
    db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all(),
  );
}
