/** The items of the embedded queue, in an SQLite file of the run's own. */
import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { JobJson } from 'bullmq';
import { inTransaction } from '../lib/in-transaction.ts';

/** What a call changed is in the file when it returns, and survives the death of the process. */
export interface ItemStore {
  /** Puts items in, all or none. One that is there already is left as it is; a failed one waits again. */
  add(items: readonly JobJson[]): void;
  hasWaiting(): boolean;
  /** Hands out the item that has waited longest. */
  claim(): JobJson | undefined;
  /** Lets an item that is in hand wait again. */
  giveBack(id: string): void;
  complete(id: string): void;
  /** Puts an item aside, with its log, until it is put in again. */
  fail(id: string): void;
  /** Ids of the items that are `wait`, `active` (in hand), `completed` or `failed`, by when they came to be so; `limit` -1: all. */
  idsOf(state: string, offset: number, limit: number): string[];
  /** Removes an item and its log. */
  remove(id: string): void;
  /** Adds to an item's log. Gives its length; 0 when there is no such item. */
  addLog(id: string, row: string): number;
  logOf(id: string): string[];
  clear(): void;
  /** How much the files take. */
  bytes(): number;
  close(): void;
}

/** `turn` puts the items of each state in order. */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS item (
  item_id INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,
  turn INTEGER NOT NULL,
  attempts_started INTEGER NOT NULL,
  job TEXT NOT NULL -- JSON, as it was put in
);
CREATE INDEX IF NOT EXISTS item_line ON item (state, turn);
CREATE TABLE IF NOT EXISTS log (
  log_id INTEGER PRIMARY KEY,
  item_id INTEGER NOT NULL REFERENCES item ON DELETE CASCADE,
  row TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS log_item ON log (item_id);
`;

/** Opens the store in `directory`, which is made when it is not there. */
export function openItemStore(directory: string): ItemStore {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, 'items.sqlite');
  const db = new DatabaseSync(path);
  chmodSync(path, 0o600);
  // Flushed to the disk now and then: what a killed process wrote is there all the same.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON');
  db.exec(SCHEMA);
  // Items are in hand in this process only, so whoever had one is dead.
  db.exec("UPDATE item SET state = 'wait' WHERE state = 'active'");
  let turn = Number(db.prepare('SELECT max(turn) AS last FROM item').get()?.['last'] ?? 0);
  const nextTurn = (): number => {
    turn += 1;
    return turn;
  };
  const add = db.prepare(
    "INSERT INTO item VALUES (NULL, ?, 'wait', ?, 0, ?) ON CONFLICT (id) DO UPDATE SET state = 'wait', turn = excluded.turn WHERE state = 'failed'",
  );
  const first = db.prepare("SELECT * FROM item WHERE state = 'wait' ORDER BY turn LIMIT 1");
  const take = db.prepare(
    "UPDATE item SET state = 'active', attempts_started = ? WHERE item_id = ?",
  );
  const giveBack = db.prepare("UPDATE item SET state = 'wait' WHERE id = ?");
  const end = db.prepare('UPDATE item SET state = ?, turn = ? WHERE id = ?');
  const idsOf = db.prepare('SELECT id FROM item WHERE state = ? ORDER BY turn LIMIT ? OFFSET ?');
  const remove = db.prepare('DELETE FROM item WHERE id = ?');
  const addLog = db.prepare('INSERT INTO log SELECT NULL, item_id, ? FROM item WHERE id = ?');
  const logLength = db.prepare(
    'SELECT count(*) AS n FROM log JOIN item USING (item_id) WHERE id = ?',
  );
  const logOf = db.prepare(
    'SELECT row FROM log JOIN item USING (item_id) WHERE id = ? ORDER BY log_id',
  );
  return {
    add: (items) =>
      inTransaction(db, () => {
        for (const item of items) add.run(item.id, nextTurn(), JSON.stringify(item));
      }),
    hasWaiting: () => first.get() !== undefined,
    claim: () => {
      const found = first.get();
      if (found === undefined) return undefined;
      const attemptsStarted = Number(found['attempts_started']) + 1;
      take.run(attemptsStarted, Number(found['item_id']));
      return { ...(JSON.parse(String(found['job'])) as JobJson), attemptsStarted };
    },
    giveBack: (id) => giveBack.run(id),
    complete: (id) => end.run('completed', nextTurn(), id),
    fail: (id) => end.run('failed', nextTurn(), id),
    idsOf: (state, offset, limit) => idsOf.all(state, limit, offset).map(({ id }) => String(id)),
    remove: (id) => remove.run(id),
    addLog: (id, row) => {
      addLog.run(row, id);
      return Number(logLength.get(id)?.['n'] ?? 0);
    },
    logOf: (id) => logOf.all(id).map(({ row }) => String(row)),
    clear: () => db.exec('DELETE FROM item'),
    bytes: () => statSync(path).size + statSync(`${path}-wal`).size,
    close: () => db.close(),
  };
}
