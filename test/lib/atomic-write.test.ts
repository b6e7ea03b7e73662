import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openAtomicFile, writeFileAtomically } from '../../src/lib/atomic-write.ts';

let folder = '';
let path = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atomic-write-'));
  path = join(folder, 'file.txt');
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

it('writes a whole file, for its owner alone, and leaves nothing beside it', async () => {
  const text = 'Żółć\n'.repeat(100_000);

  await writeFileAtomically(path, text);

  expect(await readFile(path, 'utf8')).toBe(text);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['file.txt']);
});

it('writes an empty file', async () => {
  await writeFileAtomically(path, '');

  expect(await readFile(path, 'utf8')).toBe('');
});

it('leaves the old file as it was until it is committed', async () => {
  await writeFile(path, 'old', { mode: 0o644 });
  const file = await openAtomicFile(path);
  await file.write('new, ');
  await file.write('in two parts');

  expect(await readFile(path, 'utf8')).toBe('old');
  await file.commit();

  expect(await readFile(path, 'utf8')).toBe('new, in two parts');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

it('shows what is not finished to its owner alone', async () => {
  const file = await openAtomicFile(path);
  await file.write('half');

  const [part = ''] = await readdir(folder);
  expect((await stat(join(folder, part))).mode & 0o777).toBe(0o600);
  await file.discard();
});

it('leaves nothing when it is discarded', async () => {
  const file = await openAtomicFile(path);
  await file.write('half');

  await file.discard();
  await file.discard();

  expect(await readdir(folder)).toEqual([]);
});

it('keeps a committed file that is discarded afterwards', async () => {
  const file = await openAtomicFile(path);
  await file.write('whole');
  await file.commit();

  await file.discard();

  expect(await readFile(path, 'utf8')).toBe('whole');
});

it('leaves nothing when the place is taken by a folder', async () => {
  await mkdir(path);

  await expect(writeFileAtomically(path, 'x')).rejects.toThrow();

  expect(await readdir(folder)).toEqual(['file.txt']);
});

it('fails where there is no folder', async () => {
  await expect(writeFileAtomically(join(folder, 'absent', 'file'), 'x')).rejects.toThrow(/ENOENT/);
});

it('lets two write the same file: one of them whole', async () => {
  const texts = ['a'.repeat(200_000), 'b'.repeat(200_000)];

  await Promise.all(texts.map((text) => writeFileAtomically(path, text)));

  expect(texts).toContain(await readFile(path, 'utf8'));
  expect(await readdir(folder)).toEqual(['file.txt']);
});
