/** The runs that workers elsewhere may take part in, kept in Redis. No personal data. */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Logger } from '../lib/logger.ts';
import type { RedisClient } from './redis-connection.ts';

const KEY = '{nhs-trace}:runs';

/** Raised when workers of another version could not take part properly. */
const REGISTRY_VERSION = 4;

const entrySchema = z.object({
  version: z.literal(REGISTRY_VERSION),
  /** Shows that a worker has the run's key, and that nobody without it has changed the entry. */
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
  const keyCheck = checkOf(key, run);
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
    const entry = entrySchema.safeParse(parsed(text)).data;
    const reason =
      entry === undefined
        ? 'it was started by another version of nhs-trace; install the same one everywhere'
        : 'it was started with another NHS_TRACE_KEY, or changed since; give every worker the same key';
    if (entry?.keyCheck === checkOf(key, { queueId, ...entry })) return [{ queueId, ...entry }];
    logger.error('worker.refused', { queue: queueId, reason });
    return [];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Over all that a worker goes by: whoever can write to Redis must not choose where people are sent, or how fast. */
function checkOf(key: Buffer, run: Partial<RegisteredRun>): string {
  const { queueId, runId, endpoint, groupSize, job } = run;
  return createHmac('sha256', key)
    .update(`nhs-trace:${JSON.stringify([queueId, runId, endpoint, groupSize, job])}`)
    .digest('base64');
}
