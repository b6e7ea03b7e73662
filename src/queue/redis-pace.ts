import type { Redis } from 'ioredis';
import type { Clock } from '../lib/clock.ts';
import { createPace, SLACK_MS, spacingMs } from './pace.ts';
import type { Pace } from './trace-queue.ts';

/**
 * Takes the places that are free by Redis's own clock, and answers how many, and how long until the
 * next is if none was. Nothing is reserved ahead, so nobody who comes late to a place of his own
 * meets the next one there. KEYS[1] the next free place, KEYS[2] the hold; ARGV[1] the spacing,
 * ARGV[2] the slack, ARGV[3] how many are wanted; times in microseconds.
 */
const TAKE = `
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local free = tonumber(redis.call('GET', KEYS[1]) or '0')
local hold = tonumber(redis.call('GET', KEYS[2]) or '0')
local at = math.max(free, hold)
if at > now then return {0, math.ceil(at - now)} end
local first = math.max(free, now - ARGV[2])
local taken = math.min(tonumber(ARGV[3]), math.floor((now - first) / ARGV[1]) + 1)
redis.call('SET', KEYS[1], string.format('%.3f', first + taken * ARGV[1]), 'PX', math.ceil(ARGV[1] / 1000) + 60000)
return {taken, 0}`;

/** Sets the hold unless a longer one is in force. ARGV[1] how long, in microseconds. */
const HOLD = `
local t = redis.call('TIME')
local till = t[1] * 1000000 + t[2] + ARGV[1]
if till > tonumber(redis.call('GET', KEYS[1]) or '0') then
  redis.call('SET', KEYS[1], string.format('%.0f', till), 'PX', math.ceil(ARGV[1] / 1000) + 60000)
end`;

const MICROSECONDS = 1000;

/** The pace for all workers that ask one provider through one Redis. `name` tells providers apart. */
export function createRedisPace(
  redis: Redis,
  name: string,
  ratePerSecond: number,
  clock: Clock,
): Pace {
  const placeKey = `{nhs-trace}:pace:${name}`;
  const holdKey = `{nhs-trace}:hold:${name}`;
  const spacing = spacingMs(ratePerSecond) * MICROSECONDS;
  const slack = SLACK_MS * MICROSECONDS;
  return createPace(
    {
      take: async (wanted) => {
        const answer = await redis.eval(TAKE, 2, placeKey, holdKey, spacing, slack, wanted);
        const [taken, waitUs] = answer as [number, number];
        return { taken, waitMs: waitUs / MICROSECONDS };
      },
      hold: async (ms) => {
        await redis.eval(HOLD, 1, holdKey, Math.ceil(ms * MICROSECONDS));
      },
    },
    clock,
  );
}
