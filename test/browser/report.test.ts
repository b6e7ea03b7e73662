/** report.html as people meet it: opened from the disk, with a keyboard, a screen reader, a printer. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { browserTest, startBrowser } from '../support/browser.ts';
import { writeLargeRun } from '../support/large-run.ts';
import { aSummary } from '../support/summaries.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LABEL = 'NHS Confidential: Personal Data about a patient';
let browser: Browser | undefined;
let root = '';
let url = '';

beforeAll(async () => {
  browser = await startBrowser();
  if (browser === undefined) return;
  root = mkdtempSync(join(tmpdir(), 'report-browser-'));
  for (const [at, verified] of EARLIER.entries()) putSummary(at + 1, verified);
  const folder = await writeLargeRun(join(root, 'run'), 400);
  url = pathToFileURL(folder.report).href;
});

/** How many of a thousand rows were verified in the runs of five nights before. */
const EARLIER = [880, 871, 902, 893, 860];

function putSummary(night: number, verified: number): void {
  const outcomes = { verified };
  const exceptions = { 'no-match': 1000 - verified };
  const summary = aSummary({ rows: 1000, outcomes, exceptions });
  const started_at = `2026-11-${10 + night}T19:00:00.000Z`;
  const folder = join(root, `night-${night}`);
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'summary.json'),
    JSON.stringify({
      ...summary,
      job: 'large-run',
      run_id: `night-${night}`,
      timing: { ...summary.timing, started_at },
    }),
  );
}

afterEach(async () => {
  for (const context of browser?.contexts() ?? []) await context.close();
});

afterAll(async () => {
  await browser?.close();
  if (root !== '') rmSync(root, { recursive: true });
});

/** The page, and everything that it asked for or complained of. */
async function open(
  options: BrowserContextOptions = {},
): Promise<{ readonly page: Page; readonly requests: string[]; readonly complaints: string[] }> {
  if (browser === undefined) throw new Error('no browser was started');
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  return { page, requests, complaints };
}

/** Where the keyboard is. */
const focused = (page: Page): Promise<string> =>
  page.evaluate('document.activeElement.id || document.activeElement.className');

async function tabTo(page: Page, id: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if ((await focused(page)) === id) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${id}`);
}

const shown = (page: Page, selector: string): Promise<number> =>
  page.locator(selector).filter({ visible: true }).count();

browserTest('opens from the disk, asks for nothing else, and complains of nothing', async () => {
  const { page, requests, complaints } = await open();

  expect(await page.title()).toMatch(/^\d+\.\d% matched/);
  expect(requests).toEqual([url]);
  expect(complaints).toEqual([]);
});

browserTest('its policy for content lets no other script run, and nothing be fetched', async () => {
  const { page, complaints } = await open();

  await page.evaluate(`
    const script = document.createElement('script');
    script.textContent = 'document.title = "changed"';
    document.body.append(script);
    const image = new Image();
    image.src = 'https://example.invalid/x.png';
    document.body.append(image);
  `);

  expect(await page.title()).toMatch(/matched/);
  await expect.poll(() => complaints.join('\n')).toMatch(/script-src[\s\S]*default-src/);
});

browserTest('the keyboard comes to the skip link first, and it leads to the content', async () => {
  const { page } = await open();

  await page.keyboard.press('Tab');
  expect(await focused(page)).toContain('nhsuk-skip-link');
  await page.keyboard.press('Enter');

  expect(page.url()).toBe(`${url}#main`);
});

browserTest('filters by who must act, by cause and by text, with the keyboard alone', async () => {
  const { page } = await open();
  const actors = await shown(page, '.actor');
  expect(actors).toBe(4);

  await tabTo(page, 'filter-actor');
  await page.keyboard.type('The data');
  await expect.poll(() => shown(page, '.actor')).toBe(1);
  expect(await page.locator('#filter-result').textContent()).toMatch(/^\d+ of the \d+ rows/);

  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('filter-code');
  await page.keyboard.type('not-verified');
  await expect.poll(() => shown(page, '.code')).toBe(1);

  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('filter-text');
  await page.keyboard.type('h37');
  await expect.poll(() => shown(page, '.cause .row')).toBeGreaterThan(3);
  const rows = page.locator('.cause .row').filter({ visible: true });
  for (const id of await rows.locator('.local-id').allTextContents()) expect(id).toMatch(/^H37/);

  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => shown(page, '.actor')).toBe(actors);
});

browserTest('shows everything, and no filter, without script', async () => {
  const { page } = await open({ javaScriptEnabled: false });

  expect(await shown(page, '#filter')).toBe(0);
  expect(await shown(page, '.cause')).toBe(await page.locator('.cause').count());
  await page.locator('summary').first().click();
  expect(await page.locator('.cause .row').first().isVisible()).toBe(true);
});

browserTest('draws the last runs, and says the same in words and in a table', async () => {
  const { page } = await open();

  const pictures = page.locator('.trend svg');
  expect(await pictures.count()).toBe(3);
  expect(await pictures.first().getAttribute('aria-label')).toBe(
    'Match rate over the last runs, from 88.0% in the first of these runs to 5.0% in this one; the table below holds all figures',
  );
  for (const picture of await pictures.all()) {
    expect(await picture.locator('circle').count()).toBe(EARLIER.length + 1);
    const frame = await picture.boundingBox();
    for (const circle of await picture.locator('circle').all()) {
      const box = await circle.boundingBox();
      expect(box?.y).toBeGreaterThanOrEqual(frame?.y ?? 0);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(
        (frame?.y ?? 0) + (frame?.height ?? 0),
      );
    }
  }
  const rates = page.locator('[aria-labelledby="trend-list-caption"] tbody td:nth-of-type(3)');
  expect(await rates.allTextContents()).toEqual([
    '88.0%',
    '87.1%',
    '90.2%',
    '89.3%',
    '86.0%',
    '5.0%',
  ]);
});

browserTest('shows what stands in the file where nothing was sent', async () => {
  const { page } = await open();

  const row = page.locator('#code-unusable ~ .cause .row').first();
  expect(await row.textContent()).toMatch(/^7\s+H7\s*Hospital number H7/);
});

for (const width of [641, 1040, 1180, 1280])
  browserTest(`keeps a margin in a window of ${width} pixels`, async () => {
    const { page } = await open({ viewport: { width, height: 800 } });

    const { x } = (await page.locator('h1').boundingBox()) ?? { x: 0 };
    expect(x).toBeGreaterThanOrEqual(16);
  });

browserTest('its headings are in order, and every table has a caption and scopes', async () => {
  const { page } = await open();

  const levels = await page
    .locator('h1, h2, h3, h4, h5, h6')
    .evaluateAll((headings) => headings.map(({ tagName }) => Number(tagName[1])));
  expect(levels[0]).toBe(1);
  expect(levels.filter((level) => level === 1)).toHaveLength(1);
  levels.forEach((level, at) => {
    expect(level).toBeLessThanOrEqual((levels[at - 1] ?? 0) + 1);
  });
  const tables = await page.locator('table').count();
  expect(tables).toBeGreaterThan(10);
  expect(await page.locator('table > caption').count()).toBe(tables);
  expect(await page.locator('th:not([scope])').count()).toBe(0);
});

/** Every part of the page, so that none is left out when axe looks at all of it. */
const SECTIONS =
  'tasks match-rate filter exceptions superseded invalidated shared discrepancies quality provider comparison last-run trend'.split(
    ' ',
  );

for (const [name, options] of [
  ['on a screen', {}],
  ['on a telephone', { viewport: { width: 390, height: 844 } }],
] as const) {
  browserTest(`axe finds nothing ${name}`, async () => {
    const { page } = await open(options);
    for (const details of await page.locator('details').all())
      await details.evaluate((element) => element.setAttribute('open', ''));

    for (const id of SECTIONS) expect(await shown(page, `#${id}`)).toBe(1);
    await page.evaluate(AXE);
    const violations = await page.evaluate(
      "axe.run(document).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))",
    );

    expect(violations).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  });
}

browserTest('prints with the label and page numbers on every page, lists opened', async () => {
  const { page } = await open();

  const pdf = await page.pdf({ preferCSSPageSize: true });
  const { totalPages, text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)));

  expect(totalPages).toBeGreaterThan(10);
  text.forEach((words, at) => {
    expect(words).toContain(LABEL);
    expect(words).toContain(`page ${at + 1} of ${totalPages}`);
  });
  expect(text.join('\n')).toContain('H37');
});

browserTest('prints each team’s part from a new page, and no head of a table alone', async () => {
  const { page } = await open();
  const teams = await page.locator('.actor h3').allTextContents();

  const pdf = await page.pdf({ preferCSSPageSize: true });
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)));

  const bodies = text.map((words) =>
    words
      .replace(LABEL, '')
      .replace(/page \d+ of \d+/, '')
      .trim(),
  );
  for (const team of teams.slice(1))
    expect(bodies.filter((words) => words.startsWith(team))).toHaveLength(1);
  expect(
    bodies.filter((words) => /(Look at|What to do|PDS holds|What the row holds)$/.test(words)),
  ).toEqual([]);
});
