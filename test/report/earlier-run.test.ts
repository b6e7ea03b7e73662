import { describe, expect, it } from 'vitest';
import { latestBefore, viewComparison } from '../../src/report/earlier-run.ts';
import { aSummary } from '../support/summaries.ts';

function aRun(run_id: string, started_at: string, changes: object = {}) {
  const summary = aSummary({ rows: 10, outcomes: { verified: 5 } });
  return { ...summary, run_id, timing: { ...summary.timing, started_at }, ...changes };
}

const NOW = aRun('now', '2026-11-22T16:45:00.000Z');

describe('the run before', () => {
  it('is the latest of the same job that began before', () => {
    const beside = [
      aRun('older', '2026-11-20T16:45:00.000Z'),
      aRun('last', '2026-11-21T16:45:00.000Z'),
      aRun('oldest', '2026-11-19T16:45:00.000Z'),
      aRun('later', '2026-11-23T16:45:00.000Z'),
    ];

    expect(latestBefore(beside, NOW)?.run_id).toBe('last');
  });

  it.each([
    ['this run itself', aRun('now', '2026-11-21T16:45:00.000Z')],
    ['of another job', aRun('other', '2026-11-21T16:45:00.000Z', { job: 'another' })],
    ['without its counts', aRun('bad', '2026-11-21T16:45:00.000Z', { outcomes: {} })],
    ['without times', { ...aRun('bad', ''), timing: null }],
    ['no summary at all', ['cohort-backfill']],
    ['nothing', null],
  ])('is never one that is %s', (_name, found) => {
    expect(latestBefore([found], NOW)).toBeUndefined();
  });
});

it('tells what has changed, with the difference of the figures shown', () => {
  const before = aRun('last', '2026-11-21T16:45:00.000Z');
  const now = aSummary({ rows: 12, outcomes: { verified: 7 }, exceptions: { failed: 5 } });

  const view = viewComparison(before, now);

  expect(view).toMatchObject({ runId: 'last', matchRate: '50.0%', change: '+8.3' });
  expect(view.lines.slice(0, 2)).toEqual([
    { name: 'rows', before: '10', now: '12', change: '+2' },
    { name: 'verified', before: '5', now: '7', change: '+2' },
  ]);
  expect(view.lines.at(-1)).toEqual({ name: 'failed', before: '0', now: '5', change: '+5' });
});
