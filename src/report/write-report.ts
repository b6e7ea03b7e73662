/** summary.json and report.html, put on the disk. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import nunjucks from 'nunjucks';
import { writeFileAtomically } from '../lib/atomic-write.ts';
import type { CheckView } from './check-view.ts';
import type { ReportView } from './report-view.ts';
import type { Summary } from './summary.ts';

export async function writeSummary(path: string, summary: Summary): Promise<void> {
  await writeFileAtomically(path, `${JSON.stringify(summary, undefined, 2)}\n`);
}

/** One file that needs no network: the NHS design system's own style stands in the page. */
export async function writeReport(path: string, view: ReportView): Promise<void> {
  await writePage(path, 'report.njk', view);
}

/** The page of `check`, of the same kind. */
export async function writeCheckPage(path: string, view: CheckView): Promise<void> {
  await writePage(path, 'check.njk', view);
}

async function writePage(path: string, template: string, view: object): Promise<void> {
  const text = readFileSync(new URL(template, import.meta.url), 'utf8');
  const environment = new nunjucks.Environment(null, { autoescape: true, throwOnUndefined: true });
  await writeFileAtomically(path, environment.renderString(text, { ...view, css: readStyle() }));
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
