import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SummaryParts, summarise, throughput } from '../../src/report/summary.ts';

const PARTS: SummaryParts = {
  runId: 'run-1',
  job: 'cohort-backfill',
  input: { file: 'people.csv', sha256: 'ab', rows: 5 },
  outcomes: { verified: 1, traced: 2, superseded: 0, corrected: 0 },
  exceptions: {
    unusable: 1,
    'no-match': 1,
    'multiple-matches': 0,
    'not-verified': 0,
    invalidated: 0,
    'possible-match': 0,
    duplicate: 0,
    failed: 0,
  },
  requests: {
    sent: 5,
    retried: 1,
    savedByStore: 7,
    savedByDedupe: 2,
    byOperation: { getPatientDetailsBySearch: 5 },
    byResponseCode: { 'SMSP-0000': 4, timeout: 1 },
  },
  ratePerSecond: 5,
  requestTimes: [0, 200, 400, 600, 800],
  startedAt: '2026-11-22T16:45:00.000Z',
  finishedAt: '2026-11-22T16:45:01.000Z',
  seconds: 1.5,
  peakRssBytes: 10,
  peakQueueBytes: 20,
};

it('gives the figures in the names of summary.json', () => {
  expect(summarise(PARTS)).toEqual({
    run_id: 'run-1',
    protective_label: 'NHS Confidential: Personal Data about a patient',
    job: 'cohort-backfill',
    input: PARTS.input,
    outcomes: PARTS.outcomes,
    exceptions: PARTS.exceptions,
    requests: {
      sent: 5,
      retried: 1,
      saved_by_dedupe: 2,
      saved_by_store: 7,
      by_operation: { getPatientDetailsBySearch: 5 },
      by_response_code: { 'SMSP-0000': 4, timeout: 1 },
    },
    throttle: { limit_per_second: 5, achieved_per_second: 5, max_in_any_second: 5 },
    timing: {
      started_at: '2026-11-22T16:45:00.000Z',
      finished_at: '2026-11-22T16:45:01.000Z',
      seconds: 1.5,
    },
    resources: { peak_rss_bytes: 10, peak_queue_bytes: 20 },
  });
});

describe('throughput', () => {
  it.each([
    ['nothing sent', [], 0, 0],
    ['one request', [1000], 1, 1],
    ['two at the same moment', [1000, 1000], 2, 2],
    ['exactly a second apart', [0, 1000, 2000], 1, 1],
    ['a hair under a second apart', [0, 999.9], 1, 2],
    ['six within a blink', [0, 10, 20, 30, 40, 49], 6, 6],
    ['five a second', [0, 200, 400, 600, 800, 1000, 1200], 5, 5],
    ['a burst across the turn of a second', [900, 950, 1000, 1050, 1899], 4, 5],
    ['a burst, then nothing for 1 s', [0, 0, 0, 1000], 3, 3],
    ['a pause of a minute counts', [0, 60_000], 0.02, 1],
    ['a pause over a minute does not', [0, 500, 1000, 61_001, 61_501, 62_001], 2, 2],
    ['two resumptions of one request each', [0, 100_000], 1, 1],
    ['rounded to two places', [0, 300, 600, 900, 1200], 3.33, 4],
  ])('%s', (_name, times, achieved, most) => {
    expect(throughput(times)).toEqual({ achieved_per_second: achieved, max_in_any_second: most });
  });

  it('finds the fullest second wherever it begins', () => {
    const times = fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 60 });
    fc.assert(
      fc.property(times, (unsorted) => {
        const sorted = unsorted.toSorted((a, b) => a - b);
        const most = Math.max(
          0,
          ...sorted.map((from) => sorted.filter((t) => t >= from && t < from + 1000).length),
        );

        expect(throughput(sorted).max_in_any_second).toBe(most);
      }),
    );
  });
});
