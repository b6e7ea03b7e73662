/** One live line on a terminal; a log line every 30 seconds elsewhere. */

import { duration } from '../domain/figures.ts';
import type { RunCounts } from '../domain/run.ts';
import { pauseWords, type SendingRules } from '../domain/sending-hours.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { createProgressLine } from '../lib/progress.ts';
import type { RunProgress } from '../pipeline/run-progress.ts';

const REDRAW_MS = 200;
const LOG_MS = 30_000;
/** The rate is that of so long a time back. */
const RATE_OVER_MS = 10_000;

const QUEUE_AWAY = 'waiting for Redis, which cannot be reached or will not take anything';

export interface ProgressDisplay {
  show(progress: RunProgress, isQueueAway: boolean): void;
  stop(): void;
}

export function createProgressDisplay(options: {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly runId: string;
  readonly ratePerSecond: number;
  readonly rules: SendingRules;
}): ProgressDisplay {
  const { clock, logger, runId, ratePerSecond, rules } = options;
  const line = createProgressLine();
  const everyMs = line === undefined ? LOG_MS : REDRAW_MS;
  let nextMs = clock.preciseMs() + (line === undefined ? LOG_MS : 0);
  const seen: { at: number; done: number; requests: number }[] = [];
  return {
    show: (progress, isQueueAway) => {
      const now = clock.preciseMs();
      if (now < nextMs) return;
      nextMs = now + everyMs;
      const counts = progress.counts();
      seen.push({ at: now, done: counts.done, requests: progress.requests() });
      while (seen.length > 2 && (seen[0]?.at ?? now) < now - RATE_OVER_MS) seen.shift();
      const rates = ratesOf(seen);
      const halted = haltedWords(isQueueAway, progress, rules);
      if (line === undefined) {
        const perSecond = Math.round(rates.requestsPerSecond * 10) / 10;
        const reason = halted === undefined ? {} : { reason: halted };
        logger.info('run.progress', { runId, ...counts, perSecond, ...reason });
        return;
      }
      const what = halted ?? waitingWords(rates.requestsPerSecond, ratePerSecond);
      line.update({ done: counts.done, total: counts.rows, note: noteOf(counts, rates, what) });
    },
    stop: () => line?.stop(),
  };
}

/** Why nothing is sent at the moment, if so. */
function haltedWords(
  isQueueAway: boolean,
  progress: RunProgress,
  rules: SendingRules,
): string | undefined {
  if (isQueueAway) return QUEUE_AWAY;
  const pause = progress.pause();
  return pause === undefined ? undefined : pauseWords(pause, rules);
}

function waitingWords(requestsPerSecond: number, ratePerSecond: number): string {
  return requestsPerSecond >= ratePerSecond * 0.9
    ? 'at the agreed rate'
    : 'waiting for the provider';
}

function noteOf(
  counts: RunCounts,
  { rowsPerSecond, requestsPerSecond }: Rates,
  what: string,
): string {
  const seconds = (counts.rows - counts.done) / rowsPerSecond;
  const left = rowsPerSecond > 0 ? `${duration(seconds)} left` : 'time left unknown';
  return `${left} | ${counts.matched} matched, ${counts.exceptions} exceptions | ${requestsPerSecond.toFixed(1)} requests/s, ${what}`;
}

interface Rates {
  readonly rowsPerSecond: number;
  readonly requestsPerSecond: number;
}

function ratesOf(seen: readonly { at: number; done: number; requests: number }[]): Rates {
  const [first, last] = [seen[0], seen.at(-1)];
  if (first === undefined || last === undefined || last.at === first.at) {
    return { rowsPerSecond: 0, requestsPerSecond: 0 };
  }
  const seconds = (last.at - first.at) / 1000;
  return {
    rowsPerSecond: (last.done - first.done) / seconds,
    requestsPerSecond: (last.requests - first.requests) / seconds,
  };
}
