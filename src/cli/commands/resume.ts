import type { Environment } from '../../config/load-env.ts';
import { parseJobValue } from '../../config/load-job.ts';
import { type Overrides, resolveSettings, type Settings } from '../../config/settings.ts';
import { parseRunId } from '../../domain/run.ts';
import { ConfigError } from '../../errors.ts';
import { type AboutRun, aboutInput, aboutRun } from '../../run-store/run-about.ts';
import { openRunFolder } from '../../run-store/run-folder.ts';
import { noteEnd } from '../../run-store/run-standing.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';
import { describeStop, type ResultOptions } from '../print-result.ts';
import { ingest, onRecord } from './run.ts';
import { withAudit } from './with-audit.ts';
import { withLedger } from './with-ledger.ts';
import { workOnRun } from './work-on-run.ts';

/** Goes on with a run that was stopped, killed, or left rows unanswered. Gives the exit code. */
export async function resumeCommand(
  path: string,
  options: Overrides & ResultOptions,
  context: CommandContext,
): Promise<number> {
  const folder = openRunFolder(path);
  return withLedger(folder, async (ledger) => {
    const run = aboutRun(ledger);
    const runId = parseRunId(run?.runId ?? '');
    if (run === undefined || runId === undefined) {
      throw new ConfigError(
        `${path} was stopped before it began; start it again with: nhs-trace run`,
      );
    }
    const settings = settingsOf(run, options, context.environment());
    context.logger.info('run.resumed', { runId, path: folder.path });
    const { job } = settings;
    const user = context.systemUser;
    return withAudit({ folder, ledger, runId, job, user }, context, async (audit) => {
      await audit.add({ event: 'run.resumed', detail: onRecord(run, settings) });
      if (aboutInput(ledger) === undefined) await ingest(ledger, run, settings, context);
      if (context.signal.aborted) {
        noteEnd(ledger, { kind: 'stopped' }, context.clock.now());
        context.print(describeStop({ kind: 'stopped' }, folder, options.brief));
        return EXIT.stopped;
      }
      const named = { ...run, runId };
      const open = { folder, ledger, audit, run: named, settings, isBrief: options.brief };
      return workOnRun(open, context);
    });
  });
}

/** Those of the run, but what a flag says otherwise. */
export function settingsOf(run: AboutRun, options: Overrides, environment: Environment): Settings {
  refuseChange(run, options, environment);
  const queue = options.queue ?? (run.queue === 'embedded' ? 'embedded' : undefined);
  const settings = resolveSettings(parseJobValue(run.job), environment, {
    ...options,
    endpoint: options.endpoint ?? run.endpoint,
    ...(queue === undefined ? {} : { queue }),
  });
  if (run.acceptsTestNumbers && !settings.acceptsTestNumbers)
    throw new ConfigError(
      'this run may hold test numbers (999...), which go to this machine alone. Run the input again for this endpoint, or say test_numbers: true in the job.',
    );
  return settings;
}

/** Only a flag moves a run elsewhere: what happens to be in the environment must not. */
function refuseChange(run: AboutRun, options: Overrides, environment: Environment): void {
  const { endpoint, queueUrl } = environment;
  if (options.endpoint === undefined && endpoint !== undefined && endpoint !== run.endpoint) {
    throw new ConfigError(
      `this run asks ${run.endpoint}, but NHS_TRACE_ENDPOINT is another. Say which with --endpoint.`,
    );
  }
  if (options.queue === undefined && (run.queue === 'redis') !== (queueUrl !== undefined)) {
    throw new ConfigError(
      run.queue === 'redis'
        ? 'this run uses a Redis queue; give its URL with --queue or NHS_TRACE_QUEUE_URL.'
        : 'this run uses the embedded queue, but NHS_TRACE_QUEUE_URL is set. Say which with --queue.',
    );
  }
}
