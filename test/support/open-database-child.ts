/** Another process at SQLite files, for own-database.test.ts: opens one after another at set times, and writes in each. */
import { openOwnDatabase } from '../../src/run-store/own-database.ts';

export interface OpeningTask {
  readonly paths: readonly string[];
  /** When to open the first, in milliseconds since 1970; each of the others `everyMs` later. */
  readonly atMs: number;
  readonly everyMs: number;
}

export const A_DATABASE = {
  name: 'file of a test',
  format: 1,
  schema: 'CREATE TABLE seen (process INTEGER)',
};

if (process.argv[2] !== undefined) openAll(JSON.parse(process.argv[2]));

function openAll({ paths, atMs, everyMs }: OpeningTask): void {
  for (const [at, path] of paths.entries()) {
    // To the same instant in every process.
    while (Date.now() < atMs + at * everyMs);
    const db = openOwnDatabase(path, A_DATABASE);
    db.prepare('INSERT INTO seen VALUES (?)').run(process.pid);
    db.close();
  }
}
