import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { openOwnDatabase } from '../../src/run-store/own-database.ts';
import { endProcesses, NODE, startProcess } from '../support/cli.ts';
import { A_DATABASE, type OpeningTask } from '../support/open-database-child.ts';
import { aFolder } from '../support/runs.ts';

const CHILD = fileURLToPath(new URL('../support/open-database-child.ts', import.meta.url));
const folder = aFolder();
let files = 0;

afterAll(endProcesses);

test('makes the file for its owner alone, and opens it again as it was', () => {
  const path = aPath();
  write(path, 'INSERT INTO seen VALUES (7)');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const db = openOwnDatabase(path, A_DATABASE);
  expect(db.prepare('SELECT process FROM seen').all()).toEqual([{ process: 7 }]);
  db.close();
});

test('several processes that make one file at the same instant all get it', async () => {
  const paths = Array.from({ length: 40 }, aPath);
  const task: OpeningTask = { paths, atMs: Date.now() + 1500, everyMs: 20 };
  const ends = await Promise.all(
    Array.from({ length: 6 }, () => startProcess(NODE, [CHILD, JSON.stringify(task)]).ended),
  );
  expect(ends).toEqual(ends.map(() => ({ code: 0, signal: null, stdout: '', stderr: '' })));
  for (const path of paths) {
    const db = openOwnDatabase(path, A_DATABASE);
    expect(db.prepare('SELECT count(DISTINCT process) AS n FROM seen').get()).toEqual({ n: 6 });
    db.close();
  }
});

test('one that another program will not let go of is not called damaged', () => {
  const path = aPath();
  openOwnDatabase(path, A_DATABASE).close();
  const holder = new DatabaseSync(path);
  holder.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; INSERT INTO seen VALUES (1)');
  try {
    expect(() => openOwnDatabase(path, A_DATABASE)).toThrow(
      `the file of a test ${path} is held by another program. Try again.`,
    );
  } finally {
    holder.close();
  }
}, 60_000);

test.each([
  ['a trigger', 'CREATE TRIGGER t AFTER INSERT ON seen BEGIN DELETE FROM seen; END'],
  ['a view', 'CREATE VIEW v AS SELECT * FROM seen'],
  ['another column', 'ALTER TABLE seen ADD COLUMN more'],
  ['another version', 'PRAGMA user_version = 2'],
])('refuses one in which somebody put %s', (_, sql) => {
  const path = aPath();
  write(path, sql);
  expect(() => openOwnDatabase(path, A_DATABASE)).toThrow('of another version of nhs-trace');
});

test('refuses what is no database, and leaves it', () => {
  const path = aPath();
  writeFileSync(path, 'our minutes of the meeting '.repeat(50));
  expect(() => openOwnDatabase(path, A_DATABASE)).toThrow(`${path} is no file of a test`);
  expect(readFileSync(path, 'utf8')).toContain('our minutes');
});

test('refuses a link, and leaves what it points to', () => {
  const [path, other] = [aPath(), aPath()];
  writeFileSync(other, '');
  symlinkSync(other, path);
  expect(() => openOwnDatabase(path, A_DATABASE)).toThrow('cannot be written');
  expect(readFileSync(other, 'utf8')).toBe('');
});

test('says so when a directory stands there', () => {
  const path = aPath();
  mkdirSync(path);
  expect(() => openOwnDatabase(path, A_DATABASE)).toThrow('cannot be written');
});

function aPath(): string {
  files += 1;
  return join(folder, `own-${files}.sqlite`);
}

function write(path: string, sql: string): void {
  const db = openOwnDatabase(path, A_DATABASE);
  db.exec(sql);
  db.close();
}
