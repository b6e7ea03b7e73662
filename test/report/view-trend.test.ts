import { describe, expect, it } from 'vitest';
import { drawLine } from '../../src/report/line-chart.ts';
import { viewTrend } from '../../src/report/view-trend.ts';
import { aSummary } from '../support/summaries.ts';

it('has a line in the table and a point in each picture for every run', () => {
  const earlier = aSummary({ rows: 2000, outcomes: { verified: 1000 } });
  const now = { ...aSummary({ rows: 2000, outcomes: { traced: 1500 } }), run_id: 'run-2' };

  const { runs, charts } = viewTrend([earlier, now]);

  expect(runs.map((run) => [run.runId, run.matchRate, run.exceptions, run.requests])).toEqual([
    ['run-1', '50.0%', '1,000', '1,005'],
    ['run-2', '75.0%', '500', '1,005'],
  ]);
  expect(charts.map(({ name, line }) => [name, line.points.length])).toEqual([
    ['Match rate', 2],
    ['Exceptions', 2],
    ['Requests', 2],
  ]);
  expect(charts[0]?.words).toBe('from 50.0% in the first of these runs to 75.0% in this one');
});

describe('the axis', () => {
  it.each([
    ['begins at nothing for counts', [900, 1000], true, '', ['0', '250', '500', '750', '1,000']],
    ['shows small changes of a rate', [85.9, 86.5], false, '%', ['85%', '86%', '87%']],
    ['never passes a hundred', [100, 100], false, '%', ['99%', '100%']],
    ['never falls below nothing', [0, 0], false, '%', ['0%', '1%']],
    ['holds when nothing was sent', [0, 0], true, '', ['0', '1']],
  ] as const)('%s', (_name, values, isFromZero, unit, labels) => {
    const { lines } = drawLine(values, isFromZero, unit);

    expect(lines.map(({ label }) => label)).toEqual(labels);
  });

  it('has every point between its ends, the highest value uppermost', () => {
    const { points, lines } = drawLine([86.5, 85.9, 90], false, '%');
    const ys = points.map(({ y }) => y);
    const ends = lines.map(({ y }) => y);

    expect(Math.min(...ys)).toBe(ys[2]);
    for (const y of ys) {
      expect(y).toBeGreaterThanOrEqual(Math.min(...ends));
      expect(y).toBeLessThanOrEqual(Math.max(...ends));
    }
    expect(points.map(({ x }) => x)).toEqual([...points.map(({ x }) => x)].sort((a, b) => a - b));
  });
});
