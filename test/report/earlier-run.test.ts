import { describe, expect, it } from 'vitest';
import { runsBefore, viewComparison } from '../../src/report/earlier-run.ts';
import { aSummary } from '../support/summaries.ts';

function aRun(run_id: string, started_at: string, changes: object = {}) {
  const summary = aSummary({ rows: 10, outcomes: { verified: 5 } });
  return { ...summary, run_id, timing: { ...summary.timing, started_at }, ...changes };
}

const NOW = aRun('now', '2026-11-22T16:45:00.000Z');

describe('the runs before', () => {
  it('are those of the same job that began before, the last at the end', () => {
    const beside = [
      aRun('older', '2026-11-20T16:45:00.000Z'),
      aRun('last', '2026-11-21T16:45:00.000Z'),
      aRun('oldest', '2026-11-19T16:45:00.000Z'),
      aRun('later', '2026-11-23T16:45:00.000Z'),
    ];

    expect(runsBefore(beside, NOW).map(({ run_id }) => run_id)).toEqual([
      'oldest',
      'older',
      'last',
    ]);
  });

  it('are 29 at most, the latest, in whatever order they are found', () => {
    const dayOf = (day: number) => `2026-10-${String(day).padStart(2, '0')}T19:00:00.000Z`;
    const nights = Array.from({ length: 31 }, (_none, at) => aRun(`night-${at}`, dayOf(at + 1)));

    const runs = runsBefore([...nights.slice(16), ...nights.slice(0, 16)], NOW);

    expect(runs.map(({ run_id }) => run_id)).toEqual(nights.slice(2).map(({ run_id }) => run_id));
  });

  it.each([
    ['without requests', aRun('bad', '2026-11-21T16:45:00.000Z', { requests: {} })],
    ['this run itself', aRun('now', '2026-11-21T16:45:00.000Z')],
    ['of another job', aRun('other', '2026-11-21T16:45:00.000Z', { job: 'another' })],
    ['without its counts', aRun('bad', '2026-11-21T16:45:00.000Z', { outcomes: {} })],
    ['without times', { ...aRun('bad', ''), timing: null }],
    ['no summary at all', ['cohort-backfill']],
    ['nothing', null],
  ])('have none among them that is %s', (_name, found) => {
    expect(runsBefore([found], NOW)).toEqual([]);
  });
});

it('tells what has changed, with the difference of the figures shown', () => {
  const before = aRun('last', '2026-11-21T16:45:00.000Z');
  const now = aSummary({ rows: 12, outcomes: { verified: 7 }, exceptions: { failed: 5 } });

  const view = viewComparison(before, now);

  expect(view).toMatchObject({ runId: 'last', matchRate: '50.0%', change: '+8.3' });
  expect(view.lines.slice(0, 2)).toEqual([
    { name: 'all rows of the file', before: '10', now: '12', change: '+2' },
    { name: 'verified', before: '5', now: '7', change: '+2' },
  ]);
  expect(view.lines.at(-1)).toEqual({ name: 'failed', before: '0', now: '5', change: '+5' });
});
