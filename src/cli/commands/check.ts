import { type Job, sendingRules } from '../../config/job.ts';
import { DEFAULT_JOB, loadJob } from '../../config/load-job.ts';
import { type Overrides, resolveSettings } from '../../config/settings.ts';
import { duration, whole } from '../../domain/figures.ts';
import { FINDINGS, findingSentence } from '../../domain/finding.ts';
import { forecastWords } from '../../domain/sending-forecast.ts';
import { type CheckedInput, checkInput } from '../../pipeline/check-input.ts';
import { openInput } from '../../pipeline/ingest-run.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';

/** Sends nothing: what stands in the file, and what tracing it would take. Gives the exit code. */
export async function checkCommand(
  input: string,
  options: Overrides & { readonly job?: string },
  context: CommandContext,
): Promise<number> {
  const settings = resolveSettings(
    loadJob(options.job ?? DEFAULT_JOB),
    context.environment(),
    options,
  );
  const file = await openInput(input, settings.job, {
    acceptsTestNumbers: settings.acceptsTestNumbers,
    today: context.clock.now().toISOString().slice(0, 10).replaceAll('-', ''),
  });
  const checked = await checkInput(file);
  context.print(describeCheck(input, checked, settings.job, context.clock.now().getTime()));
  return EXIT.complete;
}

function describeCheck(input: string, checked: CheckedInput, job: Job, nowMs: number): string {
  const { rows, traceable, people } = checked;
  const { rate } = job;
  const forecast = forecastWords(people, rate, sendingRules(job), nowMs);
  const lines = [
    `${input}: ${whole(rows)} rows`,
    '',
    'Columns',
    ...checked.columns.map(({ field, header }) => `  ${field.padEnd(24)} "${header}"`),
    '',
    'What a run would send',
    `  ${whole(traceable)} rows can be traced, ${whole(rows - traceable)} cannot`,
    `  ${whole(people)} requests at least: ${whole(checked.verify)} to verify a number, ${whole(people - checked.verify)} to search`,
    `  ${whole(traceable - people)} requests saved, because rows hold the same person`,
    `  ${duration(people / rate)} at ${rate} requests a second`,
    ...(forecast === undefined ? [] : [`  ${forecast}`]),
    ...section(
      'Rows that cannot be traced',
      checked.unusable.map(({ reason, ...group }) => ({ text: reason, ...group })),
    ),
    ...(['fault', 'warning', 'mended'] as const).flatMap((kind) =>
      section(
        HEADINGS[kind],
        checked.findings
          .filter(({ code }) => FINDINGS[code].kind === kind)
          .map(({ field, code, ...group }) => ({
            text: findingSentence({ field, code }),
            ...group,
          })),
      ),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

const HEADINGS = {
  fault: 'Cells that cannot be used',
  warning: 'Cells that are used, but look suspicious',
  mended: 'Cells that were mended',
} as const;

function section(
  heading: string,
  groups: readonly {
    readonly text: string;
    readonly count: number;
    readonly firstRows: readonly number[];
  }[],
): string[] {
  if (groups.length === 0) return [];
  const lines = groups.map(({ text, count, firstRows }) => {
    const rows = `row${count === 1 ? '' : 's'} ${firstRows.join(', ')}${count > firstRows.length ? ', ...' : ''}`;
    return `  ${whole(count).padStart(7)}  ${text} (${rows})`;
  });
  return ['', heading, ...lines];
}
