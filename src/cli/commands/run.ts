import { randomUUID } from 'node:crypto';
import { basename, join, resolve } from 'node:path';
import { DEFAULT_JOB, loadJob } from '../../config/load-job.ts';
import {
  type Overrides,
  requireEndpoint,
  resolveSettings,
  type Settings,
} from '../../config/settings.ts';
import { noticeSentence } from '../../domain/file-notice.ts';
import { groupSizeFor, parseRunId, type RunId } from '../../domain/run.ts';
import { ConfigError, InputError } from '../../errors.ts';
import { ingestRun, openInput } from '../../pipeline/ingest-run.ts';
import type { Ledger } from '../../run-store/ledger.ts';
import { type AboutRun, aboutRun } from '../../run-store/run-about.ts';
import { createRunFolder, discardRunFolder } from '../../run-store/run-folder.ts';
import { noteEnd } from '../../run-store/run-standing.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';
import { describeStop, type ResultOptions } from '../print-result.ts';
import { withAudit } from './with-audit.ts';
import { withLedger } from './with-ledger.ts';
import { workOnRun } from './work-on-run.ts';

export interface RunOptions extends Overrides, ResultOptions {
  readonly job?: string;
  readonly out?: string;
  readonly user?: string;
  readonly runId?: string;
}

/** The main job. Gives the exit code. */
export async function runCommand(
  input: string,
  options: RunOptions,
  context: CommandContext,
): Promise<number> {
  const job = loadJob(options.job ?? DEFAULT_JOB);
  const settings = resolveSettings(job, context.environment(), options);
  const runId = chooseRunId(options.runId, job.name, context.clock.now());
  const run = describeRun(input, options, runId, settings, context);
  const folder = createRunFolder(options.out ?? join('runs', runId));
  return withLedger(
    folder,
    async (ledger) => {
      context.logger.info('run.started', {
        runId,
        path: folder.path,
        endpoint: run.endpoint,
        queue: run.queue,
      });
      ledger.describe('run', run);
      const { job } = settings;
      return withAudit({ folder, ledger, runId, job, user: run.user }, context, async (audit) => {
        await audit.add({ event: 'run.started', detail: onRecord(run, settings) });
        const rows = await ingest(ledger, run, settings, context);
        context.logger.info('run.ingested', { runId, rows });
        if (context.signal.aborted) {
          noteEnd(ledger, { kind: 'stopped' }, context.clock.now());
          context.print(describeStop({ kind: 'stopped' }, folder, options.brief));
          return EXIT.stopped;
        }
        const open = { folder, ledger, audit, run, settings, isBrief: options.brief };
        return workOnRun(open, context);
      });
    },
    (error, ledger) => {
      if (!canGoOn(error, ledger)) discardRunFolder(folder);
    },
  );
}

/** The configuration in force (MSCA-AUD-02). */
export function onRecord(
  { inputFile, endpoint, queue }: AboutRun,
  { job, endpoint: inForce }: Settings,
): object {
  return { input_file: inputFile, endpoint: inForce?.href ?? endpoint, queue, job };
}

/** Reads the input that the ledger names, unless it was read to its end before. */
export async function ingest(
  ledger: Ledger,
  run: AboutRun,
  settings: Settings,
  { clock, signal, logger }: CommandContext,
): Promise<number> {
  const file = await openInput(run.inputPath, settings.job, {
    acceptsTestNumbers: run.acceptsTestNumbers,
    today: run.startedAt.slice(0, 10).replaceAll('-', ''),
  });
  const rows = await ingestRun(ledger, file, clock.now, signal);
  for (const notice of file.notices()) {
    logger.warn('run.input-notice', { ...notice, reason: noticeSentence(notice) });
  }
  return rows;
}

function describeRun(
  input: string,
  options: RunOptions,
  runId: RunId,
  settings: Settings,
  { clock, systemUser }: CommandContext,
): AboutRun & { readonly runId: RunId } {
  return {
    runId,
    job: settings.job,
    inputPath: resolve(input),
    inputFile: basename(input),
    user: options.user ?? systemUser,
    startedAt: clock.now().toISOString(),
    endpoint: requireEndpoint(settings).href,
    queue: settings.queue.kind,
    queueId: randomUUID(),
    groupSize: groupSizeFor(settings.job.rate),
    acceptsTestNumbers: settings.acceptsTestNumbers,
  };
}

function chooseRunId(wanted: string | undefined, jobName: string, now: Date): RunId {
  const stamp = now.toISOString().replace(/[-:]/g, '').slice(0, 15);
  const runId = parseRunId(wanted ?? `${jobName}-${stamp}-${process.pid}`);
  if (runId !== undefined) return runId;
  throw new ConfigError(
    '--run-id takes letters, digits, ".", "_" and "-", at most 64, beginning with a letter or digit.',
  );
}

/** Wrong input or configuration leaves no run behind, so that the same command can be given again. */
function canGoOn(error: unknown, ledger: Ledger | undefined): boolean {
  if (ledger === undefined || aboutRun(ledger) === undefined) return false;
  const isUsage = error instanceof InputError || error instanceof ConfigError;
  return !isUsage || ledger.requestFigures().sent > 0;
}
