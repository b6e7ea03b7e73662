/** The page stays small, and the workbook whole, however many exceptions there are. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunFolder } from '../../src/run-store/run-folder.ts';
import { writeLargeRun } from '../support/large-run.ts';

const ROWS = 20_000;
const MAX_PAGE_BYTES = 10_000_000;
let root = '';
let folder: RunFolder;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'large-run-'));
  folder = await writeLargeRun(join(root, 'run'), ROWS);
});

afterAll(() => rmSync(root, { recursive: true }));

it('cuts the page, and says where the rest is', () => {
  const page = readFileSync(folder.report, 'utf8');

  expect(statSync(folder.report).size).toBeLessThan(MAX_PAGE_BYTES);
  expect(page.match(/class="row"/g)?.length).toBeLessThanOrEqual(2_500);
  expect(page).toMatch(
    /And [\d,]+ more, not shown here: all rows are in exceptions.xlsx, on the sheet “no-match”, and in/,
  );
});

it('keeps every exception in the workbook', () => {
  const { exceptions } = JSON.parse(readFileSync(folder.summary, 'utf8'));
  const counted = Object.values<number>(exceptions).reduce((a, b) => a + b, 0);
  const sheets = Object.entries(unzipSync(readFileSync(folder.workbook)))
    .filter(([part]) => part.startsWith('xl/worksheets/'))
    .map(([, bytes]) => (strFromU8(bytes).match(/<row /g)?.length ?? 0) - 1);

  expect(sheets[0]).toBe(counted);
  expect(sheets.slice(1).reduce((a, b) => a + b, 0)).toBe(counted);
});
