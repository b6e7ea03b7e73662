/** The answers about one person in the store of earlier answers, found by what is sealed in them and by their names. */
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { type NhsNumber, nhsNumberPattern } from '../domain/nhs-number.ts';
import type { Subject } from '../domain/record.ts';
import { ConfigError } from '../errors.ts';
import { inTransaction } from '../lib/in-transaction.ts';
import {
  type AnswerStoreOptions,
  answerContext,
  answerSealer,
  createNaming,
  openStoreFile,
} from './answer-store.ts';
import { quietPlace } from './look-at-run.ts';

export interface AnswersWanted {
  /** 32 bytes; without it no answer can be told from another. */
  readonly key: Buffer | undefined;
  readonly nhsNumber: NhsNumber | undefined;
  /** The person as runs knew them. */
  readonly known: readonly {
    readonly scope: AnswerStoreOptions['scope'];
    readonly subjects: readonly Subject[];
  }[];
}

export interface AnswersFound {
  readonly names: readonly Buffer[];
  /** Those that another key sealed: nobody can tell whose they are. */
  readonly unreadable: number;
}

/** Reads only. Nothing is found where there is no store. Throws ConfigError when it cannot be read. */
export function findAnswers(path: string, wanted: AnswersWanted): AnswersFound {
  if (!existsSync(path)) return { names: [], unreadable: 0 };
  const db = new DatabaseSync(quietPlace(path), { readOnly: true, timeout: BUSY_MS });
  try {
    return answersIn(db, wanted);
  } catch (cause) {
    throw new ConfigError(`the store of earlier answers ${path} cannot be read.`, { cause });
  } finally {
    db.close();
  }
}

/** Deletes them, and overwrites where they stood. */
export function deleteAnswers(path: string, names: readonly Buffer[]): void {
  if (!existsSync(path)) return;
  const db = openStoreFile(path);
  try {
    db.exec('PRAGMA secure_delete = ON');
    const remove = db.prepare('DELETE FROM answer WHERE name = ?');
    inTransaction(db, () => {
      for (const name of names) remove.run(name);
    });
    db.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
}

/** So long is waited for a run that writes. */
const BUSY_MS = 10_000;

function answersIn(db: DatabaseSync, { key, nhsNumber, known }: AnswersWanted): AnswersFound {
  const all = db.prepare('SELECT name, answered_at, sealed FROM answer');
  if (key === undefined) return { names: [], unreadable: [...all.iterate()].length };
  const sealer = answerSealer(key);
  const named = new Set(
    known.flatMap(({ scope, subjects }) => {
      const nameOf = createNaming(key, scope);
      return subjects.map((subject) => nameOf(subject).toString('base64'));
    }),
  );
  const pattern = nhsNumber === undefined ? undefined : nhsNumberPattern(nhsNumber);
  const names: Buffer[] = [];
  let unreadable = 0;
  for (const found of all.iterate()) {
    const name = Buffer.from(found['name'] as Uint8Array);
    const context = answerContext(name, Number(found['answered_at']));
    const text = opened(sealer, String(found['sealed']), context);
    if (text === undefined) unreadable += 1;
    else if (named.has(name.toString('base64')) || pattern?.test(text)) names.push(name);
  }
  return { names, unreadable };
}

function opened(
  sealer: ReturnType<typeof answerSealer>,
  sealed: string,
  context: string,
): string | undefined {
  try {
    return sealer.open(sealed, context);
  } catch {
    return undefined;
  }
}
