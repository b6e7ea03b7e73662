import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NODE, startProcess } from '../support/cli.ts';
import { aFolder } from '../support/runs.ts';

const ours = new URL('../../src/lib/compiled-code.ts', import.meta.url).href;
const folder = aFolder();

/** A process to which every mode is right, that keeps its code there and loads something. */
async function keepAt(directory: string): Promise<string> {
  const loaded = join(folder, 'loaded.ts');
  writeFileSync(loaded, "export const word: string = 'loaded';\n");
  const code = `process.umask(0);
    const { keepCompiledCode } = await import(${JSON.stringify(ours)});
    keepCompiledCode(${JSON.stringify(directory)});
    console.log((await import(${JSON.stringify(loaded)})).word);`;
  const args = ['--input-type=module', '--eval', code];
  const { stdout, stderr } = await startProcess(NODE, args, {}).ended;
  return stdout + stderr;
}

test('is kept where nobody else may put any', async () => {
  const directory = join(folder, 'above', 'kept');

  expect(await keepAt(directory)).toBe('loaded\n');

  expect(readdirSync(directory, { recursive: true }).length).toBeGreaterThan(1);
  for (const path of [directory, join(folder, 'above')])
    expect([path, (statSync(path).mode & 0o777).toString(8)]).toEqual([path, '700']);
});

test('is not kept where that cannot be, and the program runs all the same', async () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');

  expect(await keepAt(join(file, 'kept'))).toBe('loaded\n');
});
