import { describe, expect, it } from 'vitest';
import { drawChart } from '../../src/report/chart.ts';
import { viewProvider } from '../../src/report/view-provider.ts';
import { aSummary } from '../support/summaries.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 22, 16, 45);

function aCode(minute: number, code: string, count: number) {
  return { startMs: START + minute * MINUTE, code, count, totalMs: count * 10, longestMs: count };
}

const LOG = {
  stretchMs: MINUTE,
  codes: [
    aCode(0, 'DEMOG-0001', 2),
    aCode(0, 'SMSP-0000', 30),
    aCode(0, 'SMSP-0004', 3),
    aCode(2, 'HTTP-503', 1),
    aCode(2, 'timeout', 4),
  ],
  pauses: [{ fromMs: START, toMs: START + 2 * MINUTE }],
};

describe('the provider over time', () => {
  it('gathers the codes of a stretch by what they come to', () => {
    const { stretches } = viewProvider(LOG, aSummary());

    expect(stretches).toEqual([
      {
        from: '22 Nov 2026, 16:45:00 GMT',
        aMinute: '35',
        answered: '32',
        busy: '3',
        failed: '0',
        mean: '10 ms',
        longest: '30 ms',
      },
      {
        from: '22 Nov 2026, 16:47:00 GMT',
        aMinute: '5',
        answered: '0',
        busy: '1',
        failed: '4',
        mean: '10 ms',
        longest: '4 ms',
      },
    ]);
  });

  it('says what codes mean, the most frequent first, and lists pauses', () => {
    const { codes, pauses, morePauses } = viewProvider(LOG, aSummary());

    expect(codes.map(({ code, words, count }) => [code, words, count])).toEqual([
      ['SMSP-0000', 'One person', '1,000'],
      ['timeout', 'No answer in time', '5'],
    ]);
    expect(pauses).toEqual([
      { from: '22 Nov 2026, 16:45:00 GMT', to: '22 Nov 2026, 16:47:00 GMT', length: '2 min 0 s' },
    ]);
    expect(morePauses).toBe('');
  });

  it('lists the first twenty of very many pauses', () => {
    const pauses = Array.from({ length: 25 }, () => ({ fromMs: START, toMs: START + MINUTE }));

    const view = viewProvider({ ...LOG, pauses }, aSummary());

    expect([view.pauses.length, view.morePauses]).toEqual([20, '5']);
  });

  it('gives the figures of the requests', () => {
    expect(viewProvider(LOG, aSummary()).figures.map(({ value }) => value)).toEqual([
      '1,005',
      '5',
      '1005.00',
      '3',
      '5',
      '4.87',
      '5',
      '2 h 5 min',
    ]);
  });
});

describe('the chart', () => {
  const bar = (answered: number, busy = 0, failed = 0) => ({ label: 'x', answered, busy, failed });

  it('stacks what came back, from the bottom line up', () => {
    const { rects, bottom } = drawChart([bar(10, 5, 5)]);

    expect(rects.map(({ kind }) => kind)).toEqual(['answered', 'busy', 'failed']);
    const [answered, busy, failed] = rects;
    expect((answered?.y ?? 0) + (answered?.height ?? 0)).toBe(bottom);
    expect((busy?.y ?? 0) + (busy?.height ?? 0)).toBeCloseTo(answered?.y ?? 0);
    expect((failed?.y ?? 0) + (failed?.height ?? 0)).toBeCloseTo(busy?.y ?? 0);
  });

  it.each([
    [0, '4'],
    [4, '4'],
    [35, '40'],
    [401, '800'],
    [3001, '4,000'],
    [6000, '8,000'],
  ])('has four lines, of which the upper one holds %d', (most, upper) => {
    const { lines, rects } = drawChart([bar(most)]);

    expect(lines).toHaveLength(5);
    expect(lines.at(-1)?.label).toBe(upper);
    for (const { y } of rects) expect(y).toBeGreaterThanOrEqual(lines.at(-1)?.y ?? 0);
  });

  it('has no bar where nothing was sent', () => {
    expect(drawChart([]).rects).toEqual([]);
    expect(drawChart([]).first).toBe('');
  });
});
