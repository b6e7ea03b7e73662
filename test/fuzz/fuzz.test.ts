/** A short run of `npm run fuzz`, always the same. */
import { expect, test } from 'vitest';
import { fuzzFiles } from './fuzz-files.ts';

const MOST_RSS_BYTES = 700 * 1024 * 1024;

test('no file crashes the reading or loses a row unsaid', async () => {
  const figures = await fuzzFiles(1948, 0, 1200);

  expect(figures.faults).toEqual([]);
  expect(figures.refused).toBeGreaterThan(100);
  expect(figures.inputs - figures.refused).toBeGreaterThan(300);
  expect(figures.peakRssBytes).toBeLessThan(MOST_RSS_BYTES);
});
