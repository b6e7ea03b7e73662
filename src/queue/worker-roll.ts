/** Which worker processes take part in a run, kept in Redis by Redis's own clock. */
import type { RedisClient } from './redis-connection.ts';

/** A worker that has not said for so long that it is there is not. */
const ALIVE_SECONDS = 6;

/** KEYS[1] the roll; ARGV[1] who is there. */
const SAY = `
redis.call('ZADD', KEYS[1], redis.call('TIME')[1], ARGV[1])
redis.call('EXPIRE', KEYS[1], ${ALIVE_SECONDS})`;

const COUNT = `return redis.call('ZCOUNT', KEYS[1], redis.call('TIME')[1] - ${ALIVE_SECONDS}, '+inf')`;

/** Says that a worker takes part in these runs. To be said again every second or two. */
export async function sayPresent(
  redis: RedisClient,
  worker: string,
  queueIds: readonly string[],
): Promise<void> {
  await Promise.all(queueIds.map((queueId) => redis.eval(SAY, 1, keyOf(queueId), worker)));
}

/** How many worker processes take part in a run. */
export async function workersPresent(redis: RedisClient, queueId: string): Promise<number> {
  return Number(await redis.eval(COUNT, 1, keyOf(queueId)));
}

function keyOf(queueId: string): string {
  return `{nhs-trace}:workers:${queueId}`;
}
