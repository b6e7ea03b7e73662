import { expect, it } from 'vitest';
import { openLedger } from '../../src/run-store/ledger.ts';
import { aboutInput, aboutRun, aboutWork } from '../../src/run-store/run-about.ts';

it('knows nothing of a run that was not described', () => {
  const ledger = openLedger(':memory:');

  expect(aboutRun(ledger)).toBeUndefined();
  expect(aboutInput(ledger)).toBeUndefined();
  expect(aboutWork(ledger)).toEqual({
    seconds: 0,
    peakRssBytes: 0,
    peakQueueBytes: 0,
    finishedAt: '',
  });
  ledger.close();
});

it('gives back what was described', () => {
  const ledger = openLedger(':memory:');
  const work = { seconds: 2.5, peakRssBytes: 1, peakQueueBytes: 2, finishedAt: '2026-11-22' };
  ledger.describe('run', { runId: 'run-1' });
  ledger.describe('input', { sha256: 'ab', rows: 2, headers: ['A'] });
  ledger.describe('work', work);

  expect(aboutRun(ledger)).toEqual({ runId: 'run-1' });
  expect(aboutInput(ledger)).toEqual({ sha256: 'ab', rows: 2, headers: ['A'] });
  expect(aboutWork(ledger)).toEqual(work);
  ledger.close();
});
