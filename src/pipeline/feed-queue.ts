/** Keeps the queue filled from what the ledger lacks, and no fuller than it needs to be. */
import type { PendingSubject } from '../domain/record.ts';
import type { Clock } from '../lib/clock.ts';
import type { QueueResult, TraceQueue } from '../queue/trace-queue.ts';
import type { Ledger } from '../run-store/ledger.ts';

/** The queue is filled up to the first number, and again when it has fallen to the second. */
const FULL = 1000;
const LOW = 500;
/** A subject of which nothing was heard for so long is put in again: a queue may vanish at any time. */
const DOUBT_MS = 15_000;
const DOUBT_CHECK_MS = 1_000;

export interface Feeder {
  /** Called once the ledger has the results and the queue has let them go. */
  answered(results: readonly QueueResult[]): void;
  /** Feeds when it is time to. True once everything was fed and answered. */
  isDone(): Promise<boolean>;
  /** How many people are in the queue, or in a worker's hand. */
  queued(): number;
}

export function createFeeder(ledger: Ledger, queue: TraceQueue, clock: Clock): Feeder {
  /** Subject to when it was last put in, in milliseconds. */
  const outstanding = new Map<number, number>();
  let givenBack: number[] = [];
  let lastFed = 0;
  let isAllFed = false;
  let nextDoubtMs = 0;

  const put = async (subjects: readonly PendingSubject[]): Promise<void> => {
    if (subjects.length === 0) return;
    await queue.put(subjects);
    const now = clock.preciseMs();
    for (const { subjectId } of subjects) outstanding.set(subjectId, now);
  };
  const feed = async (): Promise<void> => {
    if (isAllFed || outstanding.size > LOW) return;
    const limit = FULL - outstanding.size;
    const found = ledger.subjectsToTrace(lastFed, limit + 1);
    isAllFed = found.length <= limit;
    const subjects = isAllFed ? found : withoutLastGroup(found, queue);
    lastFed = subjects.at(-1)?.subjectId ?? lastFed;
    await put(subjects);
  };
  const putBack = async (): Promise<void> => {
    const subjects = ledger.subjectsById(givenBack);
    givenBack = [];
    await put(subjects);
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
      for (const { subjectId, result } of results) {
        if (result.kind !== 'unfinished') outstanding.delete(subjectId);
        else givenBack.push(subjectId);
      }
    },
    isDone: async () => {
      if (givenBack.length > 0) await putBack();
      await feed();
      await doubt();
      return isAllFed && outstanding.size === 0;
    },
    queued: () => outstanding.size,
  };
}

/** There are more subjects than fit, perhaps of the same group, which is put in as a whole. */
function withoutLastGroup(
  subjects: readonly PendingSubject[],
  queue: TraceQueue,
): readonly PendingSubject[] {
  const last = queue.groupOf(subjects.at(-1)?.subjectId ?? 0);
  return subjects.filter(({ subjectId }) => queue.groupOf(subjectId) !== last);
}
