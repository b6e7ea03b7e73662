import { parseJobValue } from '../../config/load-job.ts';
import { type Overrides, resolveSettings } from '../../config/settings.ts';
import { parseRunId } from '../../domain/run.ts';
import { ConfigError } from '../../errors.ts';
import { openLedger } from '../../run-store/ledger.ts';
import { aboutInput, aboutRun } from '../../run-store/run-about.ts';
import { lockRun, openRunFolder } from '../../run-store/run-folder.ts';
import type { CommandContext } from '../command-context.ts';
import { ingest } from './run.ts';
import { workOnRun } from './work-on-run.ts';

/** Goes on with a run that was stopped, killed, or left rows unanswered. Gives the exit code. */
export async function resumeCommand(
  path: string,
  options: Overrides,
  context: CommandContext,
): Promise<number> {
  const folder = openRunFolder(path);
  const lock = lockRun(folder);
  const ledger = openLedger(folder.ledger);
  try {
    const run = aboutRun(ledger);
    const runId = parseRunId(run?.runId ?? '');
    if (run === undefined || runId === undefined) {
      throw new ConfigError(
        `${path} was stopped before it began; start it again with: nhs-trace run`,
      );
    }
    const hasQueue = options.queue !== undefined || context.environment.queueUrl !== undefined;
    if (run.queue === 'redis' && !hasQueue) {
      throw new ConfigError(
        'this run uses a Redis queue; give its URL with --queue or NHS_TRACE_QUEUE_URL.',
      );
    }
    const endpoint = options.endpoint ?? context.environment.endpoint ?? run.endpoint;
    const settings = resolveSettings(parseJobValue(run.job), context.environment, {
      ...options,
      endpoint,
    });
    context.logger.info('run.resumed', { runId, path: folder.path });
    if (aboutInput(ledger) === undefined) await ingest(ledger, run, settings, context);
    return await workOnRun({ folder, ledger, run: { ...run, runId }, settings }, context);
  } finally {
    ledger.close();
    lock.release();
  }
}
