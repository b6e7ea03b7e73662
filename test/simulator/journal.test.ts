import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openJournal } from '../../src/simulator/journal.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
});
afterAll(() => rm(folder, { recursive: true }));

const ENTRY = {
  at: 1741080000000.25,
  operation: 'getNHSNumber',
  messageId: undefined,
  httpStatus: 200,
  code: 'SMSP-0000',
} as const;
const lines = async (path: string) => (await readFile(path, 'utf8')).split('\n').slice(0, -1);

test('an entry is on disk after a moment, as one line', async () => {
  const path = join(folder, 'a.ndjson');
  const journal = await openJournal(path);
  journal.write(ENTRY);
  await expect.poll(() => lines(path)).toHaveLength(1);
  expect(JSON.parse((await lines(path))[0] ?? '')).toEqual({
    at: 1741080000000.25,
    operation: 'getNHSNumber',
    httpStatus: 200,
    code: 'SMSP-0000',
  });
  await journal.close();
});

test('closing writes what is left, in order, and a second journal goes on below', async () => {
  const path = join(folder, 'b.ndjson');
  const journal = await openJournal(path);
  for (let at = 0; at < 5000; at += 1) journal.write({ ...ENTRY, at });
  await journal.close();
  const seen = (await lines(path)).map((line) => JSON.parse(line).at);
  expect(seen).toEqual(Array.from({ length: 5000 }, (_, at) => at));
  const again = await openJournal(path);
  again.write(ENTRY);
  await again.close();
  expect(await lines(path)).toHaveLength(5001);
});

test('a place that cannot be written rejects', async () => {
  await expect(openJournal(join(folder, 'no', 'c.ndjson'))).rejects.toThrow(/ENOENT/);
});
