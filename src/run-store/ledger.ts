/** The durable record of a run, in SQLite. What is not in it has not happened. */
import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { AuditHead } from '../domain/audit.ts';
import type { Demographics } from '../domain/demographics.ts';
import type { Finding } from '../domain/finding.ts';
import type { NhsNumber } from '../domain/nhs-number.ts';
import type { CodeInStretch } from '../domain/provider-log.ts';
import type {
  AnsweredRow,
  IngestedRow,
  PendingSubject,
  Progress,
  SentRequest,
  StoredSubject,
  Traced,
  TraceResult,
} from '../domain/record.ts';
import { ConfigError } from '../errors.ts';
import { inTransaction } from '../lib/in-transaction.ts';
import { prepareAddRow } from './add-row.ts';
import { correctionsPart, type LedgerCorrections } from './ledger-corrections.ts';
import { deletionsPart, type LedgerDeletions } from './ledger-deletions.ts';
import { LEDGER_SCHEMA, LEDGER_VERSION } from './ledger-schema.ts';
import { storedJson } from './stored-json.ts';

/** A subject's result on its way into the ledger, or how far it came. */
export interface RecordedResult {
  readonly subjectId: number;
  readonly result: Traced;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** A number that more than one subject came to. */
export interface SharedNumber {
  readonly nhsNumber: NhsNumber;
  readonly subjects: readonly StoredSubject[];
}

export interface RequestFigures {
  readonly sent: number;
  readonly retried: number;
  readonly byOperation: Readonly<Record<string, number>>;
  readonly byResponseCode: Readonly<Record<string, number>>;
}

export interface Ledger extends LedgerCorrections, LedgerDeletions {
  /** What was put under `key` with `describe`, or undefined. */
  about(key: string): unknown;
  describe(key: string, value: unknown): void;

  /** Empties the ledger of rows, before a file is read. */
  clearRows(): void;
  /** All in one transaction. Rows with equal demographics and route share one subject. */
  addRows(rows: readonly IngestedRow[]): void;

  /** Subjects without an answer, by id, from the first after `subjectId`. */
  subjectsToTrace(subjectId: number, limit: number): PendingSubject[];
  subjectsById(ids: readonly number[]): PendingSubject[];
  /**
   * Durable when it returns; gives how many of the requests were new. A second answer for one subject
   * is refused, its requests are kept. Who is unfinished or refused has no answer, and goes on from there.
   * `auditHead`: how far the audit trail has come, kept in the same transaction.
   */
  record(results: readonly RecordedResult[], auditHead?: AuditHead): number;
  /** Those of the message ids whose requests are recorded. */
  recordedMessages(ids: readonly string[]): ReadonlySet<string>;
  /** Lets unanswered subjects be traced again, from the question that had no answer. */
  reopenUnanswered(): void;

  counts(): {
    readonly rows: number;
    readonly subjects: number;
    readonly localRows: number;
    readonly unansweredRows: number;
    /** Rows that are to be traced and were never asked about, or whose answer is not recorded. */
    readonly unaskedRows: number;
  };
  /** How many rows share a subject. */
  rowCount(subjectId: number): number;
  requestFigures(): RequestFigures;
  /** Requests that earlier runs sent, whose answers stand in this one. */
  requestsSpared(): number;
  /** How many requests left at that instant or later, in milliseconds since 1970. */
  requestsSince(ms: number): number;
  /** The message of every request, in the order in which they were recorded. */
  requestMessages(): Iterable<string>;
  /** When requests left, in milliseconds since 1970, in order. */
  requestTimes(): Iterable<number>;
  /** What came back, by stretch of so many milliseconds and by code, in order. */
  requestLog(stretchMs: number): readonly CodeInStretch[];
  /** How often each thing was found in each column; the most frequent first. */
  findingCounts(): readonly (Finding & { readonly count: number })[];

  /** Every subject of a row with its result, in order. */
  results(): Iterable<{
    readonly subject: StoredSubject;
    readonly result: TraceResult;
    /** When it was answered; ISO 8601, UTC. */
    readonly at: string;
  }>;
  /** Notes what the run says of rows, in one transaction; gives the rows of which it said otherwise, or nothing, before. */
  noteDecisions(
    decisions: readonly { readonly row: number; readonly said: string }[],
  ): ReadonlySet<number>;
  /** Takes the place of all earlier claims. */
  replaceClaims(
    claims: Iterable<{ readonly subjectId: number; readonly nhsNumber: NhsNumber }>,
  ): void;
  sharedNumbers(): SharedNumber[];
  /** Every number that a row of the input brought with it, whatever became of the row; once for each. */
  numbersBrought(): Iterable<NhsNumber>;
  /** Numbers that more than one row of the input brought with it. */
  numbersOnSeveralRows(): Iterable<NhsNumber>;
  /** Every row in input order, with what became of it. */
  rows(): Iterable<AnsweredRow & { readonly subjectId?: number }>;
  /** One row of the input, counted from 1. */
  row(row: number): AnsweredRow | undefined;
  close(): void;
}

/** So long is waited for whoever looks into the file from outside. */
const BUSY_MS = 5_000;

/** Makes a ledger, or opens one. `:memory:` keeps it out of the disk. Throws ConfigError when it is of another version. */
export function openLedger(path: string): Ledger {
  const db = new DatabaseSync(path, { timeout: BUSY_MS });
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;');
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version === 0) db.exec(LEDGER_SCHEMA);
  else if (version !== LEDGER_VERSION) {
    db.close();
    throw new ConfigError(
      `${path} was written by another version of nhs-trace (layout ${version}, this one reads ${LEDGER_VERSION}).`,
    );
  }
  if (path !== ':memory:')
    for (const suffix of ['', '-wal', '-shm']) chmodSync(path + suffix, 0o600);
  return {
    ...aboutPart(db),
    ...ingestPart(db),
    ...tracePart(db),
    ...figuresPart(db),
    ...reconcilePart(db),
    ...correctionsPart(db),
    ...deletionsPart(db),
    close: () => db.close(),
  };
}

const PUT_ABOUT =
  'INSERT INTO about VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value';

function aboutPart(db: DatabaseSync): Pick<Ledger, 'about' | 'describe'> {
  const get = db.prepare('SELECT value FROM about WHERE key = ?');
  const put = db.prepare(PUT_ABOUT);
  return {
    about: (key) => {
      const found = get.get(key);
      return found === undefined ? undefined : storedJson(found['value']);
    },
    describe: (key, value) => {
      put.run(key, JSON.stringify(value));
    },
  };
}

function ingestPart(db: DatabaseSync): Pick<Ledger, 'clearRows' | 'addRows'> {
  const addRow = prepareAddRow(db, () => null);
  return {
    clearRows: () => db.exec('DELETE FROM input_row; DELETE FROM subject;'),
    addRows: (rows) =>
      inTransaction(db, () => {
        for (const row of rows) addRow(row);
      }),
  };
}

function tracePart(
  db: DatabaseSync,
): Pick<
  Ledger,
  | 'subjectsToTrace'
  | 'subjectsById'
  | 'record'
  | 'recordedMessages'
  | 'reopenUnanswered'
  | 'rowCount'
> {
  const toTrace = db.prepare(
    `${PENDING} WHERE s.subject_id > ? AND s.row_count > 0 AND NOT EXISTS (SELECT 1 FROM answer a WHERE a.subject_id = s.subject_id) ORDER BY s.subject_id LIMIT ?`,
  );
  const byIds = db.prepare(
    `${PENDING} WHERE s.subject_id IN (SELECT value FROM json_each(?)) ORDER BY s.subject_id`,
  );
  const addAnswer = db.prepare('INSERT INTO answer VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const keepProgress = db.prepare(
    'INSERT INTO progress VALUES (?, ?) ON CONFLICT (subject_id) DO UPDATE SET progress = excluded.progress',
  );
  const dropProgress = db.prepare('DELETE FROM progress WHERE subject_id = ?');
  const addRequest = db.prepare(
    'INSERT INTO request (subject_id, message_id, operation, attempt, sent_at, duration_ms, code) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const recorded = db.prepare(
    'SELECT message_id FROM request WHERE message_id IN (SELECT value FROM json_each(?))',
  );
  const putAbout = db.prepare(PUT_ABOUT);
  const rowCount = db.prepare('SELECT row_count FROM subject WHERE subject_id = ?');
  const recordOne = ({ subjectId, result, at }: RecordedResult): number => {
    let added = 0;
    for (const sent of result.requests)
      added += Number(addRequest.run(subjectId, ...requestCells(sent)).changes);
    // Of somebody who came after this copy of the ledger was made: sent it was, but it is nobody's answer.
    if (rowCount.get(subjectId) === undefined) return added;
    if (result.kind === 'answered' || result.kind === 'unanswered') {
      addAnswer.run(subjectId, result.kind, JSON.stringify(result), at);
      dropProgress.run(subjectId);
    } else keepProgress.run(subjectId, JSON.stringify(progressOf(result)));
    return added;
  };
  return {
    subjectsToTrace: (subjectId, limit) => toTrace.all(subjectId, limit).map(toPending),
    subjectsById: (ids) => byIds.all(JSON.stringify(ids)).map(toPending),
    record: (results, auditHead) => {
      let added = 0;
      inTransaction(db, () => {
        for (const result of results) added += recordOne(result);
        if (auditHead !== undefined) putAbout.run('auditHead', JSON.stringify(auditHead));
      });
      return added;
    },
    recordedMessages: (ids) =>
      new Set(recorded.all(JSON.stringify(ids)).map((found) => String(found['message_id']))),
    reopenUnanswered: () =>
      inTransaction(db, () =>
        db.exec(
          `INSERT OR REPLACE INTO progress SELECT subject_id, result FROM answer WHERE ${REOPENED}; DELETE FROM answer WHERE ${REOPENED}`,
        ),
      ),
    rowCount: (subjectId) => Number(rowCount.get(subjectId)?.['row_count'] ?? 0),
  };
}

function requestCells(sent: SentRequest): [string, string, number, number, number, string] {
  return [sent.messageId, sent.operation, sent.attempt, sent.sentAt, sent.durationMs, sent.code];
}

function figuresPart(
  db: DatabaseSync,
): Pick<
  Ledger,
  | 'counts'
  | 'requestFigures'
  | 'requestsSpared'
  | 'requestsSince'
  | 'requestMessages'
  | 'requestTimes'
  | 'requestLog'
  | 'findingCounts'
> {
  const count = (sql: string): number => Number(db.prepare(sql).get()?.['n'] ?? 0);
  const countsBy = (column: 'operation' | 'code'): Record<string, number> =>
    Object.fromEntries(
      db
        .prepare(`SELECT ${column} AS name, count(*) AS n FROM request GROUP BY 1 ORDER BY 1`)
        .all()
        .map((found) => [String(found['name']), Number(found['n'])]),
    );
  return {
    counts: () => ({
      rows: count('SELECT count(*) AS n FROM input_row'),
      subjects: count('SELECT count(*) AS n FROM subject WHERE row_count > 0'),
      localRows: count('SELECT count(*) AS n FROM input_row WHERE subject_id IS NULL'),
      unaskedRows: count(
        'SELECT count(*) AS n FROM input_row r LEFT JOIN answer a USING (subject_id) WHERE r.subject_id IS NOT NULL AND a.kind IS NULL',
      ),
      unansweredRows: count(
        "SELECT count(*) AS n FROM input_row r LEFT JOIN answer a USING (subject_id) WHERE r.subject_id IS NOT NULL AND ifnull(a.kind, 'unanswered') = 'unanswered'",
      ),
    }),
    requestFigures: () => {
      const sent = count('SELECT count(*) AS n FROM request');
      const retried = count('SELECT count(*) AS n FROM request WHERE attempt > 1');
      return {
        sent,
        retried,
        byOperation: countsBy('operation'),
        byResponseCode: countsBy('code'),
      };
    },
    requestsSpared: () =>
      count(
        "SELECT sum(json_array_length(result, '$.asked')) AS n FROM answer JOIN subject USING (subject_id) WHERE row_count > 0 AND json_extract(result, '$.isEarlier')",
      ),
    requestsSince: (ms) =>
      Number(db.prepare('SELECT count(*) AS n FROM request WHERE sent_at >= ?').get(ms)?.['n']),
    requestMessages: function* () {
      for (const found of db
        .prepare('SELECT message_id FROM request ORDER BY request_id')
        .iterate())
        yield String(found['message_id']);
    },
    requestTimes: function* () {
      for (const found of db.prepare('SELECT sent_at FROM request ORDER BY sent_at').iterate()) {
        yield Number(found['sent_at']);
      }
    },
    requestLog: (stretchMs) =>
      db
        .prepare(
          'SELECT CAST(sent_at / ? AS INTEGER) * ? AS start_ms, code, count(*) AS n, sum(duration_ms) AS total_ms, max(duration_ms) AS longest_ms FROM request GROUP BY 1, 2 ORDER BY 1, 2',
        )
        .all(stretchMs, stretchMs)
        .map(toStretch),
    findingCounts: () =>
      db
        .prepare(
          "SELECT f.value ->> 'field' AS field, f.value ->> 'code' AS code, count(*) AS n FROM input_row, json_each(findings) f GROUP BY 1, 2 ORDER BY n DESC, 1, 2",
        )
        .all()
        .map((line) => ({ ...toFinding(line), count: Number(line['n']) })),
  };
}

function reconcilePart(
  db: DatabaseSync,
): Pick<
  Ledger,
  | 'results'
  | 'noteDecisions'
  | 'replaceClaims'
  | 'sharedNumbers'
  | 'numbersBrought'
  | 'numbersOnSeveralRows'
  | 'rows'
  | 'row'
> {
  const ingestedAt = (): string => {
    const stored = db.prepare("SELECT value FROM about WHERE key = 'ingestedAt'").get()?.['value'];
    return stored === undefined ? '' : String(storedJson(stored));
  };
  return {
    results: function* () {
      const found = db.prepare(
        'SELECT * FROM subject JOIN answer USING (subject_id) WHERE row_count > 0 ORDER BY subject_id',
      );
      for (const line of found.iterate())
        yield {
          subject: toSubject(line),
          result: toResult(line['result']),
          at: String(line['at']),
        };
    },
    noteDecisions: (decisions) => {
      const note = db.prepare(
        'INSERT INTO decision VALUES (?, ?) ON CONFLICT (row) DO UPDATE SET said = excluded.said WHERE said <> excluded.said',
      );
      const changed = new Set<number>();
      inTransaction(db, () => {
        for (const { row, said } of decisions)
          if (note.run(row, said).changes > 0) changed.add(row);
      });
      return changed;
    },
    replaceClaims: (claims) => {
      const add = db.prepare('INSERT INTO claim VALUES (?, ?)');
      inTransaction(db, () => {
        db.exec('DELETE FROM claim');
        for (const { subjectId, nhsNumber } of claims) add.run(subjectId, nhsNumber);
      });
    },
    sharedNumbers: () => {
      const shared = db.prepare(
        'SELECT c.nhs_number, s.* FROM claim c JOIN subject s USING (subject_id) WHERE c.nhs_number IN (SELECT nhs_number FROM claim GROUP BY 1 HAVING count(*) > 1) ORDER BY c.nhs_number, s.subject_id',
      );
      const byNumber = Map.groupBy(shared.all(), (line) => String(line['nhs_number']) as NhsNumber);
      return [...byNumber].map(([nhsNumber, lines]) => ({
        nhsNumber,
        subjects: lines.map(toSubject),
      }));
    },
    numbersBrought: function* () {
      const brought = db.prepare(
        'SELECT DISTINCT nhs_number FROM input_row WHERE nhs_number IS NOT NULL',
      );
      for (const line of brought.iterate()) yield String(line['nhs_number']) as NhsNumber;
    },
    numbersOnSeveralRows: function* () {
      const several = db.prepare(
        'SELECT nhs_number FROM input_row WHERE nhs_number IS NOT NULL GROUP BY 1 HAVING count(*) > 1',
      );
      for (const line of several.iterate()) yield String(line['nhs_number']) as NhsNumber;
    },
    rows: function* () {
      const found = db.prepare(`${ANSWERED_ROWS} ORDER BY r.row`);
      const at = ingestedAt();
      for (const line of found.iterate()) yield toRow(line, at);
    },
    row: (row) => {
      const line = db.prepare(`${ANSWERED_ROWS} WHERE r.row = ?`).get(row);
      return line === undefined ? undefined : toRow(line, ingestedAt());
    },
  };
}

/** Of whom no row is left since it was corrected, nobody is asked again. */
const REOPENED =
  "kind = 'unanswered' AND subject_id IN (SELECT subject_id FROM subject WHERE row_count > 0)";

const ANSWERED_ROWS =
  'SELECT r.*, s.route, s.demographics, a.result, coalesce(a.at, (SELECT max(c.at) FROM earlier_row e JOIN correction c USING (correction_id) WHERE e.row = r.row)) AS at FROM input_row r LEFT JOIN subject s USING (subject_id) LEFT JOIN answer a USING (subject_id)';

const PENDING =
  'SELECT s.*, p.progress FROM subject s LEFT JOIN progress p ON p.subject_id = s.subject_id';

type Line = Record<string, unknown>;

function toPending(line: Line): PendingSubject {
  const subject = toSubject(line);
  if (line['progress'] === null) return subject;
  return { ...subject, progress: progressOf(storedJson(line['progress'])) };
}

/** Nothing of how an attempt ended. */
function progressOf({ asked, requests }: Progress): Progress {
  return { asked, requests };
}

function toStretch(line: Line): CodeInStretch {
  return {
    startMs: Number(line['start_ms']),
    code: String(line['code']),
    count: Number(line['n']),
    totalMs: Number(line['total_ms']),
    longestMs: Number(line['longest_ms']),
  };
}

function toFinding({ field, code }: Line): Finding {
  return { field, code } as Finding;
}

function toSubject(line: Line): StoredSubject {
  return {
    subjectId: Number(line['subject_id']),
    route: line['route'] === 'verify' ? 'verify' : 'search',
    demographics: storedJson(line['demographics']) as Demographics,
  };
}

function toResult(text: unknown): TraceResult {
  return storedJson(text) as TraceResult;
}

function toRow(line: Line, ingestedAt: string): AnsweredRow & { readonly subjectId?: number } {
  const isTraced = line['subject_id'] !== null;
  return {
    row: Number(line['row']),
    cells: storedJson(line['cells']),
    findings: storedJson(line['findings']),
    fate: isTraced
      ? { kind: 'trace', subject: toSubject(line) }
      : {
          kind: 'local',
          problem: storedJson(line['problem']),
          ...(line['nhs_number'] === null ? {} : { nhsNumber: line['nhs_number'] as NhsNumber }),
        },
    ...(isTraced ? { subjectId: Number(line['subject_id']) } : {}),
    ...(line['result'] === null ? {} : { result: toResult(line['result']) }),
    at: line['at'] === null ? ingestedAt : String(line['at']),
  };
}
