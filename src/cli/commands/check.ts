import { DEFAULT_JOB, loadJob } from '../../config/load-job.ts';
import { type Overrides, resolveSettings } from '../../config/settings.ts';
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
}

/** Sends nothing: what stands in the file, and what tracing it would take. Gives the exit code. */
export async function checkCommand(
  input: string,
  options: CheckOptions,
  context: CommandContext,
): Promise<number> {
  const { job, acceptsTestNumbers } = resolveSettings(
    loadJob(options.job ?? DEFAULT_JOB),
    context.environment(),
    options,
  );
  const now = context.clock.now();
  const file = await openInput(input, job, {
    acceptsTestNumbers,
    today: now.toISOString().slice(0, 10).replaceAll('-', ''),
  });
  const summary = summariseCheck(input, file, await checkInput(file), job, now.getTime());
  if (options.html !== undefined) await writeCheckPage(options.html, viewCheck(summary));
  context.print(
    options.json === true ? `${JSON.stringify(summary, undefined, 2)}\n` : checkText(summary),
  );
  return EXIT.complete;
}
