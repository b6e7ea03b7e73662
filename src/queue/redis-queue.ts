/** The queue for any number of worker machines: BullMQ on Redis. */
import { Worker as BullWorker, Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { createSealer } from '../lib/seal.ts';
import { createBullQueue } from './bull-queue.ts';
import { type MakeWorker, startWorker } from './bull-worker.ts';
import { type Codec, createCodec, type Payload } from './payload.ts';
import { connectRedis } from './redis-connection.ts';
import type { TraceQueue, TraceSubject, Worker } from './trace-queue.ts';

/** One hash slot for everything, so that a cluster takes it too. */
const PREFIX = '{nhs-trace}';

export interface RedisQueueOptions {
  readonly url: string;
  /** Of this run alone, for ever: a run id may be given twice. */
  readonly queueId: string;
  /** 32 bytes, the same for every worker. */
  readonly key: Buffer;
  /** How many subjects share an item: the same for the run's whole life. */
  readonly groupSize: number;
  readonly onError: (error: Error) => void;
}

/** The run's side. Throws ConfigError when Redis is not fit. The connection is for the pace as well. */
export async function openRedisQueue(
  options: RedisQueueOptions,
): Promise<{ readonly queue: TraceQueue; readonly redis: Redis }> {
  const redis = await connectRedis(options.url, options.onError);
  const bull = createBullQueue({
    ...options,
    queue: itemQueue(options, redis),
    makeWorker: makeRedisWorker(options),
    codec: codecOf(options),
  });
  const queue: TraceQueue = {
    ...bull,
    storeBytes: async () =>
      Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1] ?? 0),
    close: async () => {
      await bull.close();
      await redis.quit();
    },
  };
  return { queue, redis };
}

/** A far worker's side: takes part in one run. */
export function startRedisWorker(
  options: RedisQueueOptions,
  redis: Redis,
  trace: TraceSubject,
  concurrency: number,
): Worker {
  const queue = itemQueue(options, redis);
  const parts = {
    ...options,
    makeWorker: makeRedisWorker(options),
    codec: codecOf(options),
    readJournal: (itemId: string) => queue.getJobLogs(itemId),
  };
  return startWorker(parts, trace, concurrency);
}

function itemQueue({ queueId, onError }: RedisQueueOptions, connection: Redis) {
  const queue = new Queue<Payload, string, string>(queueName(queueId), {
    connection,
    prefix: PREFIX,
    skipWaitingForReady: true,
    streams: { events: { maxLen: 100 } },
  });
  queue.on('error', onError);
  return queue;
}

function codecOf({ queueId, key }: RedisQueueOptions): Codec {
  return createCodec(queueId, createSealer(key));
}

/** Every worker has a connection of its own, because it blocks on it. */
function makeRedisWorker({ url, queueId, onError }: RedisQueueOptions): MakeWorker {
  return (process, workerOptions) => {
    const connection = new Redis(url, { maxRetriesPerRequest: null });
    connection.on('error', onError);
    const worker = new BullWorker<Payload, string>(queueName(queueId), process, {
      ...workerOptions,
      connection,
      prefix: PREFIX,
    });
    worker.on('closed', () => connection.disconnect());
    return worker;
  };
}

function queueName(queueId: string): string {
  return `trace-${queueId}`;
}
