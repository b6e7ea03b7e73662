/** The run directory: its paths, its permissions, and the lock that keeps a second process out. */

import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ConfigError } from '../errors.ts';
import { writeFileAtomically } from '../lib/atomic-write.ts';
import type { Clock } from '../lib/clock.ts';
import { diskFaultOf } from '../lib/disk-fault.ts';
import { makeOwnFile } from './own-file.ts';

export interface RunFolder {
  readonly path: string;
  /** Whether the directory was made for this run just now. */
  readonly isNew: boolean;
  readonly ledger: string;
  readonly matched: string;
  readonly exceptions: string;
  /** The exceptions again, for a spreadsheet. */
  readonly workbook: string;
  readonly summary: string;
  readonly report: string;
  /** The audit trail, and who looked into it. */
  readonly audit: string;
  readonly auditReads: string;
  /** The auditor's key, when nobody else was named. */
  readonly auditKey: string;
  /** Only in a run of which rows were corrected. */
  readonly corrections: string;
  /** Only when the job asks for them. */
  readonly details: string;
  readonly dbsCodes: string;
  /** The embedded queue's own files; gone when the run is complete. */
  readonly queue: string;
}

/** Makes the directory of a new run, mode 0700. Throws ConfigError when it holds anything, or is not safe there. */
export function createRunFolder(path: string): RunFolder {
  refuseLink(resolve(path));
  refuseOpenParent(resolve(path));
  if (existsSync(path) && (!statSync(path).isDirectory() || readdirSync(path).length > 0)) {
    throw new ConfigError(
      `${path} exists and is not empty. Give another --out, or go on with that run: nhs-trace resume ${path}`,
    );
  }
  const isNew = !existsSync(path);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    chmodSync(path, 0o700);
  } catch (cause) {
    throw new ConfigError(`the run directory ${path} cannot be made.`, { cause });
  }
  // Somebody may have been quicker.
  refuseLink(resolve(path));
  return paths(path, isNew);
}

/**
 * Throws ConfigError for a link, which may lead where others can read, or take the place of their files, and for a pipe or
 * a device, which may never end. What cannot be looked at is told by whoever uses it.
 */
function refuseLink(place: string): void {
  const stat = lookAt(place);
  if (stat?.isSymbolicLink())
    throw new ConfigError(
      `${place} is a link. Give the directory or file itself, or take the link away.`,
    );
  if (stat !== undefined && !stat.isFile() && !stat.isDirectory())
    throw new ConfigError(`${place} is neither a file nor a directory. Take it away.`);
}

function lookAt(place: string): Stats | undefined {
  try {
    return lstatSync(place);
  } catch {
    return undefined;
  }
}

const ANYBODY_WRITES = 0o002;
const ONLY_OWNERS_RENAME = 0o1000;

/** Throws ConfigError where anybody may put another directory in the place of the run's. /tmp does not let them. */
function refuseOpenParent(place: string): void {
  let parent = dirname(place);
  while (!existsSync(parent)) parent = dirname(parent);
  const { mode } = statSync(parent);
  const isOpen = (mode & ANYBODY_WRITES) !== 0 && (mode & ONLY_OWNERS_RENAME) === 0;
  if (!isOpen || process.platform === 'win32') return;
  throw new ConfigError(
    `anybody may rename what stands in ${parent}, so no run can be kept there. Give another --out, or mend it: chmod o-w ${parent}`,
  );
}

/** The directory of a run that exists. Throws ConfigError when it is none, or not its owner's alone, or holds a link. */
export function openRunFolder(path: string): RunFolder {
  if (!isRunFolder(path))
    throw new ConfigError(`${path} is not a run directory: it holds no ledger.sqlite.`);
  const isOpen = process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
  if (isOpen)
    throw new ConfigError(
      `${path} holds personal data and can be read by others. Mend it: chmod 700 ${path}`,
    );
  const folder = paths(path, false);
  for (const directory of [folder.path, folder.queue])
    if (existsSync(directory))
      for (const name of readdirSync(directory)) refuseLink(join(directory, name));
  return folder;
}

export function isRunFolder(path: string): boolean {
  return existsSync(paths(path, false).ledger);
}

/** Takes away a run that sent nothing, so that the same command can be given again. */
export function discardRunFolder(folder: RunFolder): void {
  for (const name of readdirSync(folder.path)) rmSync(join(folder.path, name), { recursive: true });
  if (folder.isNew) rmdirSync(folder.path);
}

function paths(path: string, isNew: boolean): RunFolder {
  const root = resolve(path);
  return {
    path: root,
    isNew,
    ledger: join(root, 'ledger.sqlite'),
    matched: join(root, 'matched.csv'),
    exceptions: join(root, 'exceptions.csv'),
    workbook: join(root, 'exceptions.xlsx'),
    summary: join(root, 'summary.json'),
    report: join(root, 'report.html'),
    corrections: join(root, 'corrections.csv'),
    details: join(root, 'details.csv'),
    dbsCodes: join(root, 'dbs-codes.csv'),
    audit: join(root, 'audit.jsonl'),
    auditReads: join(root, 'audit-reads.jsonl'),
    auditKey: join(root, 'audit.key'),
    queue: join(root, 'queue'),
  };
}

/** Where a run's earlier answers are looked for, unless the job says otherwise: shared by its neighbours. */
export function answerStoreBeside({ path }: RunFolder): string {
  return join(dirname(path), 'answer-store.sqlite');
}

/** Where the runs of one directory keep their common pace. */
export function paceFileBeside({ path }: RunFolder): string {
  return join(dirname(path), 'pace.sqlite');
}

/** Where a run keeps a pace of its own, for as long as it lasts. */
export function paceFileWithin({ queue }: RunFolder): string {
  return join(queue, 'pace.sqlite');
}

/**
 * Named as PDS MESH names the reply to a request, after the input and the time at which the run began:
 * `RESP_cohort_20261122164500.csv`. The same for the run's whole life.
 */
export function meshReplyPath({ path }: RunFolder, inputFile: string, startedAt: string): string {
  const request = inputFile.replace(/\.[^.]*$/, '').replace(/[^A-Za-z0-9_-]/g, '_');
  const stamp = startedAt.replace(/\D/g, '').slice(0, 14);
  return join(path, `RESP_${request.slice(0, 100)}_${stamp}.csv`);
}

export interface RunLock {
  /** Does nothing the second time. */
  release(): void;
}

/** Somebody who only looks whether the lock is held has hold of it for a moment. */
const LOOK_MS = 500;
const SQLITE_BUSY = 5;

/**
 * Keeps other processes from working on the same run. The lock is SQLite's own, so it goes with the
 * process, however that ends; its file stays, so that nobody can slip in between. Throws
 * ConfigError when another process holds it, and SQLite's error when the disk cannot be written.
 */
export function lockRun(folder: RunFolder): RunLock {
  try {
    return lock(lockPath(folder));
  } catch (cause) {
    if (isTold(cause)) throw cause;
    throw new ConfigError(
      `another process is working on ${folder.path}. Wait for it, or stop it first.`,
      { cause },
    );
  }
}

function lock(path: string): RunLock {
  makeOwnLock(path);
  const db = new DatabaseSync(path, { timeout: LOOK_MS });
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    throw error;
  }
  return {
    release: () => {
      if (db.isOpen) db.close();
    },
  };
}

function makeOwnLock(path: string): void {
  try {
    makeOwnFile(path);
  } catch (cause) {
    const isLink = cause instanceof Error && 'code' in cause && cause.code === 'ELOOP';
    if (isLink) throw new ConfigError(`${path} is a link, which may lead anywhere. Remove it.`);
    throw cause;
  }
}

/** What is told as it is; anything else says that another process was quicker. */
function isTold(cause: unknown): boolean {
  return cause instanceof ConfigError || diskFaultOf(cause) !== undefined;
}

const LOOK_AGAIN_MS = 50;
const PATIENCE_MS = 10_000;

/** Lets one process at a time put on record that it looks into the trail. Throws ConfigError after ten seconds. */
export async function lockAuditReads(
  { path }: Pick<RunFolder, 'path'>,
  clock: Pick<Clock, 'sleep'>,
): Promise<RunLock> {
  for (let waitedMs = 0; ; waitedMs += LOOK_AGAIN_MS) {
    try {
      return lock(join(path, 'audit-reads.lock.sqlite'));
    } catch (cause) {
      if (isTold(cause)) throw cause;
      if (waitedMs >= PATIENCE_MS)
        throw new ConfigError(`another process looks into the audit trail of ${path}.`, { cause });
    }
    await clock.sleep(LOOK_AGAIN_MS);
  }
}

/** Lets one process at a time delete runs of a directory. Throws ConfigError while another does. */
export function lockPurges(directory: string): RunLock {
  try {
    return lock(join(directory, 'purged.lock.sqlite'));
  } catch (cause) {
    if (isTold(cause)) throw cause;
    throw new ConfigError(`another process deletes runs in ${directory}. Wait for it.`, { cause });
  }
}

/** Whether a process works on the run at the moment. Nothing is written, and nobody is kept out. */
export function isWorkedOn(folder: RunFolder): boolean {
  const path = lockPath(folder);
  if (!existsSync(path)) return false;
  const lock = new DatabaseSync(path, { readOnly: true });
  try {
    lock.prepare('PRAGMA schema_version').get();
    return false;
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return true;
    throw error;
  } finally {
    lock.close();
  }
}

function lockPath({ path }: RunFolder): string {
  return join(path, 'lock.sqlite');
}

/** The key of the embedded queue: made with the queue, kept beside it, gone with it. */
export async function embeddedQueueKey(folder: RunFolder): Promise<Buffer> {
  mkdirSync(folder.queue, { recursive: true, mode: 0o700 });
  const path = join(folder.queue, 'key');
  if (!existsSync(path)) await writeFileAtomically(path, randomBytes(32));
  return readFileSync(path);
}

/** Removes the embedded queue's files. */
export function removeEmbeddedQueue(folder: RunFolder): void {
  rmSync(folder.queue, { recursive: true, force: true });
}
