import { createHash, randomInt } from 'node:crypto';
import type { Redis } from 'ioredis';
import { PRIORITIES, type Priority } from '../domain/priority.ts';
import { type SendingRules, sendingPeriod } from '../domain/sending-hours.ts';
import { createPace, type PaceOptions, type Places } from './pace.ts';
import { AHEAD_MS, spacingOf } from './pace-spacing.ts';
import type { Pace } from './trace-queue.ts';

/**
 * Takes places by Redis's own clock; times are in microseconds. KEYS: the next place, the hold, the
 * places of the last second or so, the count of the day. A place comes one even spacing after the last,
 * or sooner while some are made up for; never while there are enough in the window before it. Gives the
 * time, the next place, the hold, and those that were taken; or why there are none.
 *
 * KEYS from the fifth on: who waits, priority by priority, each until when he counts as waiting. Among the
 * priorities of which somebody waits, places are shared out by start-time fair queueing, ten to one from
 * each to the next. Whoever's turn it is not asks as if he wanted none, so the rate knows nothing of this;
 * he comes back a little after the place, when whoever's turn it is has had it or does not want it.
 */
const TAKE = `
for at = 1, #ARGV do ARGV[at] = tonumber(ARGV[at]) end
local wanted, wider, madeUp, places, window, even, least, ahead, opens, till, limit, level, asker, patience = unpack(ARGV)
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
if now >= till then return {'over', now} end
if now < opens then return {'closed', now} end
if limit > 0 then
  local left = limit - tonumber(redis.call('GET', KEYS[4]) or 0)
  if left <= 0 then return {'spent', now} end
  wanted = math.min(wanted, left)
end
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - window)
local known = redis.call('HMGET', KEYS[1], 'next', 'last', 'served', 'share-1', 'share-2', 'share-3')
-- Where nothing is known, something may have been sent just now.
local next = tonumber(known[1] or now + even)
local last = tonumber(known[2] or 0)
local hold = tonumber(redis.call('GET', KEYS[2]) or 0)
local reply = {'places', now, 0, hold}
local served = tonumber(known[3] or 0)
local start = math.max(served, tonumber(known[3 + level] or 0))
local mayTake = wanted
for other = 1, 3 do
  local until_ = redis.call('ZREVRANGE', KEYS[4 + other], 0, 0, 'WITHSCORES')[2]
  if other ~= level and until_ and tonumber(until_) > now then
    local theirs = math.max(served, tonumber(known[3 + other] or 0))
    if theirs < start or (theirs == start and other < level) then mayTake = 0 end
  end
end
while true do
  local due = math.max(next, hold, opens, now - madeUp)
  local at = math.max(due, now, last + least)
  local full = redis.call('ZRANGE', KEYS[3], -places, -places, 'WITHSCORES')
  if full[2] then at = math.max(at, full[2] + window) end
  reply[3] = math.ceil(at)
  if #reply - 4 >= mayTake or at > now + ahead or at >= till then break end
  at = math.ceil(at)
  redis.call('ZADD', KEYS[3], at + wider, string.format('%.0f', at))
  next = due + even
  last = at
  reply[#reply + 1] = at
end
redis.call('HSET', KEYS[1], 'next', string.format('%.3f', next), 'last', string.format('%.0f', last))
local taken = #reply - 4
if taken > 0 then
  local share = string.format('%.0f', start + taken * 10 ^ (level - 1))
  redis.call('HSET', KEYS[1], 'served', string.format('%.0f', start), 'share-' .. level, share)
end
if wanted > taken then
  if mayTake < wanted then reply[3] = math.ceil(math.max(reply[3], now + ahead) + ahead) end
  local waitsUntil = reply[3] + patience + wider
  redis.call('ZADD', KEYS[4 + level], waitsUntil, string.format('%.0f', asker))
  redis.call('PEXPIRE', KEYS[4 + level], math.ceil((waitsUntil - now) / 1000) + 5000)
elseif wanted > 0 then
  redis.call('ZREM', KEYS[4 + level], string.format('%.0f', asker))
end
redis.call('PEXPIRE', KEYS[1], math.ceil(even / 1000) + 5000)
redis.call('PEXPIRE', KEYS[3], math.ceil(window / 1000) + 5000)
if taken > 0 then
  redis.call('INCRBY', KEYS[4], taken)
  redis.call('PEXPIRE', KEYS[4], 172800000)
end
return reply`;

/** KEYS: the next place, the places of the last second, the count of the day. ARGV: the place, a spacing. */
const GIVE_BACK = `
if redis.call('ZREM', KEYS[2], ARGV[1]) == 1 then
  redis.call('HINCRBYFLOAT', KEYS[1], 'next', -ARGV[2])
end
if tonumber(redis.call('GET', KEYS[3]) or 0) > 0 then redis.call('DECR', KEYS[3]) end`;

/** Sets the hold unless a longer one is in force. ARGV[1] how long, in microseconds. */
const HOLD = `
local t = redis.call('TIME')
local till = t[1] * 1000000 + t[2] + ARGV[1]
if till > tonumber(redis.call('GET', KEYS[1]) or 0) then
  redis.call('SET', KEYS[1], string.format('%.0f', till), 'PX', math.ceil(ARGV[1] / 1000) + 5000)
end`;

const MICROSECONDS = 1000;

/** Whoever is so much later than he said does not count as waiting any more, in milliseconds. */
const PATIENCE_MS = 25;

const LARGEST_ASKER = 2 ** 47;

type PaceRedis = Pick<Redis, 'eval' | 'evalsha' | 'zadd'>;

/** Runs a script that Redis has kept: only its digest goes there, unless Redis does not know it. */
function createScript(redis: PaceRedis, lua: string) {
  const digest = createHash('sha1').update(lua).digest('hex');
  return async (keys: readonly string[], args: readonly number[]): Promise<unknown> => {
    try {
      return await redis.evalsha(digest, keys.length, ...keys, ...args);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return redis.eval(lua, keys.length, ...keys, ...args);
    }
  };
}

type Answer = readonly [
  'places' | 'over' | 'closed' | 'spent',
  now: number,
  next: number,
  hold: number,
  ...ids: number[],
];

export interface RedisPaceOptions extends PaceOptions {
  /** Default: `normal`. */
  readonly priority?: Priority;
}

/** The pace for all workers that ask one provider through one Redis. `name` tells providers apart. */
export function createRedisPace(
  redis: PaceRedis,
  name: string,
  rules: SendingRules,
  options: RedisPaceOptions,
): Pace {
  const key = (what: string): string => `{nhs-trace}:${what}:${name}`;
  const { places, windowMs, evenMs, leastMs } = spacingOf(options.ratePerSecond);
  const level = PRIORITIES.indexOf(options.priority ?? 'normal') + 1;
  const asker = randomInt(LARGEST_ASKER);
  const waiting = PRIORITIES.map((priority) => key(`pace-waits-${priority}`));
  const takePlaces = createScript(redis, TAKE);
  const giveBackPlace = createScript(redis, GIVE_BACK);
  const holdAll = createScript(redis, HOLD);
  const inUs = (ms: readonly number[]): number[] => ms.map((one) => Math.ceil(one * MICROSECONDS));
  // Redis says what time it is: at first, and whenever a period is over.
  let period = { opensAtMs: 0, untilMs: 0, dayEndsMs: 0, day: '' };

  const take: Places['take'] = async (asked) => {
    const { opensAtMs, untilMs, dayEndsMs, day } = period;
    const [state, nowUs, nextUs, holdUs, ...ids] = (await takePlaces(
      [key('pace'), key('hold'), key('pace-places'), key(`pace-sent-${day}`), ...waiting],
      [
        asked.wanted,
        ...inUs([asked.widerMs, asked.madeUpMs]),
        places,
        ...inUs([windowMs, evenMs, leastMs, AHEAD_MS, opensAtMs, untilMs]),
        ...[rules.dailyLimit ?? 0, level, asker],
        ...inUs([PATIENCE_MS]),
      ],
    )) as Answer;
    const fromNowMs = (us: number): number => (us - nowUs) / MICROSECONDS;
    const nowMs = nowUs / MICROSECONDS;
    const pauseUntil = (reason: 'hours' | 'daily-limit', pausedUntilMs: number) => ({
      places: [],
      againMs: pausedUntilMs - nowMs,
      pause: { reason, untilMs: pausedUntilMs },
    });
    switch (state) {
      case 'over':
        period = sendingPeriod(rules, nowMs);
        return take(asked);
      case 'closed':
        return pauseUntil('hours', opensAtMs);
      case 'spent':
        return pauseUntil('daily-limit', sendingPeriod(rules, dayEndsMs).opensAtMs);
      case 'places':
        return {
          places: ids.map((id) => ({ id, inMs: fromNowMs(id), day })),
          againMs: fromNowMs(nextUs) - AHEAD_MS / 2,
          heldMs: fromNowMs(holdUs),
        };
    }
  };
  return createPace(
    {
      take,
      giveBack: async ({ id, day }) => {
        const keys = [key('pace'), key('pace-places'), key(`pace-sent-${day}`)];
        await giveBackPlace(keys, [id, ...inUs([evenMs])]);
      },
      late: async ({ id }, ms) => {
        await redis.zadd(key('pace-places'), 'XX', 'INCR', Math.ceil(ms * MICROSECONDS), id);
      },
      hold: async (ms) => {
        await holdAll([key('hold')], inUs([ms]));
      },
    },
    options,
  );
}
