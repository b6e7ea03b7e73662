import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseJobValue } from '../../src/config/load-job.ts';
import type { RunStanding } from '../../src/domain/run-standing.ts';
import type { RunStatus } from '../../src/domain/run-status.ts';
import { ConfigError } from '../../src/errors.ts';
import { runStatus } from '../../src/pipeline/run-status.ts';
import { type Ledger, openLedger } from '../../src/run-store/ledger.ts';
import {
  createRunFolder,
  lockRun,
  type RunFolder,
  type RunLock,
} from '../../src/run-store/run-folder.ts';
import { noteEnd, noteStanding } from '../../src/run-store/run-standing.ts';
import { aLocalRow, answered, aRequest, aSubject, aTracedRow } from '../support/people.ts';

const NOW = new Date('2026-11-20T21:00:00Z');
const ms = (time: string): number => Date.parse(`2026-11-${time}Z`);

let root = '';
let folder: RunFolder;
let lock: RunLock | undefined;
let ledger: Ledger;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'run-status-'));
  folder = createRunFolder(join(root, 'run'));
  lock = lockRun(folder);
  ledger = openLedger(folder.ledger);
  begin();
});

afterEach(() => {
  die();
  rmSync(root, { recursive: true });
});

describe('the state', () => {
  it('is reading until the input was read to its end', () => {
    ledger.addRows([aTracedRow(1), aTracedRow(2), aLocalRow(3)]);

    const { state, rows, endsMs } = look();

    expect(state).toBe('reading');
    expect(rows).toMatchObject({ read: 3, done: 0 });
    expect(rows.total).toBeUndefined();
    expect(endsMs).toBeUndefined();
  });

  it('is tracing as soon as it was read, also before the process says so', () => {
    readInput(100);
    expect(look()).toMatchObject({ state: 'tracing', rows: { total: 100, done: 0 } });
  });

  it.each([
    ['hours', ms('20T22:00:00'), 'waiting'],
    ['daily-limit', ms('21T00:00:00'), 'waiting'],
    ['provider', ms('20T21:00:05'), 'waiting'],
    ['provider', ms('20T20:59:59'), 'tracing'],
  ] as const)('of a pause for %s until %i is %s', (reason, untilMs, state) => {
    readInput(100);
    noteStanding(ledger, aStanding({ pause: { reason, untilMs } }));

    const seen = look();

    expect(seen.state).toBe(state);
    expect(seen.waiting).toEqual(state === 'waiting' ? { for: reason, untilMs } : undefined);
  });

  it('is waiting while the queue is away', () => {
    readInput(100);
    noteStanding(ledger, aStanding({ isQueueAway: true }));
    expect(look()).toMatchObject({ state: 'waiting', waiting: { for: 'queue' }, workers: 3 });
  });

  it('is writing when all was traced, and when somebody works on a complete run', () => {
    readInput(100);
    noteStanding(ledger, aStanding({ stage: 'writing' }));
    expect(look().state).toBe('writing');
    noteEnd(ledger, { kind: 'complete' }, NOW);
    expect(look().state).toBe('writing');
  });

  it.each([
    [{ kind: 'complete' }, 'finished'],
    [{ kind: 'unanswered', rows: 2 }, 'finished'],
    [{ kind: 'stopped' }, 'stopped'],
    [{ kind: 'halted', reason: 'credentials' }, 'halted'],
  ] as const)('after %o is %s', (end, state) => {
    readInput(100);
    noteStanding(ledger, aStanding({ pause: { reason: 'hours', untilMs: ms('30T00:00:00') } }));
    noteEnd(ledger, end, NOW);
    die();

    const seen = look();

    expect(seen).toMatchObject({ state, endedMs: NOW.getTime(), rows: { done: 50 } });
    expect(seen.reason).toBe(state === 'halted' ? 'credentials' : undefined);
    expect(seen.waiting).toBeUndefined();
  });

  it('is killed when nobody works on it and nobody said why', () => {
    readInput(100);
    noteStanding(ledger, aStanding());
    die();
    expect(look().state).toBe('killed');
    expect(look().endedMs).toBeUndefined();
  });

  it('is stopped also when that was while the input was read', () => {
    noteEnd(ledger, { kind: 'stopped' }, NOW);
    die();
    expect(look()).toMatchObject({ state: 'stopped', rows: { read: 0, done: 0 } });
  });
});

describe('the figures', () => {
  it('are those of the summary once it is there, for duplicates are found only at the end', () => {
    readInput(100);
    noteStanding(ledger, aStanding());
    noteEnd(ledger, { kind: 'unanswered', rows: 3 }, NOW);
    die();
    const summary = {
      outcomes: { verified: 60, traced: 20 },
      exceptions: { duplicate: 17, failed: 3 },
    };
    writeFileSync(folder.summary, JSON.stringify(summary));

    expect(look().rows).toEqual({
      ...{ total: 100, read: 0, done: 100, matched: 80, exceptions: 20, unanswered: 3 },
    });
  });

  it('tell how many requests left in the last minute, in whatever order they came on record', () => {
    readInput(100);
    send([ms('20T20:59:50'), ms('20T20:58:00'), ms('20T20:59:20'), ms('20T20:59:59')]);

    const { sent, lastMs, perSecond } = look().requests;

    expect({ sent, lastMs }).toEqual({ sent: 4, lastMs: ms('20T20:59:59') });
    expect(perSecond).toBe(3 / 60);
  });

  it('of a run that began just now are of the time since', () => {
    begin({ startedAt: '2026-11-20T20:59:50Z' });
    readInput(100);
    send([ms('20T20:59:51'), ms('20T20:59:52')]);
    expect(look().requests.perSecond).toBe(2 / 10);
  });

  it('keep to the rate in force, which a flag may have set', () => {
    readInput(100);
    expect(look().requests.limitPerSecond).toBe(5);
    noteStanding(ledger, aStanding({ ratePerSecond: 2 }));
    expect(look().requests.limitPerSecond).toBe(2);
  });
});

describe('the expected end', () => {
  it('is reckoned from the requests that each row took, at the rate of the last minute', () => {
    readInput(100);
    noteStanding(ledger, aStanding());
    // 40 rows were asked about, by 60 requests: 75 are to come.
    send(Array.from({ length: 60 }, (_none, at) => ms('20T20:59:00') + 1 + at * 900));
    expect(look().endsMs).toBe(NOW.getTime() + 75_000);
  });

  it('is reckoned from the end of a pause, at the limit', () => {
    readInput(100);
    const untilMs = ms('20T22:00:00');
    noteStanding(ledger, aStanding({ pause: { reason: 'hours', untilMs } }));
    send(Array.from({ length: 40 }, (_none, at) => ms('20T20:30:00') + at));
    expect(look().endsMs).toBe(untilMs + 10_000);
  });

  it('leaves to the next day what today’s limit does not allow', () => {
    begin({ job: parseJobValue({ name: 'nightly', daily_limit: 65 }) });
    readInput(100);
    noteStanding(ledger, aStanding());
    // 25 are left of today, and another 25 are to be sent from midnight on.
    send(Array.from({ length: 40 }, (_none, at) => ms('20T20:30:00') + at));
    expect(look().endsMs).toBe(ms('21T00:00:00') + 5_000);
  });

  it('is unknown before anybody was asked about', () => {
    readInput(100);
    noteStanding(ledger, aStanding({ rows: { ...aStanding().rows, done: 10 } }));
    expect(look().endsMs).toBeUndefined();
  });
});

describe('whoever looks', () => {
  it('does not wait for a transaction, nor makes anybody wait, nor leaves a file', () => {
    readInput(100);
    const writer = new DatabaseSync(folder.ledger);
    writer.exec("BEGIN IMMEDIATE; INSERT INTO about VALUES ('half', '1')");

    expect(look().state).toBe('tracing');

    writer.exec('COMMIT');
    writer.close();
    die();
    const files = readdirSync(folder.path);
    expect(look().state).toBe('killed');
    expect(readdirSync(folder.path)).toEqual(files);
    lock = lockRun(folder);
    ledger = openLedger(folder.ledger);
    expect(look().state).toBe('tracing');
  });

  it('is told what cannot be read', () => {
    die();
    const db = new DatabaseSync(folder.ledger);
    db.exec('PRAGMA user_version = 99');
    db.close();
    expect(look).toThrow(ConfigError);
    expect(look).toThrow('written by another version of nhs-trace (layout 99');

    writeFileSync(folder.ledger, 'this is no ledger at all');
    expect(look).toThrow(ConfigError);
    expect(look).toThrow('cannot be read (SQLite error 26)');
  });
});

function look(): RunStatus {
  return runStatus(folder.path, NOW);
}

/** As a process that is killed. */
function die(): void {
  if (lock === undefined) return;
  ledger.close();
  lock.release();
  lock = undefined;
}

function begin(differences: object = {}): void {
  ledger.describe('run', {
    runId: 'run-1',
    job: parseJobValue({ name: 'nightly' }),
    startedAt: '2026-11-20T20:00:00Z',
    ...differences,
  });
}

function readInput(rows: number): void {
  ledger.describe('input', { sha256: 'ab', rows, headers: ['A'] });
}

/** Half of 100 rows are done, ten of them without a request. */
function aStanding(differences: Partial<RunStanding> = {}): RunStanding {
  return {
    stage: 'tracing',
    at: '2026-11-20T20:59:59Z',
    rows: { total: 100, done: 50, local: 10, matched: 30, exceptions: 20, unanswered: 0 },
    ratePerSecond: 5,
    workers: 3,
    isQueueAway: false,
    ...differences,
  };
}

function send(times: readonly number[]): void {
  ledger.addRows([aTracedRow(1, aSubject())]);
  const requests = times.map((sentAt, at) => aRequest({ messageId: `M-${at}`, sentAt }));
  const result = answered({ kind: 'no-match' }, requests);
  ledger.record([{ subjectId: 1, result, at: NOW.toISOString() }]);
}
