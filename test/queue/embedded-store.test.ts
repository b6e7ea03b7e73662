import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { JobJson } from 'bullmq';
import { expect, it } from 'vitest';
import { openItemStore } from '../../src/queue/embedded-store.ts';
import { aFolder } from '../support/runs.ts';

const folder = aFolder();
const anItem = (id: string, data: unknown = id): JobJson => ({
  id,
  name: 'trace',
  data: JSON.stringify(data),
  opts: {},
  progress: 0,
  attemptsMade: 0,
  attemptsStarted: 0,
  timestamp: 1,
  failedReason: '',
  returnvalue: '',
  stalledCounter: 0,
});

it('hands out in the order in which items were put in, and gives results in the order of their end', () => {
  const store = openItemStore(join(folder, 'order'));
  store.add(['a', 'b', 'c', 'd'].map((id) => anItem(id)));
  store.add([anItem('b', 'another'), anItem('e')]);

  const taken = [store.claim(), store.claim(), store.claim()];
  expect(taken.map((item) => item?.data)).toEqual(['"a"', '"b"', '"c"']);
  store.complete('c');
  store.complete('a');
  expect(store.idsOf('completed', 0, -1)).toEqual(['c', 'a']);
  expect(store.idsOf('completed', 1, 5)).toEqual(['a']);
  expect(store.idsOf('active', 0, -1)).toEqual(['b']);
  expect(store.idsOf('wait', 0, 1)).toEqual(['d']);
  store.close();
});

it('lets what was in hand wait again when it is opened, in front of the others, and counts that', () => {
  const directory = join(folder, 'again');
  const first = openItemStore(directory);
  first.add([anItem('a'), anItem('b')]);
  expect(first.claim()?.attemptsStarted).toBe(1);
  first.addLog('a', 'half-way');
  first.close();

  const second = openItemStore(directory);
  expect(second.idsOf('wait', 0, -1)).toEqual(['a', 'b']);
  expect(second.claim()).toMatchObject({ id: 'a', attemptsStarted: 2 });
  expect(second.logOf('a')).toEqual(['half-way']);
  second.complete('a');
  second.claim();
  second.complete('b');
  expect(second.idsOf('completed', 0, -1)).toEqual(['a', 'b']);
  second.close();
});

it('keeps a log for each item, which goes with it', () => {
  const store = openItemStore(join(folder, 'log'));
  store.add([anItem('a'), anItem('b')]);
  expect(['one', 'two'].map((row) => store.addLog('a', row))).toEqual([1, 2]);
  expect(store.addLog('b', 'three')).toBe(1);
  expect(store.addLog('gone', 'four')).toBe(0);
  expect(store.logOf('a')).toEqual(['one', 'two']);

  store.remove('a');
  store.add([anItem('a')]);
  expect(store.logOf('a')).toEqual([]);
  store.clear();
  store.add([anItem('b')]);
  expect(store.logOf('b')).toEqual([]);
  store.close();
});

it('puts in all or none', () => {
  const store = openItemStore(join(folder, 'all'));
  const broken = { ...anItem('b'), progress: 1n } as unknown as JobJson;
  expect(() => store.add([anItem('a'), broken])).toThrow();
  expect(store.hasWaiting()).toBe(false);
  store.add([anItem('a')]);
  expect(store.hasWaiting()).toBe(true);
  store.close();
});

it('is for its owner to read, and as large as it says', () => {
  const directory = join(folder, 'owner');
  const store = openItemStore(directory);
  const empty = store.bytes();
  store.add([anItem('a', 'x'.repeat(100_000))]);
  expect(store.bytes()).toBeGreaterThan(empty + 90_000);

  const files = readdirSync(directory);
  expect(files).toContain('items.sqlite-wal');
  expect(files.filter((name) => (statSync(join(directory, name)).mode & 0o077) !== 0)).toEqual([]);
  store.close();
});
