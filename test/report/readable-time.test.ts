import { expect, it } from 'vitest';
import { readableTime } from '../../src/report/readable-time.ts';

it.each([
  ['2026-11-22T16:45:00.123Z', '22 Nov 2026, 16:45:00 GMT'],
  ['2026-07-01T23:30:00.000Z', '2 Jul 2026, 00:30:00 BST'],
  ['', ''],
  ['yesterday', 'yesterday'],
])('%s is read as "%s"', (iso, expected) => {
  expect(readableTime(iso)).toBe(expected);
});
