/** The runs that workers elsewhere may take part in, kept in Redis. No personal data. */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Logger } from '../lib/logger.ts';
import type { RedisClient } from './redis-connection.ts';

const KEY = '{nhs-trace}:runs';

/** Raised when workers of another version could not take part properly. */
const REGISTRY_VERSION = 3;

const entrySchema = z.object({
  version: z.literal(REGISTRY_VERSION),
  /** Shows whether a worker has the run's key, without showing the key. */
  keyCheck: z.string(),
  runId: z.string(),
  endpoint: z.string(),
  groupSize: z.int().min(1),
  /** The job in force, to be checked by the worker against its own schema. */
  job: z.unknown(),
});

export interface RegisteredRun {
  readonly queueId: string;
  readonly runId: string;
  readonly endpoint: string;
  /** How many subjects share a queue item. */
  readonly groupSize: number;
  readonly job: unknown;
}

export async function registerRun(
  redis: RedisClient,
  key: Buffer,
  run: RegisteredRun,
): Promise<void> {
  const { queueId, ...entry } = run;
  const keyCheck = checkOf(key, queueId);
  await redis.hset(KEY, queueId, JSON.stringify({ version: REGISTRY_VERSION, keyCheck, ...entry }));
}

export async function unregisterRun(redis: RedisClient, queueId: string): Promise<void> {
  await redis.hdel(KEY, queueId);
}

/** The runs that this worker can take part in. The others are logged, each time, with the reason. */
export async function registeredRuns(
  redis: RedisClient,
  key: Buffer,
  logger: Logger,
): Promise<readonly RegisteredRun[]> {
  const entries = Object.entries(await redis.hgetall(KEY));
  return entries.flatMap(([queueId, text]) => {
    const entry = entrySchema.safeParse(JSON.parse(text)).data;
    const reason =
      entry === undefined
        ? 'it was started by another version of nhs-trace; install the same one everywhere'
        : 'it was started with another NHS_TRACE_KEY; give every worker the same';
    if (entry?.keyCheck === checkOf(key, queueId)) return [{ queueId, ...entry }];
    logger.error('worker.refused', { queue: queueId, reason });
    return [];
  });
}

function checkOf(key: Buffer, queueId: string): string {
  return createHmac('sha256', key).update(`nhs-trace:${queueId}`).digest('base64');
}
