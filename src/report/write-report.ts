/** summary.json and report.html, put on the disk. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import nunjucks from 'nunjucks';
import { writeFileAtomically } from '../lib/atomic-write.ts';
import { printableLines } from '../lib/printable.ts';
import type { CheckView } from './check-view.ts';
import type { ReportView } from './report-view.ts';
import type { Summary } from './summary.ts';

export async function writeSummary(path: string, summary: Summary): Promise<void> {
  await writeFileAtomically(path, `${JSON.stringify(summary, undefined, 2)}\n`);
}

const PAGE = fileURLToPath(new URL('page/', import.meta.url));

/**
 * One file that needs no network, and may use none: its policy for content allows its own style and
 * script alone. The NHS design system's style stands in the page.
 */
export async function writeReport(path: string, view: ReportView): Promise<void> {
  const script = readFileSync(`${PAGE}filter-script.njk`, 'utf8');
  const scriptDigest = `sha256-${createHash('sha256').update(script).digest('base64')}`;
  await writePage(path, 'report.njk', { ...view, script, scriptDigest });
}

/** The page of `check`, of the same kind. */
export async function writeCheckPage(path: string, view: CheckView): Promise<void> {
  await writePage(path, 'check.njk', view);
}

async function writePage(path: string, template: string, values: object): Promise<void> {
  const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(PAGE), {
    autoescape: true,
    throwOnUndefined: true,
    trimBlocks: true,
  });
  const css = `${readStyle()}\n${readFileSync(`${PAGE}report.css`, 'utf8')}`;
  // What people's cells hold must not turn what stands beside it round.
  await writeFileAtomically(path, printableLines(environment.render(template, { ...values, css })));
}

/** Without the web fonts and pictures, which would be fetched from elsewhere. */
function readStyle(): string {
  const path = createRequire(import.meta.url).resolve(
    'nhsuk-frontend/dist/nhsuk/nhsuk-frontend.min.css',
  );
  return readFileSync(path, 'utf8')
    .replace(/@font-face\{[^}]*\}/g, '')
    .replace(/url\([^)]*\)/g, 'none')
    .replace(/<\//g, '<\\/');
}
