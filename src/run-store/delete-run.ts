/** Takes a run off the disk: its own files and nothing else, and never through a link. */
import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  rmdirSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ConfigError } from '../errors.ts';
import { openLedger } from './ledger.ts';
import type { RunFolder, RunLock } from './run-folder.ts';

/** Throws ConfigError unless the directory, and everything of the run in it, stands where it seems to. */
export function refuseLinks(folder: RunFolder): void {
  const { path, queue } = folder;
  const names = readdirSync(path).filter((name) => isOwn(name, folder));
  const linked = [path, ...names.map((name) => join(path, name))].find((place) => {
    const stat = lstatSync(place);
    return !(stat.isFile() || (stat.isDirectory() && (place === path || place === queue)));
  });
  if (linked === undefined) return;
  throw new ConfigError(
    `${linked} is a link, or no file of a run. Nothing is deleted through it; look where it leads, and delete by hand.`,
  );
}

/** SHA-256 of the audit trail, in hex; undefined when the run has none. */
export async function auditDigest({ audit }: RunFolder): Promise<string | undefined> {
  if (!existsSync(audit)) return undefined;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(audit)) hash.update(chunk);
  return hash.digest('hex');
}

/**
 * Releases the lock before its file goes. Files that are not the run's own stay, and their directory with them; gives
 * how many. The ledger goes last, so that a deletion that was cut short can be begun again. Throws ConfigError when the
 * disk refuses it.
 */
export function deleteRun(folder: RunFolder, lock: RunLock): number {
  try {
    flush(dirname(folder.path));
    // What stands in its log goes into the ledger, which must tell what it is until the end.
    openLedger(folder.ledger).close();
    const own = readdirSync(folder.path).filter((name) => isOwn(name, folder));
    const isLock = (name: string): boolean => name.replace(BESIDE_SQLITE, '') === LOCK;
    const first = own.filter((name) => !isLock(name)).toSorted((a, b) => turnOf(a) - turnOf(b));
    for (const name of first) rmSync(join(folder.path, name), { recursive: true, force: true });
    lock.release();
    for (const name of own.filter(isLock)) rmSync(join(folder.path, name), { force: true });
    const left = readdirSync(folder.path).length;
    if (left === 0) rmdirSync(folder.path);
    flush(dirname(folder.path));
    return left;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'no code';
    throw new ConfigError(
      `not all of it could be deleted (${code}). See to the permissions of the directory and the disk, then purge again.`,
      { cause },
    );
  }
}

/** Takes away what a process left that was killed while it wrote one of the run's files. */
export function removeHalfWritten(folder: RunFolder): void {
  for (const name of readdirSync(folder.path))
    if (HALF_WRITTEN.test(name) && isOwn(name, folder)) rmSync(join(folder.path, name));
  flush(folder.path);
}

const LEDGER = 'ledger.sqlite';
const LOCK = 'lock.sqlite';
/** SQLite's own, beside each of its files. */
const BESIDE_SQLITE = /-(?:wal|shm|journal)$/;
/** Of a process that was killed while it wrote: src/lib/atomic-write.ts. */
const HALF_WRITTEN = /\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.part$/;
const MESH_REPLY = /^RESP_[A-Za-z0-9_-]{1,100}_\d{14}\.csv$/;

function isOwn(name: string, folder: RunFolder): boolean {
  const places = Object.values(folder).filter((place) => place !== folder.path);
  const names = places.map((place) => basename(String(place)));
  const plain = name.replace(HALF_WRITTEN, '');
  if (names.includes(plain) || MESH_REPLY.test(plain)) return true;
  return [LEDGER, LOCK, 'audit-reads.lock.sqlite'].includes(name.replace(BESIDE_SQLITE, ''));
}

function turnOf(name: string): number {
  if (name === LEDGER) return 2;
  return name.startsWith(LEDGER) ? 1 : 0;
}

/** Makes what was created and deleted in it survive a power cut. Windows cannot open a directory, and does without. */
function flush(directory: string): void {
  if (process.platform === 'win32') return;
  const opened = openSync(directory, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
