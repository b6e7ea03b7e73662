import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ReportCause, type ReportLists, viewReport } from '../../src/report/report-view.ts';
import { writeReport, writeSummary } from '../../src/report/write-report.ts';
import { aNumber } from '../support/people.ts';
import { aSummary } from '../support/summaries.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'write-report-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

const MARKUP = '<img src=x onerror="alert(1)">&\'"</style><script>alert(2)</script>';
const ESCAPED = '&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;&quot;&lt;/style&gt;';

const NOTHING: ReportLists = { causes: [], repeated: [] };

function causes(rows: number, words: Partial<ReportCause> = {}): ReportLists {
  const cause: ReportCause = {
    code: 'possible-match',
    reason: 'Postcode: PDS holds another.',
    action: 'Compare.',
    count: rows + 1,
    rows: Array.from({ length: rows }, (_, at) => ({ row: at + 1, candidate: aNumber() })),
    ...words,
  };
  return { ...NOTHING, causes: [cause] };
}

async function page(view: ReturnType<typeof viewReport>): Promise<string> {
  const path = join(folder, 'report.html');
  await writeReport(path, view);
  return readFile(path, 'utf8');
}

const SUMMARY = aSummary({ rows: 3, outcomes: { traced: 1 }, exceptions: { 'possible-match': 2 } });

describe('the page', () => {
  it('is one file that fetches nothing and runs nothing', async () => {
    const html = await page(viewReport(SUMMARY, 'Direct care', causes(1)));

    expect(html).not.toMatch(/https?:\/\//i);
    expect(html).not.toMatch(/["'(=]\/\//);
    expect(html).not.toMatch(/<script/i);
    expect(html).not.toMatch(/<(?:link|iframe|img|object|embed)\b/i);
    expect(html).not.toMatch(/@import|@font-face|url\(/i);
    expect(html).not.toMatch(/\son\w+=/i);
    expect(await readdir(folder)).toEqual(['report.html']);
  });

  it('carries the confidentiality label, on screen and on each printed page', async () => {
    const html = await page(viewReport(SUMMARY, '', NOTHING));

    const label = 'NHS Confidential: Personal Data about a patient';
    expect(html.split(label)).toHaveLength(3);
    expect(html).toContain(`content: "${label}"`);
    expect(html).toContain('counter(page) " of " counter(pages)');
  });

  it('shows totals, causes and numbers as people read them', async () => {
    const html = await page(viewReport(SUMMARY, 'Direct care', causes(2)));

    expect(html).toContain('33.3% matched');
    expect(html).toContain('cohort-backfill: Direct care');
    expect(html).toContain('Postcode: PDS holds another.');
    expect(html).toContain('What to do: Compare.');
    expect(html).toContain('999 012 3454');
    expect(html).not.toContain('9990123454');
    expect(html).toContain('and 1 more; all of them are in exceptions.csv.');
  });

  it('lists one person on several rows, when there is one', async () => {
    const repeated = [{ nhsNumber: aNumber(), count: 2, rows: [3, 1007] }];
    const html = await page(viewReport(SUMMARY, '', { ...NOTHING, repeated }));

    expect(html).toContain('One person on several rows');
    expect(html).toMatch(/999 012 3454<\/th><td[^>]*>3, 1007<\/td>/);
    expect(await page(viewReport(SUMMARY, '', NOTHING))).not.toContain('on several rows');
  });

  it.each([
    [20, true],
    [21, false],
  ])('opens a list of %d rows: %s', async (rows, isOpen) => {
    const html = await page(viewReport(SUMMARY, '', causes(rows)));

    expect(/<details class="nhsuk-details" open>/.test(html)).toBe(isOpen);
  });

  it('says so when there is no exception', async () => {
    const html = await page(
      viewReport(aSummary({ rows: 1, outcomes: { verified: 1 } }), '', NOTHING),
    );

    expect(html).toContain('There are none: every row has an NHS number to use.');
  });

  it('shows a run of no rows', async () => {
    expect(await page(viewReport(aSummary({ rows: 0 }), '', NOTHING))).toContain('0.0% matched');
  });

  it.each([
    ['the file', viewReport(aSummary({ rows: 1, file: MARKUP }), '', NOTHING)],
    ['the purpose', viewReport(SUMMARY, MARKUP, NOTHING)],
    ['a reason', viewReport(SUMMARY, '', causes(1, { reason: MARKUP }))],
    ['an action', viewReport(SUMMARY, '', causes(1, { action: MARKUP }))],
    ['the job', viewReport({ ...SUMMARY, job: MARKUP }, '', NOTHING)],
    ['the run', viewReport({ ...SUMMARY, run_id: MARKUP }, '', NOTHING)],
  ])('escapes %s', async (_name, view) => {
    const html = await page(view);

    expect(html).toContain(ESCAPED);
    expect(html).not.toContain('<img');
    expect(html).not.toMatch(/<script/i);
  });

  it('belongs to its owner alone', async () => {
    await page(viewReport(SUMMARY, '', NOTHING));

    expect((await stat(join(folder, 'report.html'))).mode & 0o777).toBe(0o600);
  });
});

it('writes the summary as JSON, whole, for its owner alone', async () => {
  const path = join(folder, 'summary.json');

  await writeSummary(path, SUMMARY);

  const text = await readFile(path, 'utf8');
  expect(JSON.parse(text)).toEqual(SUMMARY);
  expect(text.endsWith('}\n')).toBe(true);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});
