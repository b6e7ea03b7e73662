/**
 * The pictures of docs/report.md, of invented people: runs the sample of the nightly job against the
 * simulator, some parts of it first as if on nights before, and takes them from its report.
 *
 *   npm run screenshots
 *
 * Needs Chromium on the PATH, or CHROME_PATH.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { startBrowser } from '../support/browser.ts';
import { endProcesses, runCli } from '../support/cli.ts';
import { startSimulatorProcess } from '../support/simulator-process.ts';

const ROOT = new URL('../../', import.meta.url);
const SAMPLE = fileURLToPath(new URL('samples/nightly-data-quality.csv', ROOT));
const POPULATION = fileURLToPath(new URL('samples/population.csv', ROOT));
const IMAGES = fileURLToPath(new URL('docs/images/', ROOT));
/** Rows of the sample, by their places, as the extracts of five nights before. */
const NIGHTS = [
  [1, 401],
  [51, 501],
  [101, 541],
  [151, 600],
  [1, 551],
] as const;

const WIDTH = 1040;
/** Pictures are fetched by whoever reads the page: no one is larger. */
const MAX_BYTES = 200_000;
/** Each picture: from the top of one element of the page to that of another, and so many pixels more. */
const PICTURES = [
  { name: 'report-top', from: 'h1', to: '#match-rate', more: -32 },
  { name: 'report-steps', from: '#match-rate', to: '#outcomes-caption', more: -40 },
  { name: 'report-exceptions', from: '#actor-data-quality', to: '#cause-5', more: -250 },
  { name: 'report-unusable', from: '#code-unusable', to: '#cause-17', more: -150 },
  { name: 'report-superseded', from: '#superseded', to: '#invalidated', more: -32 },
  {
    name: 'report-discrepancies',
    from: '#discrepancies',
    to: '#discrepancy-fields-caption',
    more: 380,
  },
  { name: 'report-provider', from: 'figure.chart', to: '.legend', more: 48 },
  { name: 'report-trend', from: '#trend', to: '#trend-list-caption', more: 380 },
] as const;
/** Now and then the provider is busy, so that its picture shows that too. */
const RULES = ['{ when: { every: 150 }, do: { busy: { retry_after: 1 } } }'];

const folder = mkdtempSync(join(tmpdir(), 'screenshots-'));
try {
  const report = await makeReport();
  await takePictures(pathToFileURL(report).href);
} finally {
  await endProcesses();
  rmSync(folder, { recursive: true });
}

async function makeReport(): Promise<string> {
  const simulator = await startSimulatorProcess({
    folder,
    population: POPULATION,
    rules: RULES,
  });
  const [header = '', ...rows] = readFileSync(SAMPLE, 'utf8').trimEnd().split('\n');
  for (const [night, [from, to]] of NIGHTS.entries()) {
    const input = join(folder, `extract-${night + 1}.csv`);
    writeFileSync(input, `${[header, ...rows.slice(from - 1, to)].join('\n')}\n`);
    await run(input, `night-${night + 1}`, simulator.url);
  }
  return run(SAMPLE, `night-${NIGHTS.length + 1}`, simulator.url);
}

/** Gives the path of the report. */
async function run(input: string, runId: string, endpoint: string): Promise<string> {
  const out = join(folder, 'runs', runId);
  const rate = ['--endpoint', endpoint, '--rate', '100', '--log-level', 'error'];
  const { code, stderr } = await runCli(['run', input, '--out', out, '--run-id', runId, ...rate]);
  if (code !== 0) throw new Error(`the run ended with exit code ${code}: ${stderr}`);
  return join(out, 'report.html');
}

async function takePictures(url: string): Promise<void> {
  const browser = await startBrowser();
  if (browser === undefined)
    throw new Error('Chromium is not on the PATH; CHROME_PATH may name it');
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 900 } });
  await page.goto(url);
  mkdirSync(IMAGES, { recursive: true });
  for (const { name, from, to, more } of PICTURES) {
    const y = (await topOf(page, from)) - 16;
    const clip = { x: 0, y, width: WIDTH, height: (await topOf(page, to)) + more - y };
    keep(name, await page.screenshot({ fullPage: true, clip }));
  }
  await page.setViewportSize({ width: 390, height: 780 });
  await page.locator('#exceptions').evaluate((heading) => heading.scrollIntoView());
  keep('report-telephone', await page.screenshot());
  await browser.close();
}

function keep(name: string, picture: Buffer): void {
  if (picture.length > MAX_BYTES)
    throw new Error(`${name} has ${picture.length} bytes: cut it shorter`);
  writeFileSync(join(IMAGES, `${name}.png`), picture);
}

/** In pixels from the top of the page. */
async function topOf(page: Page, selector: string): Promise<number> {
  const box = await page.locator(selector).first().boundingBox();
  if (box === null) throw new Error(`the report has no ${selector}`);
  return box.y;
}
