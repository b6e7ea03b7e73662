import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ReportParts, viewReport } from '../../src/report/report-view.ts';
import { writeReport, writeSummary } from '../../src/report/write-report.ts';
import { aNumber } from '../support/people.ts';
import { aCause, aRowBeside, reportParts, workLists } from '../support/report-parts.ts';
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

async function page(changes: Partial<ReportParts> = {}): Promise<string> {
  const path = join(folder, 'report.html');
  await writeReport(path, viewReport(reportParts({ summary: SUMMARY, ...changes })));
  return readFile(path, 'utf8');
}

const SUMMARY = aSummary({ rows: 3, outcomes: { traced: 1 }, exceptions: { 'possible-match': 2 } });

describe('the page', () => {
  it('is one file that fetches nothing, and runs its own script alone', async () => {
    const html = await page({ purpose: 'Direct care', causes: [aCause()] });

    expect(html).not.toMatch(/https?:\/\//i);
    expect(html).not.toMatch(/["'(=]\/\//);
    expect(html).not.toMatch(/<(?:link|iframe|img|object|embed)\b/i);
    expect(html).not.toMatch(/@import|@font-face|url\(/i);
    expect(html).not.toMatch(/\son\w+=/i);
    expect(await readdir(folder)).toEqual(['report.html']);
    const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(html) ?? [];
    const digest = createHash('sha256').update(script).digest('base64');
    expect(html).toContain(`script-src 'sha256-${digest}'`);
    expect(html.match(/<script/gi)).toHaveLength(1);
  });

  it('carries the confidentiality label, on screen and on each printed page', async () => {
    const html = await page();

    const label = 'NHS Confidential: Personal Data about a patient';
    expect(html.split(label)).toHaveLength(3);
    expect(html).toMatch(/content: ["']NHS Confidential/);
    expect(html).toMatch(/counter\(page\) ["'] of ["'] counter\(pages\)/);
  });

  it('shows totals, causes and numbers as people read them', async () => {
    const html = await page({ purpose: 'Direct care', causes: [aCause(2)] });

    expect(html).toContain('33.3% matched');
    expect(html).toContain('cohort-backfill: Direct care');
    expect(html).toContain('Postcode: PDS holds another.');
    expect(html).toContain('<b>What to do:</b> Compare.');
    expect(html).toContain('Candidate: 999 012 3454');
    expect(html).toContain('M1 1AE<span class="pds differs">PDS: EC1A 1BB <b>differs</b></span>');
    expect(html).not.toContain('9990123454');
    expect(html).toContain(
      'And 1 more, not shown here: all rows are in exceptions.xlsx, on the sheet “possible-match”, and in exceptions.csv.',
    );
  });

  it('carries the warnings of MSCA-DQ-01, 03 and 04, whether or not there are such numbers', async () => {
    const html = await page();

    expect(html).toContain('Replace the number only if no other local record has the new one');
    expect(html).toContain('Otherwise the two records are merged by hand.');
    expect(html).toContain('A withdrawn (invalidated) number is not to be used');
    expect(html).toContain('Alert the back office with the local id of the record');
    expect(html).toContain('Duplicate numbers are to be reported');
    expect(html).toContain('its NHS number is no longer valid');
    expect(html).toContain('its NHS number is not valid');
    expect(html.split('the record has been referred to the back office')).toHaveLength(3);
    expect(
      html.split('all demographic and clinical data on it are to be regarded with caution'),
    ).toHaveLength(3);
  });

  it('marks a withdrawn number as one', async () => {
    const row = aRowBeside(5, { suppliedNumber: aNumber('9990341702') });
    const html = await page({ workLists: workLists({ invalidated: { count: 1, rows: [row] } }) });

    expect(html).toContain('<s>999 034 1702</s><span class="pds differs">withdrawn</span>');
  });

  it.each([
    [20, true],
    [21, false],
  ])('opens a list of %d rows: %s', async (rows, isOpen) => {
    const html = await page({ causes: [aCause(rows)] });

    expect(/<details class="nhsuk-details" open>/.test(html)).toBe(isOpen);
  });

  it('shows what stands in the file where nothing was sent', async () => {
    const inFile = [{ header: 'Surname', text: MARKUP }];
    const rows = [aRowBeside(65, { fields: [], inFile })];
    const html = await page({ causes: [aCause(1, { code: 'possible-match', rows })] });

    expect(html).toContain(`<span class="quiet">Surname</span> ${ESCAPED}`);
  });

  it('says above all that rows have no answer, when some have none', async () => {
    const summary = aSummary({ rows: 1234, exceptions: { failed: 1234 } });

    expect(await page({ summary })).toContain(
      'The provider gave no answer about 1,234 of the rows',
    );
    expect(await page()).not.toContain('This run is not complete');
  });

  it('says so when there is no exception', async () => {
    const html = await page({ summary: aSummary({ rows: 1, outcomes: { verified: 1 } }) });

    expect(html).toContain('There are none: every row has an NHS number to use.');
  });

  it('compares with an earlier run when there is one', async () => {
    const earlier = aSummary({ rows: 3, outcomes: { traced: 2 } });

    expect(await page({ before: [earlier] })).toContain(
      'It matched 66.7%; this one matched 33.3%: −33.4 points',
    );
    expect(await page()).not.toContain('id="comparison"');
  });

  it('shows a run of no rows', async () => {
    expect(await page({ summary: aSummary({ rows: 0 }) })).toContain('0.0% matched');
  });

  it.each<readonly [string, Partial<ReportParts>]>([
    ['the file', { summary: aSummary({ rows: 1, file: MARKUP }) }],
    ['the purpose', { purpose: MARKUP }],
    ['a reason', { causes: [aCause(1, { reason: MARKUP })] }],
    ['an action', { causes: [aCause(1, { action: MARKUP })] }],
    ['a local id', { causes: [aCause(1, { rows: [aRowBeside(1, { localId: MARKUP })] })] }],
    ['the job', { summary: { ...SUMMARY, job: MARKUP } }],
    ['the run', { summary: { ...SUMMARY, run_id: MARKUP } }],
  ])('escapes %s', async (_name, changes) => {
    const html = await page(changes);

    expect(html).toContain(ESCAPED);
    expect(html).not.toContain('<img');
    expect(html.match(/<script/gi)).toHaveLength(1);
  });

  it('belongs to its owner alone', async () => {
    await page();

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
