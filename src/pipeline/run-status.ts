/** Where a run is, from what its ledger says and whether anybody works on it. */
import { sendingRules } from '../config/job.ts';
import { parseJobValue } from '../config/load-job.ts';
import { NO_ROWS, type StandingRows } from '../domain/run-standing.ts';
import type { RunState, RunStatus } from '../domain/run-status.ts';
import { sentByMs } from '../domain/sending-forecast.ts';
import { type SendingRules, sendingPeriod } from '../domain/sending-hours.ts';
import { lookAtRun, type RunLook } from '../run-store/look-at-run.ts';

/** The rate is that of so long a time back. */
const RATE_OVER_MS = 60_000;
/** Requests go on record when their person is done, so a few of an earlier minute stand among the last. */
const OUT_OF_ORDER = 1_000;

/** Reads only. Throws ConfigError when `path` holds no run, or one that cannot be read. */
export function runStatus(path: string, now: Date): RunStatus {
  return lookAtRun(path, (look) => statusOf(look, now.getTime()));
}

function statusOf(look: RunLook, nowMs: number): RunStatus {
  const { run, standing, folder } = look;
  const job = parseJobValue(run.job);
  const rules = sendingRules(job);
  const waiting = waitingOf(look, nowMs);
  const state = stateOf(look, waiting !== undefined);
  const rows = finishedRows(look, state) ?? standing?.rows ?? NO_ROWS;
  const startedMs = Date.parse(run.startedAt);
  const limitPerSecond = standing?.ratePerSecond || job.rate;
  const requests = requestsOf(look, { nowMs, startedMs, limitPerSecond });
  const endsMs = endOf(look, { state, rows, requests, rules, nowMs });
  return {
    runId: run.runId,
    job: job.name,
    directory: folder.path,
    state,
    ...(look.isWorkedOn ? ofWork(look, state === 'waiting' ? waiting : undefined) : ofEnd(look)),
    startedMs,
    rows: {
      ...(look.input === undefined ? {} : { total: look.input.rows }),
      read: look.rowsRead,
      done: rows.done,
      matched: rows.matched,
      exceptions: rows.exceptions,
      unanswered: rows.unanswered,
    },
    requests,
    ...(endsMs === undefined ? {} : { endsMs }),
    rules,
    seenMs: nowMs,
  };
}

/** What is known only while somebody works on it. */
function ofWork(
  { standing }: RunLook,
  waiting: RunStatus['waiting'],
): Pick<RunStatus, 'waiting' | 'workers'> {
  return {
    ...(waiting === undefined ? {} : { waiting }),
    ...(standing?.stage === 'tracing' ? { workers: standing.workers } : {}),
  };
}

/** What is known once the process that worked on it has said how it ended. */
function ofEnd({ standing }: RunLook): Pick<RunStatus, 'reason' | 'endedMs'> {
  if (standing?.stage !== 'ended') return {};
  const { end, at } = standing;
  return { ...(end?.kind === 'halted' ? { reason: end.reason } : {}), endedMs: Date.parse(at) };
}

function stateOf({ isWorkedOn, input, standing }: RunLook, isWaiting: boolean): RunState {
  if (!isWorkedOn) {
    if (standing?.stage !== 'ended') return 'killed';
    const kind = standing.end?.kind;
    return kind === 'stopped' || kind === 'halted' ? kind : 'finished';
  }
  if (input === undefined) return 'reading';
  if (isWaiting) return 'waiting';
  if (standing?.stage === 'writing') return 'writing';
  // Somebody has just begun to work on it again: on its outputs alone when every row had its answer.
  return standing?.end?.kind === 'complete' ? 'writing' : 'tracing';
}

function waitingOf({ isWorkedOn, standing }: RunLook, nowMs: number): RunStatus['waiting'] {
  if (!isWorkedOn || standing?.stage !== 'tracing') return undefined;
  if (standing.isQueueAway) return { for: 'queue' };
  const { pause } = standing;
  if (pause === undefined || pause.untilMs <= nowMs) return undefined;
  return { for: pause.reason, untilMs: pause.untilMs };
}

/** Those of the summary, which knows of duplicates and of whatever `report` decided anew. */
function finishedRows(look: RunLook, state: RunState): StandingRows | undefined {
  if (state !== 'finished' || look.input === undefined) return undefined;
  const { outcomes, exceptions } = (look.summary() ?? {}) as {
    readonly outcomes?: Readonly<Record<string, number>>;
    readonly exceptions?: Readonly<Record<string, number>>;
  };
  if (outcomes === undefined || exceptions === undefined) return undefined;
  const total = look.input.rows;
  return {
    total,
    done: total,
    local: 0,
    matched: sum(outcomes),
    exceptions: sum(exceptions),
    unanswered: exceptions['failed'] ?? 0,
  };
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((a, b) => a + b, 0);
}

function requestsOf(
  look: RunLook,
  at: { readonly nowMs: number; readonly startedMs: number; readonly limitPerSecond: number },
): RunStatus['requests'] {
  const { nowMs, startedMs, limitPerSecond } = at;
  const overMs = Math.max(1_000, Math.min(RATE_OVER_MS, nowMs - startedMs));
  const among = Math.ceil((limitPerSecond * RATE_OVER_MS) / 1_000) + OUT_OF_ORDER;
  const { count, lastMs } = look.recentRequests(nowMs - overMs, among);
  return {
    sent: look.requestsSent,
    ...(lastMs === undefined ? {} : { lastMs }),
    perSecond: look.isWorkedOn ? (count * 1_000) / overMs : 0,
    limitPerSecond,
  };
}

interface Going {
  readonly state: RunState;
  readonly rows: StandingRows;
  readonly requests: RunStatus['requests'];
  readonly rules: SendingRules;
  readonly nowMs: number;
}

/** The rows that are left take as many requests each as those before, at the rate of the last minute or, after a pause, the limit. */
function endOf(look: RunLook, { state, rows, requests, rules, nowMs }: Going): number | undefined {
  const asked = rows.done - rows.local;
  if (!(state === 'tracing' || state === 'waiting') || asked <= 0) return undefined;
  const isAtWork = state === 'tracing' && requests.perSecond > 0;
  const { dayStartsMs } = sendingPeriod(rules, nowMs);
  const sentToday =
    rules.dailyLimit === undefined
      ? 0
      : look.recentRequests(dayStartsMs, rules.dailyLimit + OUT_OF_ORDER).count;
  return sentByMs({
    requests: Math.ceil(((rows.total - rows.done) * requests.sent) / asked),
    ratePerSecond: isAtWork
      ? Math.min(requests.perSecond, requests.limitPerSecond)
      : requests.limitPerSecond,
    rules,
    fromMs: Math.max(nowMs, look.standing?.pause?.untilMs ?? 0),
    sentToday,
  });
}
