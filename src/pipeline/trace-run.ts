/** Stages 3 and 4: until every subject has a result, or the run is stopped, or stops itself. */
import type { RunTools } from '../container.ts';
import type { AuditEvent, AuditHead, AuditLog } from '../domain/audit.ts';
import type { RunEnd } from '../domain/run.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { QueueResult } from '../queue/trace-queue.ts';
import type { DecisionRules } from '../reconcile/decide.ts';
import { responseWords } from '../report/response-words.ts';
import type { Ledger } from '../run-store/ledger.ts';
import { createFeeder } from './feed-queue.ts';
import { reasonToLook } from './match-guard.ts';
import { createRunProgress, type RunProgress } from './run-progress.ts';

const RESULTS_AT_ONCE = 500;
/** Every look at the results costs a durable write: often enough for people, seldom enough for the disk. */
const POLL_MS = 50;
const SAMPLE_MS = 2_000;
const SHOW_MS = 1_000;
/** How long requests in flight may go on after a stop was asked for. */
const GRACE_MS = 2_500;
/** So soon workers with another key have left: until then they take items that they cannot open. */
const LEAVE_MS = 1_500;

export interface TraceContext {
  readonly ledger: Ledger;
  readonly tools: RunTools;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly audit: RunAudit;
  /** The part of the job that says when to stop, and how to judge. */
  readonly job: DecisionRules & {
    /** So many subjects in a row without an answer stop the run. */
    readonly stop_after_unanswered: number;
    /** A match rate so much lower than the job ever has stops it; 0 to 1. */
    readonly stop_below_match_rate: number;
  };
  /** Whether people who got no answer are to be asked about again; otherwise they are left as they are. */
  readonly asksAgain: boolean;
  readonly signal: AbortSignal;
  /** Called every second at least, also while the queue is away; what it shows is its own business. */
  readonly onProgress: (progress: RunProgress, isQueueAway: boolean, queued: number) => void;
}

/** The run's own trail. */
export interface RunAudit extends AuditLog {
  head(): AuditHead;
}

export interface TracedRun {
  readonly end: RunEnd;
  readonly peakQueueBytes: number;
}

export async function traceRun(context: TraceContext): Promise<TracedRun> {
  const { ledger, tools, clock, signal } = context;
  await takeOver(context);
  const progress = createRunProgress(ledger, context.job);
  const feeder = createFeeder(ledger, tools.queue, clock);
  const collect = async (): Promise<readonly QueueResult[]> => {
    const { results, sent } = await collectResults(context);
    feeder.answered(results);
    progress.add(results, sent);
    show();
    return results;
  };
  const show = (): void => context.onProgress(progress, tools.isQueueAway(), feeder.queued());
  const workers = tools.startWorkers();
  const store = createStoreGauge(tools);
  const sample = everyNow(clock, async () => {
    progress.hearOf(await tools.pause());
    await store.sample();
  });
  let halted: string | undefined = reasonToDoubt(progress, context);
  const showing = setInterval(show, SHOW_MS);
  try {
    while (!signal.aborted && halted === undefined && !(await feeder.isDone())) {
      const results = await collect();
      halted =
        reasonToHalt(results, progress, context.job.stop_after_unanswered) ??
        reasonToDoubt(progress, context);
      if (results.length < RESULTS_AT_ONCE) await clock.sleep(POLL_MS);
      await sample();
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.close(GRACE_MS)));
    clearInterval(showing);
  }
  while ((await collect()).length > 0);
  return {
    end: endOf(halted, signal.aborted, ledger.counts().unansweredRows),
    peakQueueBytes: store.peakBytes(),
  };
}

/** What an earlier process left in the queue's store comes first, then what is to be asked again. */
async function takeOver(context: TraceContext): Promise<void> {
  const { ledger, tools, clock } = context;
  while ((await collectResults(context)).results.length > 0);
  if (context.asksAgain) ledger.reopenUnanswered();
  if (tools.isShared) {
    if (await tools.queue.dropUnreadable()) await clock.sleep(LEAVE_MS);
    return;
  }
  // Nobody else can have items of an embedded queue in hand: a dead process had, and how far it came is known.
  await record(await tools.queue.leftovers(), context);
  await tools.queue.clear();
}

interface Collected {
  readonly results: readonly QueueResult[];
  /** Requests that were not recorded before. */
  readonly sent: number;
}

/** Takes results out of the queue's store: first into the ledger, durably, then let go there. */
async function collectResults(context: TraceContext): Promise<Collected> {
  const { tools, logger } = context;
  const results = await tools.queue.results(RESULTS_AT_ONCE);
  if (results.length === 0) return { results, sent: 0 };
  const sent = await record(results, context);
  await tools.queue.release(results.map(({ subjectId }) => subjectId));
  for (const { subjectId, result } of results) {
    if (result.kind === 'refused') logger.warn('trace.refused', { subjectId, code: result.code });
    if (result.kind === 'unanswered')
      logger.info('trace.unanswered', { subjectId, code: result.code });
  }
  return { results, sent };
}

/** First into the audit trail, then into the ledger: nothing is believed that is not on record. */
async function record(
  results: readonly QueueResult[],
  { ledger, clock, audit }: TraceContext,
): Promise<number> {
  const at = clock.now().toISOString();
  await audit.addAll(replyEvents(results, ledger));
  return ledger.record(
    results.map((result) => ({ ...result, at })),
    audit.head(),
  );
}

/** Of every request that is not recorded yet, be it of this process or of a worker elsewhere. */
function replyEvents(results: readonly QueueResult[], ledger: Ledger): readonly AuditEvent[] {
  const ids = results.flatMap(({ result }) => result.requests.map(({ messageId }) => messageId));
  const known = ledger.recordedMessages(ids);
  return results.flatMap(({ subjectId, result }) =>
    result.requests
      .filter(({ messageId }) => !known.has(messageId))
      .map((sent): AuditEvent => {
        const { messageId, operation, attempt, code, durationMs } = sent;
        const answer = result.asked.find((asked) => asked.messageId === messageId)?.answer;
        return {
          ...{
            event: 'reply.received',
            messageId,
            operation,
            subjectId,
            attempt,
            code,
            durationMs,
          },
          sentAt: new Date(sent.sentAt).toISOString(),
          ...(answer?.kind === 'found' ? { nhsNumber: answer.nhsNumber } : {}),
        };
      }),
  );
}

/** Why going on would do harm, or undefined. */
function reasonToHalt(
  results: readonly QueueResult[],
  progress: RunProgress,
  limit: number,
): string | undefined {
  for (const { result } of results)
    if (result.kind === 'refused') return `${result.reason} (${result.code})`;
  if (progress.mostUnansweredInARow() < limit) return undefined;
  const code = progress.lastFailure();
  return `the provider gave no answer for ${progress.mostUnansweredInARow()} people in a row (${code}: ${responseWords(code)})`;
}

/**
 * Why a person should look at the provider or the file first, or undefined. Said once in a run: whoever resumes it
 * has looked.
 */
function reasonToDoubt(progress: RunProgress, { ledger, job }: TraceContext): string | undefined {
  if (ledger.about('doubted') !== undefined) return undefined;
  const reason =
    reasonToLook(progress.seen(), job.stop_below_match_rate) ?? progress.answersAlike();
  if (reason !== undefined) ledger.describe('doubted', reason);
  return reason;
}

function endOf(halted: string | undefined, isStopped: boolean, unansweredRows: number): RunEnd {
  if (halted !== undefined) return { kind: 'halted', reason: halted };
  if (isStopped && unansweredRows > 0) return { kind: 'stopped' };
  return unansweredRows > 0 ? { kind: 'unanswered', rows: unansweredRows } : { kind: 'complete' };
}

/** What is worth a look now and then, however often it is called. */
function everyNow(clock: Clock, look: () => Promise<void>): () => Promise<void> {
  let nextMs = 0;
  return async () => {
    if (clock.preciseMs() < nextMs) return;
    nextMs = clock.preciseMs() + SAMPLE_MS;
    await look();
  };
}

/** The most bytes that the queue's store has taken. */
function createStoreGauge(tools: RunTools): { sample(): Promise<void>; peakBytes(): number } {
  let peak = 0;
  return {
    sample: async () => {
      peak = Math.max(peak, await tools.queue.storeBytes());
    },
    peakBytes: () => peak,
  };
}
