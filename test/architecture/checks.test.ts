/** Types, format, lint and dead code: what `npm run check` looks at, so that a red one fails here too. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

describe('npm run check', () => {
  it.each([
    ['types', 'tsc', ['--noEmit']],
    ['format and lint', 'biome', ['ci']],
    ['typed lint', 'oxlint', []],
    ['dead code', 'knip', []],
  ])('%s', (_name, tool, args) => {
    const suffix = process.platform === 'win32' ? '.cmd' : '';
    const bin = join(ROOT, 'node_modules/.bin', tool + suffix);
    const { status, stdout, stderr } = spawnSync(bin, args, { cwd: ROOT, encoding: 'utf8' });
    expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
  });
});
