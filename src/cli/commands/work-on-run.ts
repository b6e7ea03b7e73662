/** What `run` and `resume` have in common: trace what the ledger lacks, then write the outputs. */
import type { AuditTrail } from '../../audit/audit-trail.ts';
import { sendingRules } from '../../config/job.ts';
import { reuseOf, type Settings } from '../../config/settings.ts';
import { openRunTools } from '../../container.ts';
import type { RunEnd, RunId } from '../../domain/run.ts';
import type { CorrectedRows } from '../../pipeline/corrected-rows.ts';
import { finishRun } from '../../pipeline/finish-run.ts';
import { createStandingNotes, rowsOf, type StandingNotes } from '../../pipeline/note-standing.ts';
import { keepAnswers, reuseAnswers } from '../../pipeline/reuse-answers.ts';
import { traceRun } from '../../pipeline/trace-run.ts';
import { type AnswerStore, openAnswerStore } from '../../run-store/answer-store.ts';
import type { Ledger } from '../../run-store/ledger.ts';
import { type AboutRun, aboutWork } from '../../run-store/run-about.ts';
import { answerStoreBeside, type RunFolder } from '../../run-store/run-folder.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { describeBriefly, describeResult, describeStop } from '../print-result.ts';
import { createProgressDisplay } from '../show-progress.ts';

export interface OpenRun {
  readonly folder: RunFolder;
  readonly ledger: Ledger;
  readonly audit: AuditTrail;
  readonly run: AboutRun & { readonly runId: RunId };
  readonly settings: Settings;
  /** Whether the result is told in one line. */
  readonly isBrief: boolean | undefined;
  /** What only `correct` does otherwise: nobody else is asked again, and what became of the rows is told. */
  readonly correction?: { readonly describe: DescribeCorrected };
}

type DescribeCorrected = (rows: CorrectedRows) => string;

/** Gives the exit code. */
export async function workOnRun(open: OpenRun, context: CommandContext): Promise<number> {
  const { ledger, audit, run, settings } = open;
  const startedMs = context.clock.preciseMs();
  const notes = createStandingNotes(ledger, settings.job.rate, context.clock);
  const traced = await withEarlierAnswers(open, context, () => trace(open, notes, context));
  notes.writing();
  context.logger.info('run.traced', { runId: run.runId });
  const work = aboutWork(ledger);
  ledger.describe('work', {
    seconds: Math.round((work.seconds + (context.clock.preciseMs() - startedMs) / 1000) * 10) / 10,
    peakRssBytes: Math.max(work.peakRssBytes, process.resourceUsage().maxRSS * 1024),
    peakQueueBytes: Math.max(work.peakQueueBytes, traced.peakQueueBytes),
    finishedAt: context.clock.now().toISOString(),
  });
  const { end } = traced;
  await audit.add({
    ...{ event: 'run.ended', code: end.kind },
    ...(end.kind === 'halted' ? { detail: { reason: end.reason } } : {}),
  });
  context.print(await conclude(end, open));
  notes.ended(end);
  context.logger.info(`run.${traced.end.kind}`, { runId: run.runId });
  return exitCodeOf(traced.end);
}

/** What earlier runs were answered comes first; what this one was answered is kept, when it came to its end. */
async function withEarlierAnswers<T extends { readonly end: RunEnd }>(
  { folder, ledger, audit, run, settings }: OpenRun,
  { clock, logger, signal }: CommandContext,
  work: () => Promise<T>,
): Promise<T> {
  if (settings.endpoint?.href !== new URL(run.endpoint).href)
    ledger.describe('askedElsewhere', true);
  // What another provider said, if only once, is kept for nobody.
  if (ledger.about('askedElsewhere') !== undefined) return work();
  const reuse = reuseOf(settings);
  if (reuse === 'without-key')
    logger.warn('run.not-reused', {
      runId: run.runId,
      reason:
        'the job lets unchanged people be answered from earlier runs (reuse_answers_for), but answers are only kept encrypted, and NHS_TRACE_KEY is not set: everybody is asked about',
    });
  if (reuse === undefined || reuse === 'without-key') return work();
  const store = openAnswerStore({
    ...{ path: answerStoreBeside(folder), ...reuse },
    scope: { endpoint: run.endpoint, policy: settings.job.policy },
    nowMs: clock.now().getTime(),
  });
  try {
    await deleteExpired(store, audit);
    const count = reuseAnswers(ledger, store, settings.job.policy, signal);
    logger.info('run.reused', { runId: run.runId, count });
    const done = await work();
    if (done.end.kind === 'complete' || done.end.kind === 'unanswered') keepAnswers(ledger, store);
    return done;
  } finally {
    store.close();
  }
}

/** MSCA-DQ-02: on record before. */
async function deleteExpired(store: AnswerStore, audit: AuditTrail): Promise<void> {
  const count = store.expired();
  if (count === 0) return;
  await audit.add({ event: 'answers.deleted', detail: { why: 'expired', count } });
  store.deleteExpired();
}

async function trace(
  { folder, ledger, audit, run, settings, correction }: OpenRun,
  notes: StandingNotes,
  context: CommandContext,
): Promise<{ readonly end: RunEnd; readonly peakQueueBytes: number }> {
  const { clock, logger, signal, metrics } = context;
  const tools = await openRunTools(
    settings,
    run,
    { folder, audit, sentSince: ledger.requestsSince },
    logger,
    metrics,
  );
  metrics.limit(settings.job.name, settings.job.rate);
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
      audit,
      signal,
      job: settings.job,
      asksAgain: correction === undefined,
      onProgress: (progress, isQueueAway, queued) => {
        display.show(progress, isQueueAway);
        const store = { isQueueAway, workers: tools.workers() };
        notes.tracing(progress, store);
        metrics.run({ rows: rowsOf(progress), queued, pause: progress.pause(), ...store });
      },
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
  { folder, ledger, audit, run, settings: { job }, correction, isBrief }: OpenRun,
): Promise<string> {
  if (end.kind === 'stopped' || end.kind === 'halted') return describeStop(end, folder, isBrief);
  let corrected: CorrectedRows = [];
  const summary = await finishRun({
    ...{ folder, ledger, audit, run, job },
    onCorrected: (rows) => {
      corrected = rows;
    },
  });
  const told = correction?.describe(corrected) ?? '';
  return `${told}${(isBrief === true ? describeBriefly : describeResult)(summary, folder, end)}`;
}
