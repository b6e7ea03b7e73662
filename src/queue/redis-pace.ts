import type { Redis } from 'ioredis';
import type { Clock } from '../lib/clock.ts';
import type { Pace } from './trace-queue.ts';

/**
 * Reserves the next place by Redis's own clock, evenly spaced, and says how long to wait for it.
 * KEYS[1] the next free place, KEYS[2] the hold; ARGV[1] the interval; all in microseconds.
 */
const RESERVE = `
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local free = tonumber(redis.call('GET', KEYS[1]) or '0')
local hold = tonumber(redis.call('GET', KEYS[2]) or '0')
local at = math.max(now, free, hold)
redis.call('SET', KEYS[1], string.format('%.0f', at + ARGV[1]), 'PX', 60000)
return { string.format('%.0f', at - now), string.format('%.0f', at) }`;

/** Sets the hold unless a longer one is in force. ARGV[1] how long, in microseconds. */
const HOLD = `
local t = redis.call('TIME')
local till = t[1] * 1000000 + t[2] + ARGV[1]
if till > tonumber(redis.call('GET', KEYS[1]) or '0') then
  redis.call('SET', KEYS[1], string.format('%.0f', till), 'PX', math.ceil(ARGV[1] / 1000) + 60000)
end`;

const MICROSECONDS = 1_000_000;

/** The pace for all workers that ask one provider through one Redis. `name` tells providers apart. */
export function createRedisPace(
  redis: Redis,
  name: string,
  ratePerSecond: number,
  clock: Clock,
): Pace {
  const placeKey = `{nhs-trace}:pace:${name}`;
  const holdKey = `{nhs-trace}:hold:${name}`;
  const interval = Math.ceil(MICROSECONDS / ratePerSecond);
  return {
    turn: async (signal) => {
      for (;;) {
        const [waitUs, at] = await redis
          .eval(RESERVE, 2, placeKey, holdKey, interval)
          .then(toNumbers);
        if (waitUs > 0) await clock.sleep(Math.ceil(waitUs / 1000), signal);
        signal.throwIfAborted();
        if (waitUs === 0 || Number((await redis.get(holdKey)) ?? 0) <= at) return;
      }
    },
    hold: async (ms) => {
      await redis.eval(HOLD, 1, holdKey, Math.ceil(ms * 1000));
    },
  };
}

function toNumbers(reply: unknown): [number, number] {
  const [wait, at] = Array.isArray(reply) ? reply.map(Number) : [];
  return [wait ?? 0, at ?? 0];
}
