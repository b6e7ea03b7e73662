import { expect, it } from 'vitest';
import { groupSizeFor } from '../../src/domain/run.ts';

it.each([
  [0.1, 1],
  [5, 1],
  [50, 1],
  [199, 1],
  [200, 2],
  [500, 5],
  [100_000, 50],
])('at %d requests a second, so many subjects share a queue item: %d', (rate, size) => {
  expect(groupSizeFor(rate)).toBe(size);
});
