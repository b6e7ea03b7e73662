import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IngestedRow, SentRequest, TraceResult } from '../../src/domain/record.ts';
import { ConfigError } from '../../src/errors.ts';
import { type Ledger, openLedger } from '../../src/run-store/ledger.ts';
import {
  aLocalRow,
  aNumber,
  answered,
  aRequest,
  aSubject,
  aTracedRow,
  refused,
  searched,
  unanswered,
} from '../support/people.ts';

const AT = '2026-11-22T16:45:00.000Z';
const NO_MATCH = answered({ kind: 'no-match' }, []);
const ROWAN = aSubject();
const ROBIN = aSubject({ givenName: 'Robin' });
const SAM = aSubject({ givenName: 'Sam' });
let folder = '';
let path = '';
let ledger: Ledger;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-'));
  path = join(folder, 'ledger.sqlite');
  ledger = openLedger(path);
});

afterEach(async () => {
  ledger.close();
  await rm(folder, { recursive: true });
});

function reopen(): void {
  ledger.close();
  ledger = openLedger(path);
}

const record = (subjectId: number, result: TraceResult = NO_MATCH, at = AT) =>
  ledger.record([{ subjectId, result, at }]);
const toTrace = (after = 0, limit = 100) =>
  ledger.subjectsToTrace(after, limit).map(({ subjectId }) => subjectId);
const requests = (...changes: Partial<SentRequest>[]) =>
  changes.map((change, at) => aRequest({ messageId: `M${at}`, ...change }));

describe('the run', () => {
  it('is described under keys, once each, and remembered', () => {
    ledger.describe('run', { runId: 'a', nested: [1] });
    ledger.describe('run', { runId: 'b' });
    reopen();

    expect(ledger.about('run')).toEqual({ runId: 'b' });
    expect(ledger.about('other')).toBeUndefined();
  });
});

describe('rows', () => {
  it('come back in input order, as they were', () => {
    const rows: IngestedRow[] = [
      {
        row: 1,
        cells: ['0001', 'a "b"\n', ''],
        findings: [{ field: 'gender', code: 'gender-not-known' }],
        fate: { kind: 'trace', subject: ROWAN },
      },
      {
        ...aLocalRow(2),
        fate: {
          kind: 'local',
          problem: { kind: 'not-enough', missing: ['gender'] },
          nhsNumber: aNumber(),
        },
      },
      aLocalRow(3),
    ];
    ledger.describe('ingestedAt', AT);

    ledger.addRows(rows);

    expect([...ledger.rows()]).toEqual([
      {
        ...rows[0],
        fate: { kind: 'trace', subject: { ...ROWAN, subjectId: 1 } },
        subjectId: 1,
        at: AT,
      },
      { ...rows[1], at: AT },
      { ...rows[2], at: AT },
    ]);
  });

  it('with equal details and route share a subject', () => {
    ledger.addRows([aTracedRow(1, ROWAN), aTracedRow(2, ROBIN), aTracedRow(3, ROWAN)]);
    ledger.addRows([aTracedRow(4, ROWAN), aTracedRow(5, { ...ROWAN, route: 'verify' })]);

    expect(ledger.counts()).toEqual({
      rows: 5,
      subjects: 3,
      localRows: 0,
      unansweredRows: 5,
      unaskedRows: 5,
    });
    expect([1, 2, 3, 4].map((id) => ledger.rowCount(id))).toEqual([3, 1, 1, 0]);
    expect([...ledger.rows()].map(({ subjectId }) => subjectId)).toEqual([1, 2, 1, 1, 3]);
  });

  it.each([
    ['family name', aSubject({ familyName: 'Sample' })],
    ['letter case', aSubject({ givenName: 'ROWAN' })],
    ['postcode', aSubject({ postcode: undefined })],
    ['number', aSubject({ nhsNumber: aNumber() })],
    ['an estimated date', aSubject({ isBirthDateEstimated: true })],
  ])('that differ in %s do not', (_name, subject) => {
    ledger.addRows([aTracedRow(1, ROWAN), aTracedRow(2, subject)]);

    expect(ledger.counts().subjects).toBe(2);
  });

  it('go in all together or not at all', () => {
    ledger.addRows([aTracedRow(1, ROWAN)]);

    expect(() => ledger.addRows([aTracedRow(2, ROBIN), aTracedRow(1, SAM)])).toThrow();

    expect(ledger.counts()).toMatchObject({ rows: 1, subjects: 1 });
  });

  it('are taken out before a file is read again', () => {
    ledger.addRows([aTracedRow(1, ROWAN), aLocalRow(2)]);

    ledger.clearRows();

    expect(ledger.counts()).toEqual({
      rows: 0,
      subjects: 0,
      localRows: 0,
      unansweredRows: 0,
      unaskedRows: 0,
    });
    ledger.addRows([aTracedRow(1, ROWAN)]);
    expect(ledger.rowCount(1)).toBe(1);
  });

  it('that were not read come to nothing', () => {
    ledger.addRows([]);

    expect([...ledger.rows()]).toEqual([]);
    expect([...ledger.results()]).toEqual([]);
    expect([...ledger.requestTimes()]).toEqual([]);
  });
});

describe('subjects', () => {
  beforeEach(() => {
    ledger.addRows([aTracedRow(1, ROWAN), aTracedRow(2, ROBIN), aTracedRow(3, SAM)]);
  });

  it('are handed out by id, from the first after, so many at most', () => {
    expect(toTrace()).toEqual([1, 2, 3]);
    expect(toTrace(1)).toEqual([2, 3]);
    expect(toTrace(0, 2)).toEqual([1, 2]);
    expect(toTrace(3)).toEqual([]);
    expect(ledger.subjectsToTrace(0, 1)).toEqual([{ subjectId: 1, ...ROWAN }]);
  });

  it('with an answer are not handed out again', () => {
    record(2);

    expect(toTrace()).toEqual([1, 3]);
  });

  it('are found by id', () => {
    expect(ledger.subjectsById([3, 1, 9])).toEqual([
      { subjectId: 1, ...ROWAN },
      { subjectId: 3, ...SAM },
    ]);
    expect(ledger.subjectsById([])).toEqual([]);
  });
});

describe('answers', () => {
  beforeEach(() => {
    ledger.describe('ingestedAt', '2026-11-22T16:00:00.000Z');
    ledger.addRows([aTracedRow(1, ROWAN), aTracedRow(2, ROWAN), aTracedRow(3, ROBIN)]);
  });

  it('are there after the ledger was opened again, with the rows that share them', () => {
    const found = answered({ kind: 'found', nhsNumber: aNumber() });
    record(1, found);
    reopen();

    expect([...ledger.results()]).toEqual([
      { subject: { subjectId: 1, ...ROWAN }, result: found, at: AT },
    ]);
    expect([...ledger.rows()].map(({ result, at }) => [result, at])).toEqual([
      [found, AT],
      [found, AT],
      [undefined, '2026-11-22T16:00:00.000Z'],
    ]);
    expect(ledger.counts()).toEqual({
      rows: 3,
      subjects: 2,
      localRows: 0,
      unansweredRows: 1,
      unaskedRows: 1,
    });
  });

  it('are given once: a second one is refused, its requests are kept', () => {
    record(1, answered({ kind: 'no-match' }, requests({ messageId: 'A' })));

    record(1, answered({ kind: 'multiple-matches' }, requests({ messageId: 'B' })), 'later');

    const [only] = [...ledger.results()];
    expect(only?.result).toMatchObject({ asked: [{ answer: { kind: 'no-match' } }] });
    expect(ledger.requestFigures().sent).toBe(2);
  });

  it('that are handed in twice, as after a crash, do not count their requests twice', () => {
    const result = answered({ kind: 'no-match' }, requests({ messageId: 'A' }, { messageId: 'B' }));

    record(1, result);
    record(1, result);

    expect(ledger.requestFigures().sent).toBe(2);
    expect([...ledger.requestTimes()]).toHaveLength(2);
  });

  it('tell how many requests left since an instant', () => {
    const sentAt = [1000, 2000, 3000].map((at) => ({ messageId: `M${at}`, sentAt: at }));
    record(1, answered({ kind: 'no-match' }, requests(...sentAt)));

    expect([0, 2000, 2000.5, 4000].map((ms) => ledger.requestsSince(ms))).toEqual([3, 2, 1, 0]);
  });

  it('that are none count as unanswered until they are asked for again, from where it ended', () => {
    record(1, unanswered('timeout', requests({ code: 'timeout' })));
    record(2);
    expect(toTrace()).toEqual([]);
    expect(ledger.counts().unansweredRows).toBe(2);

    ledger.reopenUnanswered();
    reopen();

    const [pending] = ledger.subjectsToTrace(0, 100);
    const { asked, requests: sent } = unanswered('timeout', requests({ code: 'timeout' }));
    expect(pending).toEqual({ subjectId: 1, ...ROWAN, progress: { asked, requests: sent } });
    expect(ledger.subjectsById([1])).toEqual([pending]);
    expect(ledger.counts().unansweredRows).toBe(2);
    expect(ledger.requestFigures().sent).toBe(1);
    record(1);
    expect(ledger.counts().unansweredRows).toBe(0);
  });

  it('of a provider that refuses us are none, and their requests are kept', () => {
    const sent = requests({ code: 'SMSP-0005' });
    record(1, refused(sent));

    expect(toTrace()).toEqual([1, 2]);
    expect([...ledger.results()]).toEqual([]);
    expect(ledger.requestFigures().sent).toBe(1);
    expect(ledger.subjectsById([1])[0]?.progress).toEqual({ asked: [], requests: sent });
  });

  it('that are still to come go on from what was answered before', () => {
    const [first, second] = requests({ messageId: 'A' }, { messageId: 'B', code: 'aborted' });
    const asked = [searched({ kind: 'multiple-matches' })];
    const half = { kind: 'unfinished', asked, requests: [first ?? aRequest()] } as const;
    const more = { ...half, requests: [...half.requests, second ?? aRequest()] };

    expect(ledger.record([{ subjectId: 1, result: half, at: AT }])).toBe(1);
    expect(ledger.record([{ subjectId: 1, result: more, at: AT }])).toBe(1);
    reopen();

    expect(toTrace()).toEqual([1, 2]);
    expect(ledger.subjectsToTrace(0, 1)[0]?.progress).toEqual({ asked, requests: more.requests });
    expect(ledger.requestFigures()).toMatchObject({ sent: 2, byResponseCode: { aborted: 1 } });
    expect(ledger.counts()).toMatchObject({ unansweredRows: 3, unaskedRows: 3 });

    record(1);
    expect(ledger.subjectsById([1])).toEqual([{ subjectId: 1, ...ROWAN }]);
  });

  it('go in all together or not at all', () => {
    // What cannot be stored as a number comes to nothing, and a request has a time.
    const untimed = answered({ kind: 'no-match' }, requests({ sentAt: Number.NaN }));
    const results = [NO_MATCH, untimed].map((result, at) => ({
      subjectId: at + 1,
      result,
      at: AT,
    }));

    expect(() => ledger.record(results)).toThrow('NOT NULL');

    expect(toTrace()).toEqual([1, 2]);
  });
});

describe('one row', () => {
  it('is found by its number, with what became of it', () => {
    ledger.addRows([
      aTracedRow(1, ROWAN),
      aTracedRow(2, ROBIN),
      aTracedRow(3, ROWAN),
      aLocalRow(4),
    ]);
    record(1);

    const rows = [...ledger.rows()];

    expect(rows).toHaveLength(4);
    expect([1, 2, 3, 4].map((row) => ledger.row(row))).toEqual(rows);
    expect(ledger.row(3)).toMatchObject({ row: 3, result: NO_MATCH, at: AT });
    expect(ledger.row(2)).not.toHaveProperty('result');
  });

  it.each([0, 5, -1, 1.5])('that is not in the file is none: %d', (row) => {
    ledger.addRows([aTracedRow(1, ROWAN)]);

    expect(ledger.row(row)).toBeUndefined();
  });
});

describe('requests', () => {
  it('are counted by operation and code, and what was sent again', () => {
    ledger.addRows([aTracedRow(1, ROWAN), aTracedRow(2, ROBIN)]);
    record(
      1,
      answered(
        { kind: 'no-match' },
        requests(
          { messageId: 'A', code: 'timeout', sentAt: 3000.25 },
          { messageId: 'B', attempt: 2, code: 'DEMOG-0001', sentAt: 1000.5 },
        ),
      ),
    );
    record(
      2,
      answered(
        { kind: 'no-match' },
        requests({ messageId: 'C', operation: 'getNHSNumber', code: 'DEMOG-0001', sentAt: 2000 }),
      ),
    );

    expect(ledger.requestFigures()).toEqual({
      sent: 3,
      retried: 1,
      byOperation: { getNHSNumber: 1, getPatientDetailsBySearch: 2 },
      byResponseCode: { 'DEMOG-0001': 2, timeout: 1 },
    });
    expect([...ledger.requestTimes()]).toEqual([1000.5, 2000, 3000.25]);
  });

  it('are none at first', () => {
    expect(ledger.requestFigures()).toEqual({
      sent: 0,
      retried: 0,
      byOperation: {},
      byResponseCode: {},
    });
  });
});

describe('claims', () => {
  const NUMBER = aNumber('9990341702');

  it('name the numbers that more than one subject came to', () => {
    ledger.addRows([aTracedRow(1, ROWAN), aTracedRow(2, ROBIN), aTracedRow(3, SAM)]);
    ledger.replaceClaims([
      { subjectId: 3, nhsNumber: NUMBER },
      { subjectId: 2, nhsNumber: aNumber() },
      { subjectId: 1, nhsNumber: NUMBER },
    ]);

    expect(ledger.sharedNumbers()).toEqual([
      {
        nhsNumber: NUMBER,
        subjects: [
          { subjectId: 1, ...ROWAN },
          { subjectId: 3, ...SAM },
        ],
      },
    ]);
  });

  it('take the place of earlier ones', () => {
    ledger.addRows([aTracedRow(1, ROWAN), aTracedRow(2, ROBIN)]);
    ledger.replaceClaims([1, 2].map((subjectId) => ({ subjectId, nhsNumber: NUMBER })));
    ledger.replaceClaims([{ subjectId: 1, nhsNumber: NUMBER }]);

    expect(ledger.sharedNumbers()).toEqual([]);
  });
});

describe('the file', () => {
  it('and what SQLite puts beside it belong to their owner alone', async () => {
    ledger.addRows([aTracedRow(1)]);
    reopen();

    const names = await readdir(folder);
    expect(names).toContain('ledger.sqlite');
    for (const name of names) {
      expect([name, (await stat(join(folder, name))).mode & 0o777]).toEqual([name, 0o600]);
    }
  });

  it('of another version is refused', () => {
    const other = join(folder, 'other.sqlite');
    const db = new DatabaseSync(other);
    db.exec('PRAGMA user_version = 1');
    db.close();

    expect(() => openLedger(other)).toThrow(ConfigError);
    expect(() => openLedger(other)).toThrow('layout 1, this one reads 3');
  });

  it('may be kept out of the disk', async () => {
    const memory = openLedger(':memory:');
    memory.addRows([aTracedRow(1)]);

    expect(memory.counts().rows).toBe(1);
    memory.close();
    expect(await readdir(process.cwd())).not.toContain(':memory:');
  });
});

describe('for the report', () => {
  it('requests are counted by stretch of time and code', () => {
    ledger.addRows([aTracedRow(1, ROWAN)]);
    const sent = requests(
      { messageId: 'A', code: 'SMSP-0000', sentAt: 1000.5, durationMs: 10 },
      { messageId: 'B', code: 'SMSP-0000', sentAt: 1999.9, durationMs: 30 },
      { messageId: 'C', code: 'timeout', sentAt: 1500, durationMs: 5 },
      { messageId: 'D', code: 'SMSP-0000', sentAt: 2000, durationMs: 1 },
    );
    record(1, answered({ kind: 'no-match' }, sent));

    expect(ledger.requestLog(1000)).toEqual([
      { startMs: 1000, code: 'SMSP-0000', count: 2, totalMs: 40, longestMs: 30 },
      { startMs: 1000, code: 'timeout', count: 1, totalMs: 5, longestMs: 5 },
      { startMs: 2000, code: 'SMSP-0000', count: 1, totalMs: 1, longestMs: 1 },
    ]);
  });

  it('findings are counted by column and kind, the most frequent first', () => {
    const initial = { field: 'given_name', code: 'name-initial' } as const;
    const unreadable = { field: 'postcode', code: 'postcode-unreadable' } as const;
    ledger.addRows([
      { ...aTracedRow(1, ROWAN), findings: [initial, unreadable] },
      { ...aLocalRow(2), findings: [unreadable] },
      aLocalRow(3),
    ]);

    expect(ledger.findingCounts()).toEqual([
      { ...unreadable, count: 2 },
      { ...initial, count: 1 },
    ]);
  });

  it('numbers that several rows brought with them are told', () => {
    const [one, other] = [aNumber('9990341702'), aNumber()];
    const problem = { kind: 'postponed' } as const;
    ledger.addRows([
      aTracedRow(1, aSubject({ nhsNumber: one })),
      aTracedRow(2, aSubject({ nhsNumber: other })),
      { ...aLocalRow(3), fate: { kind: 'local', problem, nhsNumber: one } },
      aLocalRow(4),
      aLocalRow(5),
    ]);

    expect([...ledger.numbersOnSeveralRows()]).toEqual([one]);
  });
});
