/** The queue for any number of worker machines: BullMQ on Redis. */
import { Worker as BullWorker, Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { createSealer } from '../lib/seal.ts';
import { createBullQueue, type MakeWorker, startWorker } from './bull-queue.ts';
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
  readonly onError: (error: Error) => void;
}

/** The run's side. Throws ConfigError when Redis is not fit. The connection is for the pace as well. */
export async function openRedisQueue(
  options: RedisQueueOptions,
): Promise<{ readonly queue: TraceQueue; readonly redis: Redis }> {
  const redis = await connectRedis(options.url, options.onError);
  const codec = createCodec(options.queueId, createSealer(options.key));
  const name = queueName(options.queueId);
  const bull = createBullQueue({
    queue: new Queue<Payload, string, string>(name, {
      connection: redis,
      prefix: PREFIX,
      skipWaitingForReady: true,
      streams: { events: { maxLen: 100 } },
    }),
    makeWorker: makeRedisWorker(options.url, name, options.onError),
    codec,
    onError: options.onError,
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
  trace: TraceSubject,
  concurrency: number,
): Worker {
  const codec: Codec = createCodec(options.queueId, createSealer(options.key));
  const make = makeRedisWorker(options.url, queueName(options.queueId), options.onError);
  return startWorker(make, codec, trace, concurrency, options.onError);
}

/** Every worker has a connection of its own, because it blocks on it. */
function makeRedisWorker(url: string, name: string, onError: (error: Error) => void): MakeWorker {
  return (process, workerOptions) => {
    const connection = new Redis(url, { maxRetriesPerRequest: null });
    connection.on('error', onError);
    const worker = new BullWorker<Payload, string>(name, process, {
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
