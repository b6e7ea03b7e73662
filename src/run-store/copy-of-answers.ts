/** The answers of earlier runs, for who only wants to look: opening the store itself would make it, or write beside it. */
import { closeSync, existsSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { ConfigError } from '../errors.ts';
import { type AnswerStore, type AnswerStoreOptions, openAnswerStore } from './answer-store.ts';

/** So long is waited for a run that writes. */
const BUSY_MS = 10_000;

/**
 * Hands over a copy, sealed like the store and readable by its owner alone, and deletes it afterwards. Undefined when
 * there is no store. Throws ConfigError when it cannot be read.
 */
export async function withCopyOfAnswers<T>(
  options: AnswerStoreOptions,
  use: (store: AnswerStore) => Promise<T>,
): Promise<T | undefined> {
  if (!existsSync(options.path)) return undefined;
  const directory = mkdtempSync(join(tmpdir(), 'nhs-trace-'));
  try {
    const path = join(directory, 'answers.sqlite');
    await copy(options.path, path);
    const store = openAnswerStore({ ...options, path });
    try {
      return await use(store);
    } finally {
      store.close();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** As a whole, also while a run writes to it. */
async function copy(from: string, to: string): Promise<void> {
  closeSync(openSync(to, 'wx', 0o600));
  try {
    const db = new DatabaseSync(from, { readOnly: true, timeout: BUSY_MS });
    try {
      await backup(db, to);
    } finally {
      db.close();
    }
  } catch (cause) {
    throw new ConfigError(`the store of earlier answers ${from} cannot be read.`, { cause });
  }
}
