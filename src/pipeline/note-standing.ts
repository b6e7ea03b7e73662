/** Says in the ledger, now and then, where the run stands. */
import type { RunEnd } from '../domain/run.ts';
import { NO_ROWS, type RunStanding, type StandingRows } from '../domain/run-standing.ts';
import type { Clock } from '../lib/clock.ts';
import type { Ledger } from '../run-store/ledger.ts';
import { noteEnd, noteStanding } from '../run-store/run-standing.ts';
import type { RunProgress } from './run-progress.ts';

const NOTE_MS = 2_000;

export interface StandingNotes {
  /** May be called as often as one likes. */
  tracing(progress: RunProgress, queue: Pick<RunStanding, 'isQueueAway' | 'workers'>): void;
  /** Tracing is over. */
  writing(): void;
  ended(end: RunEnd): void;
}

export function createStandingNotes(
  ledger: Ledger,
  ratePerSecond: number,
  clock: Clock,
): StandingNotes {
  let nextMs = 0;
  let last: RunProgress | undefined;
  const note = (said: Pick<RunStanding, 'stage' | 'pause' | 'isQueueAway' | 'workers'>): void => {
    const rows = last === undefined ? NO_ROWS : rowsOf(last);
    noteStanding(ledger, { ...said, at: clock.now().toISOString(), rows, ratePerSecond });
  };
  return {
    tracing: (progress, queue) => {
      last = progress;
      if (clock.preciseMs() < nextMs) return;
      nextMs = clock.preciseMs() + NOTE_MS;
      const pause = progress.pause();
      try {
        note({ stage: 'tracing', ...queue, ...(pause === undefined ? {} : { pause }) });
      } catch {
        // A disk that cannot be written stops the run at the next result, in words of its own.
      }
    },
    writing: () => note({ stage: 'writing', isQueueAway: false, workers: 0 }),
    ended: (end) => noteEnd(ledger, end, clock.now()),
  };
}

export function rowsOf(progress: RunProgress): StandingRows {
  const { rows: total, done, matched, exceptions } = progress.counts();
  const seen = progress.seen();
  const [local, unanswered] = [seen.done - seen.answered, done - seen.done];
  return { total, done, local, matched, exceptions, unanswered };
}
