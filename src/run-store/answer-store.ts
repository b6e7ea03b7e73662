/**
 * Answers of earlier runs, in one SQLite file beside the run directories. It holds nothing readable: a person is
 * named by an HMAC of what the row said, and the answer is sealed, both with keys made from NHS_TRACE_KEY.
 */
import { createHash, createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Asked, Subject } from '../domain/record.ts';
import { inTransaction } from '../lib/in-transaction.ts';
import { createSealer, type Sealer } from '../lib/seal.ts';
import { BUSY_MS, type OwnDatabase, openOwnDatabase, versionOf } from './own-database.ts';

/** Raised when an answer of another version could be taken for what it is not. */
const FORMAT = 1;

const ANSWER_STORE: OwnDatabase = {
  name: 'store of earlier answers',
  format: FORMAT,
  schema: `
CREATE TABLE answer (
  name BLOB PRIMARY KEY,       -- HMAC-SHA-256 of person, route, policy and endpoint
  answered_at INTEGER NOT NULL, -- by the provider; milliseconds since 1970
  expires_at INTEGER NOT NULL, -- deleted from then on
  sealed TEXT NOT NULL         -- what was asked and answered: AES-256-GCM, bound to name and time of the answer
);
CREATE INDEX answer_expiry ON answer (expires_at);
`,
};

export interface AnswerStoreOptions {
  readonly path: string;
  /** 32 bytes. */
  readonly key: Buffer;
  /** Answers to other questions, or of another provider, are not those of this run. */
  readonly scope: { readonly endpoint: string; readonly policy: unknown };
  /**
   * How long an answer stays good at most, in milliseconds. Some stay good for no more than two thirds of it, so that
   * those of one night are not all asked for again in one night.
   */
  readonly forMs: number;
  readonly nowMs: number;
}

export interface StoredAnswer {
  readonly asked: readonly Asked[];
  /** When the provider answered; milliseconds since 1970. */
  readonly answeredAtMs: number;
}

export interface AnswerStore {
  /**
   * Undefined when there is none, when it is too old, from the future or its time was changed, or when it was sealed
   * with another key.
   */
  find(subject: Subject): StoredAnswer | undefined;
  /** How many have expired, or are from the future, and are still there. */
  expired(): number;
  deleteExpired(): void;
  /** All in one transaction. A later answer takes the place of an earlier one. */
  keep(answers: readonly (StoredAnswer & { readonly subject: Subject })[]): void;
  close(): void;
}

/** Opens or makes the file, mode 0600. Throws ConfigError when it is no such store. */
export function openAnswerStore(options: AnswerStoreOptions): AnswerStore {
  const { key, forMs, nowMs } = options;
  const db = openStoreFile(options.path);
  const find = db.prepare(
    'SELECT answered_at, sealed FROM answer WHERE name = ? AND expires_at > ? AND answered_at <= ?',
  );
  const put = db.prepare(
    'INSERT INTO answer VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET answered_at = excluded.answered_at, expires_at = excluded.expires_at, sealed = excluded.sealed WHERE excluded.answered_at >= answered_at',
  );
  const nameOf = createNaming(key, options.scope);
  const sealer = answerSealer(key);
  const open = (sealed: string, context: string): readonly Asked[] | undefined => {
    try {
      return JSON.parse(sealer.open(sealed, context)) as readonly Asked[];
    } catch {
      return undefined;
    }
  };
  return {
    find: (subject) => {
      const name = nameOf(subject);
      const found = find.get(name, nowMs, latestMs(nowMs));
      const answeredAtMs = Number(found?.['answered_at'] ?? Number.NEGATIVE_INFINITY);
      if (answeredAtMs <= nowMs - lifetimeMs(name, forMs)) return undefined;
      const asked = open(String(found?.['sealed']), answerContext(name, answeredAtMs));
      return asked === undefined ? undefined : { asked, answeredAtMs };
    },
    expired: () => countExpired(db, nowMs),
    deleteExpired: () => {
      db.prepare(`DELETE FROM answer ${EXPIRED}`).run(nowMs, latestMs(nowMs));
    },
    keep: (answers) =>
      inTransaction(db, () => {
        for (const { subject, asked, answeredAtMs } of answers) {
          const name = nameOf(subject);
          const sealed = sealer.seal(JSON.stringify(asked), answerContext(name, answeredAtMs));
          put.run(name, answeredAtMs, answeredAtMs + lifetimeMs(name, forMs), sealed);
        }
      }),
    close: () => db.close(),
  };
}

/** How many answers of a store have expired; 0 where there is none. */
export function countExpiredAnswers(path: string, nowMs: number): number {
  return withStore(path, 0, (db) => countExpired(db, nowMs));
}

/** Deletes what has expired, and overwrites it. */
export function deleteExpiredAnswers(path: string, nowMs: number): void {
  withStore(path, undefined, (db) => {
    db.exec('PRAGMA secure_delete = ON');
    db.prepare(`DELETE FROM answer ${EXPIRED}`).run(nowMs, latestMs(nowMs));
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  });
}

const EXPIRED = 'WHERE expires_at <= ? OR answered_at > ?';

/** The clock was wrong when an answer is from after this: how old it is cannot be told. */
function latestMs(nowMs: number): number {
  return nowMs + 3_600_000;
}

function countExpired(db: DatabaseSync, nowMs: number): number {
  const found = db
    .prepare(`SELECT count(*) AS n FROM answer ${EXPIRED}`)
    .get(nowMs, latestMs(nowMs));
  return Number(found?.['n']);
}

function withStore<T>(path: string, otherwise: T, use: (db: DatabaseSync) => T): T {
  if (!isStore(path)) return otherwise;
  const db = openStoreFile(path);
  try {
    return use(db);
  } finally {
    db.close();
  }
}

/** Looked at only: the path may come out of a run that somebody else put there, and lead to a file of others. */
function isStore(path: string): boolean {
  if (!existsSync(path)) return false;
  const db = new DatabaseSync(path, { readOnly: true, timeout: BUSY_MS });
  try {
    return versionOf(db) === FORMAT;
  } catch {
    return false;
  } finally {
    db.close();
  }
}

/** Whose answer it is, and of when: neither can be changed without the key. */
export function answerContext(name: Buffer, answeredAtMs: number): string {
  return `${name.toString('base64')} ${answeredAtMs}`;
}

/** Spread by the name, which is as good as chance, and the same every night. */
function lifetimeMs(name: Buffer, forMs: number): number {
  return Math.round(forMs * (2 / 3 + name.readUInt32BE() / 2 ** 32 / 3));
}

/** By which the answer about a person is found. */
export function createNaming(
  key: Buffer,
  { endpoint, policy }: AnswerStoreOptions['scope'],
): (subject: Subject) => Buffer {
  const scope = createHash('sha256')
    .update(JSON.stringify([FORMAT, endpoint, policy]))
    .digest();
  const nameKey = createSecretKey(derivedKey(key, 'names'));
  return ({ route, demographics }) =>
    createHmac('sha256', nameKey)
      .update(scope)
      .update(JSON.stringify([route, demographics]))
      .digest();
}

export function answerSealer(key: Buffer): Sealer {
  return createSealer(derivedKey(key, 'answers'));
}

function derivedKey(key: Buffer, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `nhs-trace answer store: ${use}`, 32));
}

/** Throws ConfigError when it is no such store. */
export function openStoreFile(path: string): DatabaseSync {
  return openOwnDatabase(path, ANSWER_STORE);
}
