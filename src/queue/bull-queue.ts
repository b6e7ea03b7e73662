/** The trace queue on BullMQ, whichever store is under it. */
import type { BulkJobOptions } from 'bullmq';
import type { PendingSubject } from '../domain/record.ts';
import { type MakeWorker, startWorker } from './bull-worker.ts';
import { foldEntries, openJournal } from './journal.ts';
import type { Codec, Payload } from './payload.ts';
import type { TraceQueue } from './trace-queue.ts';

/** What is used of BullMQ's Queue, whichever store is under it. */
export interface ItemQueue {
  addBulk(items: { name: string; data: Payload; opts: BulkJobOptions }[]): Promise<unknown>;
  getRanges(
    states: ('active' | 'wait' | 'completed' | 'failed')[],
    start: number,
    end: number,
    isOldestFirst: boolean,
  ): Promise<string[]>;
  /** Throws when there is no such item. */
  addJobLog(itemId: string, row: string): Promise<unknown>;
  getJobLogs(itemId: string): Promise<{ logs: string[] }>;
  remove(itemId: string): Promise<unknown>;
  obliterate(options: { force: boolean }): Promise<void>;
  close(): Promise<void>;
}

export interface BullParts {
  readonly queue: ItemQueue;
  readonly makeWorker: MakeWorker;
  readonly codec: Codec;
  /** How many subjects share an item: the same for the run's whole life. */
  readonly groupSize: number;
  readonly onError: (error: Error) => void;
  /** Called when items were let go that another key had sealed; whoever is in them is put in again. */
  readonly onUnreadable: (items: number) => void;
}

/** All of the port but what only the store knows. */
export function createBullQueue(
  parts: BullParts,
): Omit<TraceQueue, 'storeBytes' | 'dropUnreadable'> {
  const { queue, codec, groupSize } = parts;
  const groupOf = (subjectId: number): number => Math.floor((subjectId - 1) / groupSize);
  // BullMQ refuses ids that are whole numbers.
  const itemOf = (subjectId: number): string => `g${groupOf(subjectId)}`;
  const journalOf = async (itemId: string) => {
    const { logs } = await queue.getJobLogs(itemId);
    const rows = openJournal(codec, itemId, logs);
    const results = [...foldEntries(rows)].map(([subjectId, result]) => ({ subjectId, result }));
    return { itemId, results, isUnreadable: rows.length === 0 };
  };
  const journalsOf = (itemIds: readonly string[]) => Promise.all(itemIds.map(journalOf));
  return {
    groupOf,
    put: async (subjects) => {
      const groups = Map.groupBy(subjects, ({ subjectId }) => itemOf(subjectId));
      await queue.addBulk([...groups].map(([id, group]) => itemFor(id, group, codec)));
    },
    results: async (limit) => {
      const items = Math.ceil(limit / groupSize);
      for (;;) {
        const found = await journalsOf(await queue.getRanges(['completed'], 0, items - 1, true));
        const unreadable = found.filter((item) => item.isUnreadable);
        await Promise.all(unreadable.map(({ itemId }) => queue.remove(itemId)));
        if (unreadable.length > 0) parts.onUnreadable(unreadable.length);
        // None at all would mean that nothing is there.
        if (unreadable.length < found.length || found.length === 0)
          return found.flatMap(({ results }) => results);
      }
    },
    release: async (subjectIds) => {
      const items = new Set(subjectIds.map(itemOf));
      await Promise.all([...items].map((id) => queue.remove(id)));
    },
    leftovers: async () => {
      const items = await queue.getRanges(['active', 'wait', 'failed'], 0, -1, true);
      return (await journalsOf(items)).flatMap(({ results }) => results);
    },
    startWorker: (trace, concurrency) => startWorker(parts, trace, concurrency),
    clear: () => queue.obliterate({ force: true }),
    close: () => queue.close(),
  };
}

function itemFor(id: string, group: readonly PendingSubject[], codec: Codec) {
  // What was answered is kept until the ledger has it. On Redis an item that threw vanishes; the ledger still lacks it.
  const opts = { jobId: id, attempts: 1, removeOnComplete: false, removeOnFail: true };
  return { name: 'trace', data: codec.sealSubjects(id, group), opts };
}
