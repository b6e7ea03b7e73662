import { join } from 'node:path';
import { DEFAULT_JOB, loadJob } from '../../config/load-job.ts';
import { type Overrides, resolveSettings } from '../../config/settings.ts';
import { ConfigError } from '../../errors.ts';
import { printableJson } from '../../lib/printable.ts';
import { countWithEarlierAnswers } from '../../pipeline/check-earlier-answers.ts';
import { checkInput } from '../../pipeline/check-input.ts';
import { summariseCheck } from '../../pipeline/check-summary.ts';
import { openInput } from '../../pipeline/ingest-run.ts';
import { checkText } from '../../report/check-text.ts';
import { type CheckView, viewCheck } from '../../report/check-view.ts';
import { writeCheckPage } from '../../report/write-report.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';

export interface CheckOptions extends Overrides {
  readonly job?: string;
  /** Prints one JSON object instead of text. */
  readonly json?: boolean;
  /** Also writes a page for people to this file. */
  readonly html?: string;
  /** Where the run directory would be: the answers of earlier runs lie beside it. */
  readonly out?: string;
}

/** Sends nothing: what stands in the file, and what tracing it would take. Gives the exit code. */
export async function checkCommand(
  input: string,
  options: CheckOptions,
  context: CommandContext,
): Promise<number> {
  refuseOtherFile(options.html);
  const settings = resolveSettings(
    loadJob(options.job ?? DEFAULT_JOB),
    context.environment(),
    options,
  );
  const { job, acceptsTestNumbers } = settings;
  const now = context.clock.now();
  const nowMs = now.getTime();
  const file = await openInput(input, job, {
    acceptsTestNumbers,
    today: now.toISOString().slice(0, 10).replaceAll('-', ''),
  });
  const { earlier, counted } = await countWithEarlierAnswers(
    settings,
    options.out ?? join('runs', 'next'),
    nowMs,
    (isAnswered) => checkInput(file, isAnswered),
  );
  const summary = summariseCheck({ name: input, file, checked: counted, earlier, job, nowMs });
  context.print(options.json === true ? `${printableJson(summary, 2)}\n` : checkText(summary));
  if (options.html !== undefined) await writePage(options.html, viewCheck(summary));
  return EXIT.complete;
}

/** The page takes the place of what stands there: never that of the people. */
function refuseOtherFile(path: string | undefined): void {
  if (path === undefined || /\.html?$/i.test(path)) return;
  throw new ConfigError(`--html ${path}: the name of a page must end in .html.`);
}

async function writePage(path: string, view: CheckView): Promise<void> {
  try {
    await writeCheckPage(path, view);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new ConfigError(`--html ${path}: the page cannot be written${code}.`, { cause });
  }
}
