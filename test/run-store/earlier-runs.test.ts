import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { summariesBeside } from '../../src/run-store/earlier-runs.ts';
import { createRunFolder } from '../../src/run-store/run-folder.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'earlier-runs-'));
});

afterEach(() => rmSync(root, { recursive: true }));

function put(run: string, summary: string): void {
  mkdirSync(join(root, run), { recursive: true });
  writeFileSync(join(root, run, 'summary.json'), summary);
}

it('gives what stands in the summaries beside this run, and not its own', () => {
  const folder = createRunFolder(join(root, 'this'));
  put('this', '{"run_id":"this"}');
  put('other', '{"run_id":"other"}');
  put('broken', '{"run_id":');
  mkdirSync(join(root, 'empty'));
  writeFileSync(join(root, 'file.csv'), 'x');

  expect([...summariesBeside(folder)]).toEqual([{ run_id: 'other' }]);
});

it('reads nothing that is far larger than a summary', () => {
  const folder = createRunFolder(join(root, 'this'));
  put('other', JSON.stringify({ run_id: 'x'.repeat(1_000_000) }));

  expect([...summariesBeside(folder)]).toEqual([]);
});

it('waits for no pipe, and follows no link', () => {
  const folder = createRunFolder(join(root, 'this'));
  for (const run of ['piped', 'linked']) mkdirSync(join(root, run));
  execFileSync('mkfifo', [join(root, 'piped', 'summary.json')]);
  symlinkSync('/dev/zero', join(root, 'linked', 'summary.json'));

  expect([...summariesBeside(folder)]).toEqual([]);
});
