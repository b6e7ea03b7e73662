/** The queue for any number of worker machines: BullMQ on Redis. */
import { Worker as BullWorker, Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { createSealer } from '../lib/seal.ts';
import { type BullParts, createBullQueue, type ItemQueue } from './bull-queue.ts';
import { type MakeWorker, startWorker } from './bull-worker.ts';
import { openedOrNothing } from './journal.ts';
import { type Codec, createCodec, type Payload } from './payload.ts';
import type { RedisAccess, RedisClient } from './redis-connection.ts';
import type { StoreHealth } from './store-health.ts';
import type { TraceQueue, TraceSubject, Worker } from './trace-queue.ts';

/** One hash slot for everything, so that a cluster takes it too. */
export const PREFIX = '{nhs-trace}';

export interface RedisQueueOptions {
  readonly access: RedisAccess;
  readonly health: StoreHealth;
  /** Of this run alone, for ever: a run id may be given twice. */
  readonly queueId: string;
  /** 32 bytes, the same for every worker. */
  readonly key: Buffer;
  /** How many subjects share an item: the same for the run's whole life. */
  readonly groupSize: number;
}

/** The run's side. The connection stays open when the queue is closed. `onUnreadable`: of bull-queue.ts. */
export function createRedisQueue(
  options: RedisQueueOptions & Pick<BullParts, 'onUnreadable'>,
): TraceQueue {
  const { access, health, groupSize, onUnreadable } = options;
  const queue = createItemQueue(options);
  const codec = codecOf(options);
  const bull = createBullQueue({
    ...{ queue, codec, groupSize, onUnreadable },
    makeWorker: makeRedisWorker(options),
    onError: health.failed,
  });
  const isUnreadable = async (itemId: string): Promise<boolean> => {
    const item = await queue.getJob(itemId);
    if (item === undefined) return false;
    return openedOrNothing(() => codec.openSubjects(itemId, item.data)) === undefined;
  };
  return {
    ...bull,
    dropUnreadable: async () => {
      const items = await queue.getRanges(['active', 'wait', 'failed'], 0, -1, true);
      const count = (await Promise.all(items.map(isUnreadable))).filter(Boolean).length;
      if (count === 0) return false;
      onUnreadable(count);
      // Those in a worker's hand cannot be taken away one by one.
      await queue.obliterate({ force: true });
      return true;
    },
    storeBytes: () => health.waitOut(() => usedMemory(access.client)),
  };
}

/** A far worker's side: takes part in one run, and leaves nothing of it behind. */
export function startRedisWorker(
  options: RedisQueueOptions,
  trace: TraceSubject,
  concurrency: number,
): Worker {
  const parts = {
    queue: createItemQueue(options),
    makeWorker: makeRedisWorker(options),
    codec: codecOf(options),
    groupSize: options.groupSize,
    onError: options.health.failed,
  };
  const worker = startWorker(parts, trace, concurrency);
  return {
    close: async (graceMs) => {
      await worker.close(graceMs);
      await forgetEnded(options);
    },
  };
}

/** KEYS: meta, wait, active and completed of a queue. One that is paused is being deleted by its run just now. */
const FORGET = `
if redis.call('EXISTS', KEYS[2], KEYS[3], KEYS[4]) == 0 and redis.call('HEXISTS', KEYS[1], 'paused') == 0 then
  redis.call('DEL', KEYS[1])
end`;

/** BullMQ's worker puts the settings of a queue back that the run has deleted: who leaves it takes them away. */
async function forgetEnded({ access, health, queueId }: RedisQueueOptions): Promise<void> {
  if (health.isAway()) return;
  const keys = ['meta', 'wait', 'active', 'completed'];
  const named = keys.map((key) => `${PREFIX}:${queueName(queueId)}:${key}`);
  await access.client.eval(FORGET, named.length, ...named).catch(health.failed);
}

/** BullMQ's queue, asked again while Redis cannot. To ask twice is to ask once for all of these. */
function createItemQueue({ access, health, queueId }: RedisQueueOptions) {
  const queue = new Queue<Payload, string, string>(queueName(queueId), {
    connection: access.client,
    prefix: PREFIX,
    skipWaitingForReady: true,
    streams: { events: { maxLen: 100 } },
  });
  queue.on('error', health.failed);
  const { waitOut } = health;
  return {
    getJob: (itemId: string) => waitOut(() => queue.getJob(itemId)),
    addBulk: (items) => waitOut(() => queue.addBulk(items)),
    getRanges: (states, start, end, isOldestFirst) =>
      waitOut(() => queue.getRanges(states, start, end, isOldestFirst)),
    addJobLog: (itemId, row) => waitOut(() => queue.addJobLog(itemId, row)),
    getJobLogs: (itemId) => waitOut(() => queue.getJobLogs(itemId)),
    remove: (itemId) => waitOut(() => queue.remove(itemId)),
    obliterate: (how) => waitOut(() => queue.obliterate(how)),
    close: () => queue.close(),
  } satisfies ItemQueue & Pick<Queue<Payload, string, string>, 'getJob'>;
}

/** Every worker has a connection of its own, because it blocks on it. */
function makeRedisWorker({ access, queueId }: RedisQueueOptions): MakeWorker {
  return (process, workerOptions) => {
    const connection = access.connect();
    const worker = new BullWorker<Payload, string>(queueName(queueId), process, {
      ...workerOptions,
      connection,
      prefix: PREFIX,
    });
    worker.on('closed', () => connection.disconnect());
    return worker;
  };
}

function codecOf({ queueId, key }: RedisQueueOptions): Codec {
  return createCodec(queueId, createSealer(key));
}

export function queueName(queueId: string): string {
  return `trace-${queueId}`;
}

/** Of all servers together. */
async function usedMemory(client: RedisClient): Promise<number> {
  const servers = client instanceof Redis ? [client] : client.nodes('master');
  const infos = await Promise.all(servers.map((server) => server.info('memory')));
  return infos.reduce((sum, info) => sum + Number(/^used_memory:(\d+)/m.exec(info)?.[1] ?? 0), 0);
}
