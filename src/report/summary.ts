/** summary.json: the figures of a run, in the contract's names. Pure. */
import type { ExceptionCode, Outcome } from '../domain/exception.ts';
import { PROTECTIVE_LABEL } from '../domain/protective-label.ts';

export interface SummaryParts {
  readonly runId: string;
  readonly job: string;
  readonly input: { readonly file: string; readonly sha256: string; readonly rows: number };
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly exceptions: Readonly<Record<ExceptionCode, number>>;
  readonly requests: {
    readonly sent: number;
    readonly retried: number;
    readonly savedByDedupe: number;
    /** Requests of earlier runs whose answers were good enough for this one. */
    readonly savedByStore: number;
    readonly byOperation: Readonly<Record<string, number>>;
    readonly byResponseCode: Readonly<Record<string, number>>;
  };
  readonly ratePerSecond: number;
  /** When requests left, in milliseconds since 1970, in order. */
  readonly requestTimes: Iterable<number>;
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Time at work, over all resumptions. */
  readonly seconds: number;
  readonly peakRssBytes: number;
  readonly peakQueueBytes: number;
}

export interface Summary {
  readonly run_id: string;
  /** Of the files beside this one; the CSV files cannot bear it themselves. */
  readonly protective_label: string;
  readonly job: string;
  readonly input: SummaryParts['input'];
  readonly outcomes: SummaryParts['outcomes'];
  readonly exceptions: SummaryParts['exceptions'];
  readonly requests: {
    readonly sent: number;
    readonly retried: number;
    readonly saved_by_dedupe: number;
    readonly saved_by_store: number;
    readonly by_operation: Readonly<Record<string, number>>;
    readonly by_response_code: Readonly<Record<string, number>>;
  };
  readonly throttle: {
    readonly limit_per_second: number;
    readonly achieved_per_second: number;
    readonly max_in_any_second: number;
  };
  readonly timing: {
    readonly started_at: string;
    readonly finished_at: string;
    readonly seconds: number;
  };
  readonly resources: { readonly peak_rss_bytes: number; readonly peak_queue_bytes: number };
}

export function summarise(parts: SummaryParts): Summary {
  return {
    run_id: parts.runId,
    protective_label: PROTECTIVE_LABEL,
    job: parts.job,
    input: parts.input,
    outcomes: parts.outcomes,
    exceptions: parts.exceptions,
    requests: {
      sent: parts.requests.sent,
      retried: parts.requests.retried,
      saved_by_dedupe: parts.requests.savedByDedupe,
      saved_by_store: parts.requests.savedByStore,
      by_operation: parts.requests.byOperation,
      by_response_code: parts.requests.byResponseCode,
    },
    throttle: { limit_per_second: parts.ratePerSecond, ...throughput(parts.requestTimes) },
    timing: { started_at: parts.startedAt, finished_at: parts.finishedAt, seconds: parts.seconds },
    resources: { peak_rss_bytes: parts.peakRssBytes, peak_queue_bytes: parts.peakQueueBytes },
  };
}

/** A longer gap between two requests than this is a pause of the run, not of its speed. */
const PAUSE_MS = 60_000;

/**
 * The mean rate while requests were being sent, and the most requests in any second, wherever that
 * second begins. The first is never more than the second, however close a few requests stood. Nothing sent: both 0.
 */
export function throughput(timesMs: Iterable<number>): {
  readonly achieved_per_second: number;
  readonly max_in_any_second: number;
} {
  const window: number[] = [];
  let intervals = 0;
  let activeMs = 0;
  let most = 0;
  let previous: number | undefined;
  for (const time of timesMs) {
    window.push(time);
    while ((window[0] ?? time) <= time - 1000) window.shift();
    most = Math.max(most, window.length);
    if (previous !== undefined && time - previous <= PAUSE_MS) {
      intervals += 1;
      activeMs += time - previous;
    }
    previous = time;
  }
  const rate = activeMs > 0 ? Math.min((intervals * 1000) / activeMs, most) : most;
  return { achieved_per_second: Math.round(rate * 100) / 100, max_in_any_second: most };
}
