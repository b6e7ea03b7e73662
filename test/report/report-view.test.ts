import { describe, expect, it } from 'vitest';
import { EXCEPTION_CODES, OUTCOMES } from '../../src/domain/exception.ts';
import { type ReportCause, type ReportLists, viewReport } from '../../src/report/report-view.ts';
import { aNumber } from '../support/people.ts';
import { aSummary } from '../support/summaries.ts';

const CAUSE: ReportCause = {
  code: 'possible-match',
  reason: 'Postcode: PDS holds another.',
  action: 'Compare.',
  count: 1234,
  rows: [{ row: 1007, candidate: aNumber() }, { row: 2 }],
};

function lists(causes: readonly ReportCause[] = [], repeated: ReportLists['repeated'] = []) {
  return { causes, repeated };
}

describe('the view', () => {
  it('counts rows, matches and exceptions, and shares them', () => {
    const view = viewReport(
      aSummary({ rows: 2000, outcomes: { verified: 1500, traced: 1 } }),
      '',
      lists(),
    );

    expect(view).toMatchObject({
      rows: '2,000',
      matched: '1,501',
      exceptions: '499',
      matchRate: '75.0%',
    });
    expect(view.outcomes.map(({ code }) => code)).toEqual([...OUTCOMES]);
    expect(view.outcomes[0]).toMatchObject({ count: '1,500', share: '75.0%' });
    expect(view.exceptionTotals.map(({ code }) => code)).toEqual([...EXCEPTION_CODES]);
  });

  it('carries run, job, purpose, file and times', () => {
    expect(viewReport(aSummary(), 'Direct care', lists())).toMatchObject({
      runId: 'run-1',
      job: 'cohort-backfill',
      purpose: 'Direct care',
      file: 'people.csv',
      startedAt: '2026-11-22 16:45:00 UTC',
      finishedAt: '2026-11-22 18:50:05 UTC',
    });
  });

  it('groups causes under the codes that occurred, candidates as people read them', () => {
    const summary = aSummary({ rows: 1234, exceptions: { 'possible-match': 1234 } });

    const { groups } = viewReport(summary, '', lists([CAUSE, { ...CAUSE, code: 'failed' }]));

    expect(groups).toEqual([
      {
        code: 'possible-match',
        title: 'Somebody was found, but on too little to be sure',
        count: '1,234',
        causes: [
          {
            reason: CAUSE.reason,
            action: CAUSE.action,
            count: '1,234',
            hasCandidates: true,
            rows: [
              { row: '1007', candidate: '999 012 3454' },
              { row: '2', candidate: '' },
            ],
            more: '1,232',
          },
        ],
      },
    ]);
  });

  it('has no "more" when all rows are listed, and no candidates when there are none', () => {
    const summary = aSummary({ rows: 1, exceptions: { failed: 1 } });
    const cause = { ...CAUSE, code: 'failed', count: 1, rows: [{ row: 1 }] } as const;

    const [group] = viewReport(summary, '', lists([cause])).groups;

    expect(group?.causes[0]).toMatchObject({ more: '', hasCandidates: false });
  });

  it('gives the figures of the requests', () => {
    expect(viewReport(aSummary(), '', lists()).figures.map(({ value }) => value)).toEqual([
      '1,005',
      '1005.00',
      '5',
      '3',
      '5',
      '4.87',
      '5',
      '2 h 5 min',
    ]);
  });

  it('lists the people who stand on several rows, with their numbers as people read them', () => {
    const repeated = [{ nhsNumber: aNumber(), count: 1002, rows: [3, 1007] }];

    expect(viewReport(aSummary(), '', lists([], repeated)).repeated).toEqual([
      { number: '999 012 3454', rows: '3, 1007 and 1,000 more' },
    ]);
    expect(viewReport(aSummary(), '', lists()).repeated).toEqual([]);
  });
});
