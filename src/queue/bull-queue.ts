/** The trace queue on BullMQ, whichever store is under it. */
import { type BulkJobOptions, type Job, WaitingError, type WorkerOptions } from 'bullmq';
import type { StoredSubject } from '../domain/record.ts';
import type { Codec, Payload } from './payload.ts';
import type { QueueResult, TraceQueue, TraceSubject, Worker } from './trace-queue.ts';

/** After so long without a sign of life a worker counts as dead, and its items go to others. */
const LOCK_MS = 10_000;
const STALLED_CHECK_MS = 5_000;

/** A worker that died is no fault of the item: it is handed on as often as it takes. */
const MAX_STALLED = 1_000_000;

type Item = Job<Payload, string>;

/** What is used of BullMQ's Queue, whichever store is under it. */
interface ItemQueue {
  addBulk(items: { name: string; data: Payload; opts: BulkJobOptions }[]): Promise<unknown>;
  getJobs(
    states: ['completed'],
    start: number,
    end: number,
    isOldestFirst: boolean,
  ): Promise<Item[]>;
  obliterate(options: { force: boolean }): Promise<void>;
  close(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** What is used of BullMQ's Worker. */
interface ItemWorker {
  close(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

export type MakeWorker = (
  process: (item: Item, token?: string) => Promise<string>,
  options: Omit<WorkerOptions, 'connection'>,
) => ItemWorker;

export interface BullParts {
  readonly queue: ItemQueue;
  readonly makeWorker: MakeWorker;
  readonly codec: Codec;
  readonly onError: (error: Error) => void;
}

/** All of the port but what only the store knows. */
export function createBullQueue(parts: BullParts): Omit<TraceQueue, 'storeBytes'> {
  const { queue, codec, makeWorker, onError } = parts;
  let completed = new Map<number, Item>();
  queue.on('error', onError);
  return {
    put: async (subjects) => {
      await queue.addBulk(
        subjects.map((subject) => ({
          name: 'trace',
          data: codec.sealSubject(subject),
          // A result is kept until the ledger has it. An item that threw vanishes; the ledger still lacks it.
          opts: {
            jobId: itemId(subject),
            attempts: 1,
            removeOnComplete: false,
            removeOnFail: true,
          },
        })),
      );
    },
    results: async (limit) => {
      const jobs = await queue.getJobs(['completed'], 0, limit - 1, true);
      completed = new Map(jobs.map((job) => [subjectIdOf(job), job]));
      return [...completed].map(
        ([subjectId, job]): QueueResult => ({
          subjectId,
          result: codec.openResult(subjectId, job.returnvalue),
        }),
      );
    },
    release: async (subjectIds) => {
      const items = subjectIds.flatMap((id) => completed.get(id) ?? []);
      await Promise.all(items.map((item) => item.remove()));
    },
    startWorker: (trace, concurrency) =>
      startWorker(makeWorker, codec, trace, concurrency, onError),
    clear: () => queue.obliterate({ force: true }),
    close: () => queue.close(),
  };
}

/** An in-process or far worker: opens items, has them traced, seals the results. */
export function startWorker(
  makeWorker: MakeWorker,
  codec: Codec,
  trace: TraceSubject,
  concurrency: number,
  onError: (error: Error) => void,
): Worker {
  const stopping = new AbortController();
  const worker = makeWorker(
    async (job, token) => {
      const subjectId = subjectIdOf(job);
      try {
        return codec.sealResult(
          subjectId,
          await trace(codec.openSubject(subjectId, job.data), stopping.signal),
        );
      } catch (error) {
        if (!stopping.signal.aborted) throw error;
        await job.moveToWait(token);
        throw new WaitingError();
      }
    },
    {
      concurrency,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: MAX_STALLED,
      removeOnFail: { count: 0 },
    },
  );
  worker.on('error', onError);
  return {
    close: async (graceMs) => {
      const patience = setTimeout(() => stopping.abort(), graceMs);
      try {
        await worker.close();
      } finally {
        clearTimeout(patience);
      }
    },
  };
}

/** BullMQ refuses ids that are whole numbers. */
function itemId(subject: StoredSubject): string {
  return `s${subject.subjectId}`;
}

function subjectIdOf(job: Item): number {
  return Number(job.id?.slice(1));
}
