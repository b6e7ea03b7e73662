/** For `doctor`: whether runs can be kept where they are to go. What is made for the test is taken away again. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Check, checksOf } from '../domain/check-up.ts';

const say = checksOf('runs');

/** A million rows take about this much, with their ledger, audit trail and outputs. */
const ROOM_BYTES = 1_000_000_000;

/** `path`: the directory that holds the runs; made when a run begins, so it need not be there yet. */
export function lookAtRuns(path: string, roomBytes = ROOM_BYTES): readonly Check[] {
  const directory = existing(resolve(path));
  try {
    return [...tryDirectory(directory, path), room(directory, roomBytes)];
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return [
      say.fault(
        `no run can be kept in ${path} (${code})`,
        'give a directory that you may write to (--out of run), on a disk with room',
      ),
    ];
  }
}

/** As a run does: a directory of its owner's alone, and a database in it that takes a row. */
function tryDirectory(directory: string, path: string): readonly Check[] {
  const trial = mkdtempSync(join(directory, '.nhs-trace-doctor-'));
  try {
    const inner = join(trial, 'run');
    mkdirSync(inner, { mode: 0o700 });
    const db = new DatabaseSync(join(inner, 'trial.sqlite'));
    db.exec('PRAGMA journal_mode = WAL; CREATE TABLE trial (n INTEGER)');
    db.exec('INSERT INTO trial VALUES (1)');
    db.close();
    const mode = statSync(inner).mode & 0o777;
    if (process.platform !== 'win32' && mode !== 0o700) {
      return [
        say.fault(
          `directories in ${path} cannot be kept to their owner: asked for mode 700, it is ${mode.toString(8)}`,
          'put runs on a local, encrypted disk; a network share or memory card may not keep modes',
        ),
      ];
    }
    return [say.ok(`${path} can be written, kept to its owner (mode 700), and holds SQLite`)];
  } finally {
    rmSync(trial, { recursive: true, force: true });
  }
}

function room(directory: string, roomBytes: number): Check {
  const { bavail, bsize } = statfsSync(directory);
  const free = bavail * bsize;
  const words = `${(free / 1e9).toFixed(1)} GB are free there`;
  return free < roomBytes
    ? say.warning(words, 'make room: a million rows take about 1 GB, and a full disk stops a run')
    : say.ok(words);
}

function existing(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : existing(dirname(path));
}
