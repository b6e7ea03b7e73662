import { join } from 'node:path';
import { DEFAULT_JOB, loadJob } from '../../config/load-job.ts';
import { type Overrides, resolveSettings } from '../../config/settings.ts';
import { countWithEarlierAnswers } from '../../pipeline/check-earlier-answers.ts';
import { checkInput } from '../../pipeline/check-input.ts';
import { summariseCheck } from '../../pipeline/check-summary.ts';
import { openInput } from '../../pipeline/ingest-run.ts';
import { checkText } from '../../report/check-text.ts';
import { viewCheck } from '../../report/check-view.ts';
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
  if (options.html !== undefined) await writeCheckPage(options.html, viewCheck(summary));
  context.print(
    options.json === true ? `${JSON.stringify(summary, undefined, 2)}\n` : checkText(summary),
  );
  return EXIT.complete;
}
