/** Files as people have them: what must come of each, and that no row is lost on the way. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AWKWARD_FILES } from './files.ts';
import { outcomeOf } from './outcome.ts';
import { OUTCOMES } from './outcomes.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'awkward-files-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

test('each file has its own name and its outcome', () => {
  expect(AWKWARD_FILES.map(({ name }) => name)).toEqual(Object.keys(OUTCOMES));
});

test.each(AWKWARD_FILES)('$name', async ({ name, content, job, first }) => {
  const path = join(folder, 'people');
  await writeFile(path, content);

  const { line, rows } = await outcomeOf(path, job);

  expect(line).toBe(OUTCOMES[name]);
  expect(rows.map(({ row }) => row)).toEqual(rows.map((_, at) => at + 1));
  expect(new Set(rows.map(({ cells }) => cells.length)).size).toBeLessThanOrEqual(1);
  if (first !== undefined) expect(rows[0]?.cells).toEqual(first);
});
