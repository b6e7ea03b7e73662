import type { StoredSubject, Traced } from '../../../src/domain/record.ts';
import type { QueueResult, TraceQueue } from '../../../src/queue/trace-queue.ts';

/** A queue that keeps what is put in, and gives back the results that a test hands to it. */
export interface MemoryQueue extends TraceQueue {
  /** The ids of every `put`, in order, those put in again included. */
  readonly puts: number[][];
  answer(subjectId: number, result: Traced): void;
  /** Subjects that wait for a worker. */
  waiting(): readonly StoredSubject[];
}

/** `groupSize`: how many subjects are put in together. */
export function createMemoryQueue(groupSize = 1): MemoryQueue {
  const items = new Map<number, StoredSubject>();
  const results = new Map<number, QueueResult>();
  const puts: number[][] = [];
  return {
    puts,
    groupOf: (subjectId) => Math.floor((subjectId - 1) / groupSize),
    put: async (subjects) => {
      puts.push(subjects.map(({ subjectId }) => subjectId));
      for (const subject of subjects) items.set(subject.subjectId, subject);
    },
    results: async (limit) => [...results.values()].slice(0, limit),
    release: async (subjectIds) => {
      for (const id of subjectIds) {
        results.delete(id);
        items.delete(id);
      }
    },
    leftovers: async () => [],
    dropUnreadable: async () => false,
    startWorker: () => {
      throw new Error('nobody works on this queue');
    },
    storeBytes: async () => 0,
    clear: async () => {
      items.clear();
      results.clear();
    },
    close: async () => {},
    answer: (subjectId, result) => {
      results.set(subjectId, { subjectId, result });
    },
    waiting: () => [...items.values()],
  };
}
