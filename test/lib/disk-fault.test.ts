import { openSync, writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { diskFaultOf } from '../../src/lib/disk-fault.ts';
import { inTransaction } from '../../src/lib/in-transaction.ts';

function thrownBy(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

it('names what SQLite says of a full database, also out of a transaction', () => {
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE t (a TEXT); PRAGMA max_page_count = 3');
  const add = (): unknown => db.prepare('INSERT INTO t VALUES (?)').run('x'.repeat(100_000));
  expect(diskFaultOf(thrownBy(add))).toBe('SQLITE_FULL');
  expect(diskFaultOf(thrownBy(() => inTransaction(db, add)))).toBe('SQLITE_FULL');
  db.exec('PRAGMA max_page_count = 1000');
  inTransaction(db, add);
  expect(db.prepare('SELECT count(*) AS n FROM t').get()).toEqual({ n: 1 });
});

it.skipIf(process.platform !== 'linux')('names what the system says of a full disk', () => {
  const full = openSync('/dev/full', 'w');
  expect(diskFaultOf(thrownBy(() => writeSync(full, 'x')))).toBe('ENOSPC');
});

it('is silent about every other error', () => {
  const db = new DatabaseSync(':memory:');
  for (const error of [
    thrownBy(() => db.exec('SELECT * FROM nothing')),
    thrownBy(() => openSync('/no/such/file', 'r')),
    new Error('disk full'),
    'ENOSPC',
  ])
    expect(diskFaultOf(error)).toBeUndefined();
});
