import type { Redis } from 'ioredis';
import type { Clock } from '../lib/clock.ts';
import type { Pace } from './trace-queue.ts';

/**
 * Takes the next place if it is free by Redis's own clock, and answers 0; otherwise answers how long
 * until it is, in microseconds. Nothing is reserved ahead, so nobody who comes late to a place of
 * his own meets the next one there. KEYS[1] the next free place, KEYS[2] the hold; ARGV[1] the
 * interval, ARGV[2] how much of a late timer is made up for, in microseconds.
 */
const TAKE = `
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local free = tonumber(redis.call('GET', KEYS[1]) or '0')
local hold = tonumber(redis.call('GET', KEYS[2]) or '0')
local at = math.max(free, hold)
if at > now then return string.format('%.0f', at - now) end
local till = math.max(free + ARGV[1], now + ARGV[1] - ARGV[2])
redis.call('SET', KEYS[1], string.format('%.0f', till), 'PX', math.ceil(ARGV[1] / 1000) + 60000)
return '0'`;

/** Sets the hold unless a longer one is in force. ARGV[1] how long, in microseconds. */
const HOLD = `
local t = redis.call('TIME')
local till = t[1] * 1000000 + t[2] + ARGV[1]
if till > tonumber(redis.call('GET', KEYS[1]) or '0') then
  redis.call('SET', KEYS[1], string.format('%.0f', till), 'PX', math.ceil(ARGV[1] / 1000) + 60000)
end`;

const MICROSECONDS = 1_000_000;

/** Timers are a little late: so much of it is made up for, so that the rate is used to the full. */
const MAX_SLACK_US = 2_000;

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
  const slack = Math.min(MAX_SLACK_US, Math.floor(interval / 2));
  let queue: Promise<void> = Promise.resolve();
  const wait = async (signal: AbortSignal): Promise<void> => {
    for (;;) {
      signal.throwIfAborted();
      const waitUs = Number(await redis.eval(TAKE, 2, placeKey, holdKey, interval, slack));
      if (waitUs <= 0) return;
      await clock.sleep(waitUs / 1000, signal);
    }
  };
  return {
    // One at a time of each process asks Redis, or all would ask for the same place.
    turn: (signal) => {
      const turn = queue.then(() => wait(signal));
      queue = turn.catch(() => undefined);
      return turn;
    },
    hold: async (ms) => {
      await redis.eval(HOLD, 1, holdKey, Math.ceil(ms * 1000));
    },
  };
}
