import { describe, expect, it } from 'vitest';
import { EXCEPTION_CODES, OUTCOMES } from '../../src/domain/exception.ts';
import { viewReport } from '../../src/report/report-view.ts';
import { aNumber } from '../support/people.ts';
import { aCause, aRowBeside, reportParts } from '../support/report-parts.ts';
import { aSummary } from '../support/summaries.ts';

describe('the view', () => {
  it('counts rows, matches and exceptions, and shares them', () => {
    const summary = aSummary({ rows: 2000, outcomes: { verified: 1500, traced: 1 } });

    const view = viewReport(reportParts({ summary }));

    expect(view).toMatchObject({
      rows: '2,000',
      matched: '1,501',
      exceptions: '499',
      matchRate: '75.1%',
    });
    expect(view.outcomes.map(({ code }) => code)).toEqual([...OUTCOMES]);
    expect(view.outcomes[0]).toMatchObject({ count: '1,500', share: '75.0%' });
    expect(view.exceptionTotals.map(({ code }) => code)).toEqual([...EXCEPTION_CODES]);
  });

  it('carries run, job, purpose, file and times', () => {
    expect(viewReport(reportParts({ purpose: 'Direct care' }))).toMatchObject({
      runId: 'run-1',
      job: 'cohort-backfill',
      purpose: 'Direct care',
      file: 'people.csv',
      startedAt: '22 Nov 2026, 16:45:00 GMT',
      finishedAt: '22 Nov 2026, 18:50:05 GMT',
    });
  });

  it('says who must act on each code', () => {
    const actors = viewReport(reportParts()).exceptionTotals.map(({ code, actor }) => [
      code,
      actor,
    ]);

    expect(Object.fromEntries(actors)).toEqual({
      unusable: 'The clerk who mends the record',
      'no-match': 'The clerk who mends the record',
      'multiple-matches': 'The clerk who mends the record',
      'not-verified': 'The data-quality team',
      invalidated: 'The back office',
      'possible-match': 'The data-quality team',
      duplicate: 'The back office',
      failed: 'Whoever runs the program',
    });
  });
});

describe('exceptions', () => {
  const SUMMARY = aSummary({
    rows: 9,
    exceptions: { 'possible-match': 2, failed: 3, duplicate: 4 },
  });

  it('stand by who must act, then by code; only those that occurred', () => {
    const causes = [
      aCause(1, { code: 'possible-match' }),
      aCause(3, { code: 'duplicate' }),
      aCause(2, { code: 'failed' }),
    ];

    const { actors } = viewReport(reportParts({ summary: SUMMARY, causes }));

    expect(
      actors.map(({ actor, count, codes }) => [actor, count, codes.map((c) => c.code)]),
    ).toEqual([
      ['back-office', '4', ['duplicate']],
      ['data-quality', '2', ['possible-match']],
      ['nobody', '3', ['failed']],
    ]);
  });

  it('number their causes as they stand on the page', () => {
    const causes = [aCause(1, { code: 'failed' }), aCause(1, { code: 'duplicate' })];

    const { actors } = viewReport(reportParts({ summary: SUMMARY, causes }));

    const ids = actors.flatMap(({ codes }) => codes.flatMap((code) => code.causes));
    expect(ids.map(({ id }) => id)).toEqual(['1', '2']);
  });

  function viewCause(cause: ReturnType<typeof aCause>) {
    const { actors } = viewReport(reportParts({ summary: SUMMARY, causes: [cause] }));
    return actors.flatMap(({ codes }) => codes).find(({ code }) => code === cause.code)?.causes[0];
  }

  it('show what was sent beside what PDS holds, and where to look', () => {
    const [row] = viewCause(aCause(1))?.rows ?? [];

    expect(row).toMatchObject({ row: '1', localId: 'P1', candidate: '999 012 3454', supplied: '' });
    expect(row?.cells.map(({ label, held, onPds }) => [label, held, onPds])).toEqual([
      ['Name', "Rowan O'Testby", "ROWAN ALEX O'TESTBY"],
      ['Date of birth', '17 Sep 1981', '17 Sep 1981'],
      ['Gender', 'female', 'female'],
      ['Postcode', 'M1 1AE', 'EC1A 1BB'],
    ]);
    expect(row?.cells.map(({ isSame, isDifferent }) => [isSame, isDifferent])).toEqual([
      [true, false],
      [true, false],
      [true, false],
      [false, true],
    ]);
    expect(row?.lookAt).toBe('Postcode');
  });

  it.each([
    ['the fields that the reason names', 'Gender: PDS holds another.', 'Gender, Postcode'],
    ['also in its second sentence', 'Found. Given name: it differs.', 'Given name, Postcode'],
    ['none', 'Something else.', 'Postcode'],
  ])('look at %s, and at what differs', (_name, reason, lookAt) => {
    expect(viewCause(aCause(1, { reason }))?.rows[0]?.lookAt).toBe(lookAt);
  });

  it('look where the code says when neither shows it', () => {
    const { fields: _none, ...row } = aCause(1).rows[0] ?? { row: 1, localId: '' };
    const cause = aCause(1, {
      code: 'failed',
      reason: 'No answer.',
      rows: [{ ...row, fields: [] }],
    });

    expect(viewCause(cause)).toMatchObject({ lookAt: 'Nothing', hasPeople: false });
    expect(viewCause(cause)?.rows[0]).toMatchObject({ lookAt: 'Nothing', cells: [] });
  });

  it('of one number stand together, with the number as the candidate', () => {
    const [one, two] = [aNumber(), aNumber('9990341702')];
    const rows = [
      aRowBeside(3, { otherNumber: two }),
      aRowBeside(5),
      { ...aRowBeside(8, { suppliedNumber: two, cameToSupplied: true }), otherNumber: one },
    ];

    const shown = viewCause(aCause(1, { code: 'duplicate', rows }))?.rows;

    expect(shown?.map(({ row, candidate }) => [row, candidate])).toEqual([
      ['5', '999 012 3454'],
      ['3', '999 034 1702'],
      ['8', '999 034 1702'],
    ]);
  });

  it('say how many more there are, when not all are listed', () => {
    expect(viewCause(aCause(2, { count: 1236 }))?.more).toBe('1,234');
    expect(viewCause(aCause(2, { count: 2 }))?.more).toBe('');
  });
});
