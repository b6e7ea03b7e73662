/** What `run` and `resume` have in common: trace what the ledger lacks, then write the outputs. */
import { type Job, sendingRules } from '../../config/job.ts';
import type { Settings } from '../../config/settings.ts';
import { openRunTools } from '../../container.ts';
import type { RunEnd, RunId } from '../../domain/run.ts';
import { finishRun } from '../../pipeline/finish-run.ts';
import { traceRun } from '../../pipeline/trace-run.ts';
import type { Ledger } from '../../run-store/ledger.ts';
import { type AboutRun, aboutWork } from '../../run-store/run-about.ts';
import type { RunFolder } from '../../run-store/run-folder.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { describeResult, describeStop } from '../print-result.ts';
import { createProgressDisplay } from '../show-progress.ts';

export interface OpenRun {
  readonly folder: RunFolder;
  readonly ledger: Ledger;
  readonly run: AboutRun & { readonly runId: RunId };
  readonly settings: Settings;
}

/** Gives the exit code. */
export async function workOnRun(open: OpenRun, context: CommandContext): Promise<number> {
  const { folder, ledger, run, settings } = open;
  const startedMs = context.clock.preciseMs();
  const traced = await trace(open, context);
  context.logger.info('run.traced', { runId: run.runId });
  const work = aboutWork(ledger);
  ledger.describe('work', {
    seconds: Math.round((work.seconds + (context.clock.preciseMs() - startedMs) / 1000) * 10) / 10,
    peakRssBytes: Math.max(work.peakRssBytes, process.resourceUsage().maxRSS * 1024),
    peakQueueBytes: Math.max(work.peakQueueBytes, traced.peakQueueBytes),
    finishedAt: context.clock.now().toISOString(),
  });
  context.print(await conclude(traced.end, folder, ledger, run, settings.job));
  context.logger.info(`run.${traced.end.kind}`, { runId: run.runId });
  return exitCodeOf(traced.end);
}

async function trace(
  { folder, ledger, run, settings }: OpenRun,
  context: CommandContext,
): Promise<{ readonly end: RunEnd; readonly peakQueueBytes: number }> {
  const { clock, logger, signal } = context;
  const tools = await openRunTools(
    settings,
    run,
    { folder, sentSince: ledger.requestsSince },
    logger,
  );
  const display = createProgressDisplay({
    clock,
    logger,
    runId: run.runId,
    ratePerSecond: settings.job.rate,
    rules: sendingRules(settings.job),
  });
  let isComplete = false;
  try {
    const traced = await traceRun({
      ledger,
      tools,
      clock,
      logger,
      signal,
      job: settings.job,
      onProgress: display.show,
    });
    isComplete = traced.end.kind === 'complete' || traced.end.kind === 'unanswered';
    return traced;
  } finally {
    display.stop();
    await tools.close(isComplete);
  }
}

async function conclude(
  end: RunEnd,
  folder: RunFolder,
  ledger: Ledger,
  run: AboutRun,
  job: Job,
): Promise<string> {
  if (end.kind === 'stopped' || end.kind === 'halted') return describeStop(end, folder);
  const summary = await finishRun({ folder, ledger, run, job });
  return describeResult(summary, folder, end);
}
