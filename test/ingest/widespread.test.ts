import { expect, test } from 'vitest';
import { isWidespread } from '../../src/ingest/widespread.ts';

// Three, and one row in a thousand, or a hundred of them: docs/input-files.md.
test.each([
  [2, 2, false],
  [3, 3, true],
  [3, 3000, true],
  [3, 3001, false],
  [99, 99_000, true],
  [99, 1_000_000, false],
  [100, 1_000_000, true],
])('%d cells of %d rows: %s', (cells, rows, is) => {
  expect(isWidespread({ cells, first: 1 }, rows)).toBe(is);
});
