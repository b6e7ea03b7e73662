import { describe, expect, it } from 'vitest';
import type { RunStatus } from '../../src/domain/run-status.ts';
import { statusJson } from '../../src/report/status-json.ts';
import { statusList, statusText } from '../../src/report/status-text.ts';

const SEEN = Date.parse('2026-11-20T21:00:00Z');

function aStatus(differences: Partial<RunStatus> = {}): RunStatus {
  return {
    runId: 'nightly-1',
    job: 'nightly',
    directory: '/runs/nightly-1',
    state: 'tracing',
    startedMs: SEEN - 3_600_000,
    rows: { total: 4000, read: 4000, done: 1000, matched: 900, exceptions: 100, unanswered: 2 },
    requests: { sent: 1200, lastMs: SEEN - 2000, perSecond: 4.87, limitPerSecond: 5 },
    endsMs: SEEN + 2 * 3_600_000,
    rules: {},
    seenMs: SEEN,
    ...differences,
  };
}

describe('one run', () => {
  it('while it goes on: how far, how fast, until when', () => {
    expect(statusText(aStatus())).toBe(
      [
        'run        nightly-1 (nightly)',
        'state      tracing',
        'rows       1,000 of 4,000 done (25.0%), 3,000 to do',
        'so far     900 matched, 100 exceptions, 2 of them without an answer',
        'requests   1,200 sent, 4.9 a second in the last minute (limit 5)',
        'last sent  Fri 20 Nov 2026, 20:59 (2 s ago)',
        'started    Fri 20 Nov 2026, 20:00 (1 h 0 min ago)',
        'expected   to end Fri 20 Nov 2026, 23:00 (in 2 h 0 min)',
        'directory  /runs/nightly-1',
        '',
      ].join('\n'),
    );
  });

  it.each([
    [{ state: 'reading' }, /state +reading its input; nothing is sent yet/],
    [
      { state: 'waiting', waiting: { for: 'hours', untilMs: Date.parse('2026-11-21T19:00:00Z') } },
      /state +waiting for the sending hours until 19:00/,
    ],
    [
      {
        state: 'waiting',
        waiting: { for: 'daily-limit', untilMs: Date.parse('2026-11-21T00:00:00Z') },
        rules: { dailyLimit: 5000 },
      },
      /state +waiting: daily limit of 5,000 reached, goes on at 00:00/,
    ],
    [
      { state: 'waiting', waiting: { for: 'provider', untilMs: SEEN + 1 } },
      /state +waiting, because the provider asked for it/,
    ],
    [{ state: 'waiting', waiting: { for: 'queue' } }, /state +waiting for Redis/],
    [
      { state: 'tracing', workers: 0 },
      /workers +none takes part; start one with: nhs-trace worker/,
    ],
    [{ state: 'tracing', workers: 2 }, /workers +2\n/],
    [{ state: 'writing' }, /state +writing its outputs/],
    [{ state: 'stopped' }, /next +nothing is lost; go on with: nhs-trace resume \/runs\/nightly-1/],
    [{ state: 'killed' }, /state +nobody works on it[\s\S]*next +nothing is lost; go on with/],
    [
      { state: 'halted', reason: 'the provider refused our identity (SMSP-0005)' },
      /going on could do harm: the provider refused[\s\S]*when a person has looked into it: nhs-trace resume/,
    ],
    [{ state: 'finished' }, /finished, but some rows have no answer[\s\S]*ask again: nhs-trace/],
  ] as const)('%o', (differences, words) => {
    expect(statusText(aStatus(differences))).toMatch(words);
  });

  it('while its input is read nothing is said of what became of the rows', () => {
    const { total: _unknown, ...rows } = aStatus().rows;
    const text = statusText(aStatus({ state: 'reading', rows }));
    expect(text).toMatch(/rows +4,000 read so far/);
    expect(text).not.toMatch(/so far {2}|requests|matched/);
    expect(statusJson(aStatus({ state: 'reading', rows }))).toMatchObject({
      rows: { read: 4000, total: null, to_do: null },
    });
  });
});

it('many runs: a line for each', () => {
  const other = aStatus({ runId: 'cohort-backfill-22', state: 'finished' });
  expect(statusList([aStatus(), other])).toBe(
    [
      'nightly-1           tracing   Fri 20 Nov 2026, 20:00  1,000 of 4,000 rows (25.0%), 900 matched',
      'cohort-backfill-22  finished  Fri 20 Nov 2026, 20:00  1,000 of 4,000 rows (25.0%), 900 matched',
      '',
    ].join('\n'),
  );
});
