/** The queue that needs nothing installed: BullMQ's PostgreSQL backend on PGlite, in this process. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { dataDir as emptyStore } from '@electric-sql/pglite-prepopulatedfs';
import { createPostgresBackend, runMigrations, withBackend } from 'bullmq';
import { createSealer } from '../lib/seal.ts';
import { createBullQueue } from './bull-queue.ts';
import { createCodec, type Payload } from './payload.ts';
import { createPglitePool } from './pglite-pool.ts';
import type { TraceQueue } from './trace-queue.ts';

const QUEUE_NAME = 'trace';

/** PGlite has no autovacuum: the space of finished items is freed after so many. */
const VACUUM_EVERY = 1000;

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
}

/** Opens the queue in `directory`; what an earlier process left in it is still there. */
export async function openEmbeddedQueue(options: EmbeddedQueueOptions): Promise<TraceQueue> {
  const db = await openStore(join(options.directory, 'store'));
  const connection = createPglitePool(db);
  await runMigrations(connection, 'bullmq');
  await db.exec('SET search_path TO bullmq');
  const { Queue, Worker } = withBackend(createPostgresBackend);
  const bull = createBullQueue({
    queue: new Queue<Payload, string, string>(QUEUE_NAME, {
      connection,
      streams: { events: { maxLen: 100 } },
    }),
    makeWorker: (process, workerOptions) =>
      new Worker<Payload, string>(QUEUE_NAME, process, { ...workerOptions, connection }),
    codec: createCodec(options.queueId, createSealer(options.key)),
    groupSize: options.groupSize,
    onError: options.onError,
  });
  let released = 0;
  return {
    ...bull,
    release: async (subjectIds) => {
      await bull.release(subjectIds);
      released += subjectIds.length;
      if (released < VACUUM_EVERY) return;
      released = 0;
      await db.exec('VACUUM job');
    },
    storeBytes: async () => {
      const { rows } = await db.query<{ bytes: string }>(
        'SELECT pg_database_size(current_database())::text AS bytes',
      );
      return Number(rows[0]?.bytes ?? 0);
    },
    close: async () => {
      await bull.close();
      await db.close();
    },
  };
}

/**
 * A new store begins as a copy of an empty one: to have PostgreSQL make it would take three times as
 * long, and twice the memory of everything else.
 */
async function openStore(directory: string): Promise<PGlite> {
  if (existsSync(join(directory, 'PG_VERSION'))) return PGlite.create(directory);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return PGlite.create({ dataDir: directory, loadDataDir: await emptyStore() });
}
