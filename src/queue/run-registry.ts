/** The runs that workers elsewhere may take part in, kept in Redis. No personal data. */
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { ConfigError } from '../errors.ts';

const KEY = '{nhs-trace}:runs';

/** Raised when workers of another version could not take part properly. */
export const REGISTRY_VERSION = 1;

const entrySchema = z.object({
  version: z.number(),
  endpoint: z.string(),
  /** The job in force, to be checked by the worker against its own schema. */
  job: z.unknown(),
  acceptsTestNumbers: z.boolean(),
});

export interface RegisteredRun {
  readonly runId: string;
  readonly endpoint: string;
  readonly job: unknown;
  readonly acceptsTestNumbers: boolean;
}

export async function registerRun(redis: Redis, run: RegisteredRun): Promise<void> {
  const { runId, ...entry } = run;
  await redis.hset(KEY, runId, JSON.stringify({ version: REGISTRY_VERSION, ...entry }));
}

export async function unregisterRun(redis: Redis, runId: string): Promise<void> {
  await redis.hdel(KEY, runId);
}

/** Throws ConfigError when a run was started by a version of the program that does not fit. */
export async function registeredRuns(redis: Redis): Promise<readonly RegisteredRun[]> {
  const entries = Object.entries(await redis.hgetall(KEY));
  return entries.map(([runId, text]) => {
    const entry = entrySchema.parse(JSON.parse(text));
    if (entry.version !== REGISTRY_VERSION) {
      throw new ConfigError(
        `run ${runId} was started by another version of nhs-trace (${entry.version}; this worker speaks ${REGISTRY_VERSION}). Install the same version everywhere.`,
      );
    }
    return {
      runId,
      endpoint: entry.endpoint,
      job: entry.job,
      acceptsTestNumbers: entry.acceptsTestNumbers,
    };
  });
}
