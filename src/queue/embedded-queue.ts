/** The queue that needs nothing installed: BullMQ on an SQLite file, in this process. */
import { withBackend } from 'bullmq';
import { createSealer } from '../lib/seal.ts';
import { createBullQueue } from './bull-queue.ts';
import { createEmbeddedBackends } from './embedded-backend.ts';
import { openItemStore } from './embedded-store.ts';
import { createCodec, type Payload } from './payload.ts';
import type { TraceQueue } from './trace-queue.ts';

const QUEUE_NAME = 'trace';

export interface EmbeddedQueueOptions {
  /** A directory of the run's own; made when it is not there. */
  readonly directory: string;
  /** Of this run alone, for ever: a run id may be given twice. */
  readonly queueId: string;
  /** 32 bytes. */
  readonly key: Buffer;
  /** How many subjects share an item: the same for the run's whole life. */
  readonly groupSize: number;
  readonly onError: (error: Error) => void;
  readonly onUnreadable: (items: number) => void;
}

/**
 * Opens the queue in `directory`; what an earlier process left in it is still there. Once a write has
 * failed, `results` throws what it failed with.
 */
export function openEmbeddedQueue(options: EmbeddedQueueOptions): TraceQueue {
  const items = openItemStore(options.directory);
  const faults: unknown[] = [];
  const backends = createEmbeddedBackends(items, (fault) => faults.push(fault));
  const { Queue, Worker } = withBackend(backends);
  const bull = createBullQueue({
    ...options,
    queue: new Queue<Payload, string, string>(QUEUE_NAME, {
      connection: items,
      skipMetasUpdate: true,
    }),
    makeWorker: (process, workerOptions) =>
      new Worker<Payload, string>(QUEUE_NAME, process, {
        ...workerOptions,
        connection: items,
        skipLockRenewal: true,
      }),
    codec: createCodec(options.queueId, createSealer(options.key)),
  });
  return {
    ...bull,
    results: async (limit) => {
      if (faults.length > 0) throw faults[0];
      return bull.results(limit);
    },
    // Its key lies beside it, and whoever takes it over clears it.
    dropUnreadable: async () => false,
    storeBytes: async () => items.bytes(),
    close: async () => {
      await bull.close();
      items.close();
    },
  };
}
