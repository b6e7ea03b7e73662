/** Keeps the queue filled from what the ledger lacks, and no fuller than it needs to be. */
import type { Clock } from '../lib/clock.ts';
import type { QueueResult, TraceQueue } from '../queue/trace-queue.ts';
import type { Ledger } from '../run-store/ledger.ts';

/** The queue is filled up to the first number, and again when it has fallen to the second. */
const FULL = 1000;
const LOW = 500;
/** An item of which nothing was heard for so long is put in again: a queue may vanish at any time. */
const DOUBT_MS = 15_000;
const DOUBT_CHECK_MS = 1_000;

export interface Feeder {
  answered(results: readonly QueueResult[]): void;
  /** Feeds when it is time to. True once everything was fed and answered. */
  isDone(): Promise<boolean>;
}

export function createFeeder(ledger: Ledger, queue: TraceQueue, clock: Clock): Feeder {
  /** Subject to when it was last put in, in milliseconds. */
  const outstanding = new Map<number, number>();
  let lastFed = 0;
  let isAllFed = false;
  let nextDoubtMs = 0;

  const put = async (subjects: Parameters<TraceQueue['put']>[0]): Promise<void> => {
    await queue.put(subjects);
    const now = clock.preciseMs();
    for (const { subjectId } of subjects) outstanding.set(subjectId, now);
  };
  const feed = async (): Promise<void> => {
    if (isAllFed || outstanding.size > LOW) return;
    const subjects = ledger.subjectsToTrace(lastFed, FULL - outstanding.size);
    lastFed = subjects.at(-1)?.subjectId ?? lastFed;
    isAllFed = subjects.length === 0;
    if (!isAllFed) await put(subjects);
  };
  const doubt = async (): Promise<void> => {
    const now = clock.preciseMs();
    if (now < nextDoubtMs) return;
    nextDoubtMs = now + DOUBT_CHECK_MS;
    const silent = [...outstanding].filter(([, since]) => now - since > DOUBT_MS).map(([id]) => id);
    if (silent.length > 0) await put(ledger.subjectsById(silent));
  };
  return {
    answered: (results) => {
      for (const { subjectId } of results) outstanding.delete(subjectId);
    },
    isDone: async () => {
      await feed();
      await doubt();
      return isAllFed && outstanding.size === 0;
    },
  };
}
