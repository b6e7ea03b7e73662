import { existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeKeyFile } from '../../src/audit/auditor.ts';
import { ConfigError } from '../../src/errors.ts';
import { aFolder } from '../support/runs.ts';

const folder = aFolder();

test('a key is in a file of its own, for its owner alone', async () => {
  const path = join(folder, 'a.key');
  await writeKeyFile(path, 'secret');
  expect(readFileSync(path, 'utf8')).toBe('secret\n');
  expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
});

test('of two that are made at once under one name, one is refused and the other stays whole', async () => {
  const path = join(folder, 'raced.key');
  const ends = await Promise.allSettled(['1', '2', '3'].map((key) => writeKeyFile(path, key)));
  const kept = ends.findIndex(({ status }) => status === 'fulfilled');
  expect(ends.filter(({ status }) => status === 'rejected')).toHaveLength(2);
  expect(readFileSync(path, 'utf8')).toBe(`${kept + 1}\n`);
});

test('no file is overwritten, and none is made through a link', async () => {
  const path = join(folder, 'mine');
  writeFileSync(path, 'mine');
  symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling'));
  symlinkSync(path, join(folder, 'link'));
  for (const name of ['mine', 'link', 'dangling'])
    await expect(writeKeyFile(join(folder, name), 'secret')).rejects.toThrow(`${name} exists`);
  expect(readFileSync(path, 'utf8')).toBe('mine');
  expect(existsSync(join(folder, 'nowhere'))).toBe(false);
});

test('a directory that is not there is the user’s to mend', async () => {
  const ended = writeKeyFile(join(folder, 'not', 'there.key'), 'secret');
  await expect(ended).rejects.toThrow(ConfigError);
  await expect(ended).rejects.toThrow('cannot be written (ENOENT)');
});
