/** A run as somebody sees it who looks from outside, while it goes on or after: nothing is written or held up. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import type { Subject } from '../domain/record.ts';
import type { RunStanding } from '../domain/run-standing.ts';
import { ConfigError } from '../errors.ts';
import { PENDING } from './ledger-deletions.ts';
import { LEDGER_VERSION } from './ledger-schema.ts';
import {
  type RowOfPerson,
  rowsOfPerson,
  subjectsOfRows,
  type WantedPerson,
} from './person-rows.ts';
import type { AboutInput, AboutRun } from './run-about.ts';
import { isRunFolder, isWorkedOn, openRunFolder, type RunFolder } from './run-folder.ts';
import { STANDING } from './run-standing.ts';
import { storedJson } from './stored-json.ts';

export interface RunLook {
  readonly folder: RunFolder;
  /** Whether a process works on it: the lock is held. */
  readonly isWorkedOn: boolean;
  readonly run: AboutRun;
  /** Absent until the input was read to its end. */
  readonly input?: AboutInput;
  /** Absent until tracing has begun. */
  readonly standing?: RunStanding;
  readonly rowsRead: number;
  readonly requestsSent: number;
  /** Of the last `among` requests on record, how many left after `ms`, and when the last of them did (milliseconds since 1970). */
  recentRequests(ms: number, among: number): { readonly count: number; readonly lastMs?: number };
  /** What stands in summary.json; undefined when there is none. */
  summary(): unknown;
  /** In which rows the person stands, as far as the run has come. */
  rowsOf(wanted: WantedPerson): readonly RowOfPerson[];
  subjectsOf(rows: readonly number[]): readonly Subject[];
  /** Whether a deletion of rows was cut short. */
  readonly isDeletionPending: boolean;
}

/** So long is waited for a coordinator that has just opened, or recovers, its ledger. */
const BUSY_MS = 2_000;

/** Lends the look to `use`. Throws ConfigError when there is no run, or one that cannot be read. */
export function lookAtRun<T>(path: string, use: (look: RunLook) => T): T {
  const folder = openRunFolder(path);
  // Asked first: a run that ends meanwhile must not look as if it had been killed.
  const isBusy = isWorkedOn(folder);
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(placeOf(folder, isBusy), { readOnly: true, timeout: BUSY_MS });
    return use(lookInto(db, folder, isBusy));
  } catch (cause) {
    if (!isSqliteError(cause)) throw cause;
    throw new ConfigError(`${folder.ledger} cannot be read (SQLite error ${cause.errcode}).`, {
      cause,
    });
  } finally {
    db?.close();
  }
}

/** A ledger that nobody works on is read as it is, without files beside it, unless some of it still stands in its log. */
function placeOf({ ledger }: RunFolder, isBusy: boolean): string | URL {
  return isBusy ? ledger : quietPlace(ledger);
}

/** Where to open a database of which nobody writes, so that no file comes to be beside it. */
export function quietPlace(path: string): string | URL {
  if (existsSync(`${path}-wal`)) return path;
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  return url;
}

/** The directories in `path` that hold a run. Throws ConfigError when `path` is no directory. */
export function runsIn(path: string): readonly string[] {
  try {
    return readdirSync(path)
      .map((name) => join(path, name))
      .filter(isRunFolder);
  } catch (cause) {
    throw new ConfigError(`there is no directory ${path}.`, { cause });
  }
}

function lookInto(db: DatabaseSync, folder: RunFolder, isBusy: boolean): RunLook {
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version !== 0 && version !== LEDGER_VERSION) {
    throw new ConfigError(
      `${folder.ledger} was written by another version of nhs-trace (layout ${version}, this one reads ${LEDGER_VERSION}).`,
    );
  }
  const about = (key: string): unknown => {
    const found = db.prepare('SELECT value FROM about WHERE key = ?').get(key);
    return found === undefined ? undefined : storedJson(found['value']);
  };
  const run = version === 0 ? undefined : (about('run') as AboutRun | undefined);
  if (run === undefined) throw new ConfigError(`${folder.path}: the run has not begun yet.`);
  const input = about('input') as AboutInput | undefined;
  const standing = about(STANDING) as RunStanding | undefined;
  // Both are keys that begin at 1 and leave none out: no need to count a million rows.
  const lastOf = (column: string, table: string): number =>
    Number(db.prepare(`SELECT max(${column}) AS n FROM ${table}`).get()?.['n'] ?? 0);
  return {
    folder,
    isWorkedOn: isBusy,
    run,
    ...(input === undefined ? {} : { input }),
    ...(standing === undefined ? {} : { standing }),
    rowsRead: lastOf('row', 'input_row'),
    requestsSent: lastOf('request_id', 'request'),
    recentRequests: (ms, among) => {
      const found = db
        .prepare(
          'SELECT count(*) FILTER (WHERE sent_at > ?) AS n, max(sent_at) AS last FROM (SELECT sent_at FROM request ORDER BY request_id DESC LIMIT ?)',
        )
        .get(ms, among);
      const last = found?.['last'];
      return {
        count: Number(found?.['n']),
        ...(typeof last === 'number' ? { lastMs: last } : {}),
      };
    },
    summary: () => readSummary(folder),
    rowsOf: (wanted) => rowsOfPerson(db, wanted),
    subjectsOf: (rows) => subjectsOfRows(db, rows),
    isDeletionPending: about(PENDING) === true,
  };
}

function readSummary({ summary }: RunFolder): unknown {
  try {
    return JSON.parse(readFileSync(summary, 'utf8'));
  } catch {
    return undefined;
  }
}

function isSqliteError(error: unknown): error is Error & { readonly errcode: number } {
  return error instanceof Error && 'errcode' in error;
}
