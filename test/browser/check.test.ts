/** The page of `check` as people meet it: on a screen, on a telephone, on paper. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, expect } from 'vitest';
import { browserTest, startBrowser } from '../support/browser.ts';
import { runCli } from '../support/cli.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LINES = [
  'Extract of the week',
  'Hospital No,NHS number,Mother NHS number,Surname,Forename,DOB,Sex,Postcode',
  'A1,9990123454,9990341702,Testby,Mr Rowan,17/09/1981,F,M1 1AE',
  'A2,9.99E+09,,Sample,Robin,31/04/1975,M,EC1A 1BB',
  'A3,9990123454,,Other,Alex,01/01/1980,M,',
  'short,row',
];
let browser: Browser | undefined;
let root = '';
let url = '';

beforeAll(async () => {
  browser = await startBrowser();
  root = mkdtempSync(join(tmpdir(), 'check-browser-'));
  writeFileSync(join(root, 'people.csv'), LINES.join('\n'));
  const page = join(root, 'check.html');
  await runCli(['check', join(root, 'people.csv'), '--html', page], {}, root);
  url = pathToFileURL(page).href;
});
afterAll(async () => {
  await browser?.close();
  rmSync(root, { recursive: true });
});

for (const [name, width] of [
  ['on a screen', 1280],
  ['on a telephone', 360],
] as const) {
  browserTest(`axe finds nothing ${name}, and nothing stands out of the window`, async () => {
    const page = await browser?.newPage({ viewport: { width, height: 800 } });
    await page?.goto(url);

    expect(await page?.locator('table').count()).toBeGreaterThan(4);
    await page?.evaluate(AXE);
    expect(
      await page?.evaluate(
        "axe.run(document).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))",
      ),
    ).toEqual([]);
    expect(await page?.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    await page?.close();
  });
}

browserTest('prints as numbered pages that hold all of it, and no protective label', async () => {
  const page = await browser?.newPage();
  await page?.goto(url);

  const pdf = await page?.pdf({ preferCSSPageSize: true });
  const { totalPages, text } = await extractText(await getDocumentProxy(new Uint8Array(pdf ?? [])));

  text.forEach((words, at) => {
    expect(words).toContain(`page ${at + 1} of ${totalPages}`);
  });
  const all = text.join(' ').replace(/\s+/g, ' ');
  expect(all).toContain('Local id: column 1, "Hospital No"');
  expect(all).toContain('a spreadsheet has rounded it to scientific notation');
  expect(all).not.toContain('Confidential');
});
