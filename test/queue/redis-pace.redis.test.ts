/** The rules of places, kept in Redis for any number of processes; machine-pace.test.ts has the rules themselves. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Priority } from '../../src/domain/priority.ts';
import { parseSendingHours, type SendingRules } from '../../src/domain/sending-hours.ts';
import { wallTime } from '../../src/domain/wall-clock.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { MADE_UP_MS, spacingOf } from '../../src/queue/pace-spacing.ts';
import { createRedisPace } from '../../src/queue/redis-pace.ts';
import type { Pace } from '../../src/queue/trace-queue.ts';
import { endProcesses, NODE, startProcess, until } from '../support/cli.ts';
import { hasLeft, mostInAnySecond, turns, useFor } from '../support/pace-measure.ts';
import type { QueueTask } from '../support/queue-child.ts';
import { hasRedis, type RedisServer, redisTest, startRedis } from '../support/redis-server.ts';

const CHILD = fileURLToPath(new URL('../support/queue-child.ts', import.meta.url));
const never = new AbortController().signal;
let server: RedisServer | undefined;

beforeAll(async () => {
  if (hasRedis) server = await startRedis();
});
afterAll(async () => {
  await server?.stop();
  await endProcesses();
});

for (const [rate, processes, users] of [
  [20, 2, 3],
  [100, 1, 1],
  [100, 2, 3],
  [500, 2, 10],
] as const) {
  const who = `rate ${rate}, ${processes} processes with ${users} users each`;
  redisTest(`${who}: never more in any second`, async () => {
    const task: QueueTask = {
      do: 'pace',
      at: { url: redis().url },
      name: `pace-${rate}-${processes}-${users}`,
      rate,
      users,
      seconds: 2.5,
    };
    const ends = await Promise.all(
      Array.from(
        { length: processes },
        () => startProcess(NODE, [CHILD, JSON.stringify(task)]).ended,
      ),
    );
    const times = ends.flatMap(({ stdout }) => JSON.parse(stdout) as number[]);
    expect(mostInAnySecond(times)).toBeLessThanOrEqual(rate);
    expect(times.length).toBeGreaterThan(rate * 0.3);
  });
}

redisTest('the rate holds when the process was too busy to wake anybody for a while', async () => {
  const rate = 100;
  const using = useFor(aPace('stall', rate), systemClock, 50, 2500);
  for (let stall = 0; stall < 3; stall += 1) {
    await systemClock.sleep(400);
    blockFor(300);
  }
  expect(mostInAnySecond(await using)).toBeLessThanOrEqual(rate);
});

redisTest(
  'the rate holds when requests are late in every way, before the last look and after it',
  async () => {
    const rate = 20;
    const paces = [aPace('late', rate), aPace('late', rate)];
    const times: number[] = [];
    const end = systemClock.preciseMs() + 4000;
    let used = 0;
    const use = async (pace: Pace): Promise<void> => {
      while (systemClock.preciseMs() < end) {
        const place = await pace.turn(never);
        used += 1;
        await systemClock.sleep((used * 7) % 25);
        if (!hasLeft(place)) continue;
        if (used % 11 === 0) blockFor(180);
        times.push(systemClock.preciseMs());
      }
    };
    await Promise.all(
      Array.from({ length: 10 }, (_none, at) => use(paces[at % 2] ?? aPace('', 1))),
    );
    expect(mostInAnySecond(times)).toBeLessThanOrEqual(rate);
    expect(times.length).toBeGreaterThan(rate * 0.3);
  },
);

redisTest('a place that went by is given back: it counts for nothing', async () => {
  const pace = aPace('back', 5);
  const place = await pace.turn(never);
  blockFor(spacingOf(5).roomMs + 5);

  expect(hasLeft(place)).toBe(false);

  await until(async () => (await redis().client.zcard('{nhs-trace}:pace-places:back')) === 0);
});

redisTest('one that is late after the last look counts as sent when it was', async () => {
  const pace = aPace('over', 5);
  const place = await pace.turn(never);
  expect(hasLeft(place)).toBe(true);
  blockFor(120);

  const shift = async (): Promise<number> => {
    const [id, score] = await redis().client.zrange(
      '{nhs-trace}:pace-places:over',
      '0',
      '0',
      'WITHSCORES',
    );
    return (Number(score) - Number(id)) / 1000;
  };
  await until(async () => (await shift()) > 0);
  expect(await shift()).toBeGreaterThan(120 - spacingOf(5).roomMs - 1);
});

redisTest('nothing is saved up while nobody asks', async () => {
  const pace = aPace('pause', 20);
  await pace.turn(never);
  await systemClock.sleep(700);

  const times = await turns(pace, systemClock, 11);

  // A machine that is busy meanwhile may make up for what it misses from here on.
  const { evenMs, roomMs } = spacingOf(20);
  const leastMs = 10 * evenMs - roomMs - 2 - MADE_UP_MS;
  expect((times[10] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(leastMs);
});

redisTest('when Redis has lost everything, it goes on at the same distance', async () => {
  const pace = aPace('lost', 5);
  const [before = 0] = await turns(pace, systemClock, 1);
  await redis().client.flushall();

  const [after = 0] = await turns(pace, systemClock, 1);

  const { evenMs, roomMs } = spacingOf(5);
  expect(after - before).toBeGreaterThan(evenMs - roomMs - 2);
});

redisTest(
  'a hold by one stops all, those who wait already too; a shorter one does not cut it',
  async () => {
    const [one, other] = [aPace('hold', 20), aPace('hold', 20)];
    await one.turn(never);
    const held = systemClock.preciseMs();
    await one.hold(600);
    const waiting = [other, one, other].map((pace) => turns(pace, systemClock, 1));
    await other.hold(100);

    const times = (await Promise.all(waiting)).flat().sort((a, b) => a - b);

    for (const time of times) expect(time - held).toBeGreaterThan(598);
    const { evenMs, roomMs } = spacingOf(20);
    expect((times[2] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(2 * evenMs - roomMs - 2);
  },
);

redisTest('one provider’s pace and hold do not touch another’s', async () => {
  await aPace('mine', 20).hold(30_000);
  const stopping = new AbortController();
  const mine = aPace('mine', 20).turn(stopping.signal);

  const first = await Promise.race([
    mine.then(() => 'mine'),
    aPace('yours', 20)
      .turn(never)
      .then(() => 'yours'),
  ]);

  expect(first).toBe('yours');
  stopping.abort(new Error('called off'));
  await expect(mine).rejects.toThrow('called off');
});

redisTest('whoever waits can be called off, however long the wait', async () => {
  const pace = aPace('abort', 0.001);
  const stopping = new AbortController();
  const waiting = pace.turn(stopping.signal);
  setTimeout(() => stopping.abort(new Error('called off')), 50);
  await expect(waiting).rejects.toThrow('called off');
});

redisTest(
  'a place is remembered until it comes, however slow the rate or long the hold',
  async () => {
    await aPace('slow', 0.01).pause();
    expect(await redis().client.pttl('{nhs-trace}:pace:slow')).toBeGreaterThan(100_000);
    await aPace('held', 20).hold(120_000);
    expect(await redis().client.pttl('{nhs-trace}:hold:held')).toBeGreaterThan(120_000);
  },
);

redisTest('everything it leaves in Redis goes by itself', async () => {
  await redis().client.flushall();
  const pace = aPace('expiry', 20, { dailyLimit: 10 });
  await pace.turn(never);
  await pace.hold(100);
  const names = await redis().client.keys('*');
  expect(names).toHaveLength(4);
  for (const name of names) expect(await redis().client.pttl(name)).toBeGreaterThan(0);
});

redisTest('no more places are remembered than a second needs', async () => {
  await turns(aPace('memory', 100), systemClock, 250);
  expect(await redis().client.zcard('{nhs-trace}:pace-places:memory')).toBeLessThanOrEqual(101);
});

redisTest('at a high rate one question takes several places', async () => {
  const count = 400;
  await redis().client.config('RESETSTAT');
  const pace = aPace('high', 20_000);

  await Promise.all(Array.from({ length: count }, () => pace.turn(never)));

  const stats = await redis().client.info('commandstats');
  // A question begins with it; a place that a busy machine gives back is none.
  const asked = Number(/cmdstat_zremrangebyscore:calls=(\d+)/.exec(stats)?.[1]);
  expect(asked).toBeGreaterThan(0);
  expect(asked).toBeLessThan(count / 2);
});

redisTest('the daily limit is that of all together, to the last request', async () => {
  const rules = { dailyLimit: 12 };
  const paces = [aPace('limit', 100, rules), aPace('limit', 100, rules)];
  const stopping = new AbortController();
  let sent = 0;
  const use = async (pace: Pace): Promise<void> => {
    for (;;) if (hasLeft(await pace.turn(stopping.signal))) sent += 1;
  };
  const using = Promise.allSettled(paces.flatMap((pace) => [use(pace), use(pace), use(pace)]));

  await until(async () => (await paces[0]?.pause()) !== undefined);
  await until(() => sent === rules.dailyLimit);
  stopping.abort(new Error('called off'));
  await using;

  expect(sent).toBe(rules.dailyLimit);
  // Whoever comes later, also after every process has gone, finds it so.
  expect(await aPace('limit', 100, rules).pause()).toMatchObject({ reason: 'daily-limit' });
  expect(await aPace('limit', 100, { dailyLimit: 13 }).pause()).toBeUndefined();
});

redisTest('a request of a job without a daily limit counts for one that has one', async () => {
  const free = aPace('limit-none', 100);
  for (let sent = 0; sent < 3; sent += 1) await free.turn(never);
  expect(await aPace('limit-none', 100, { dailyLimit: 3 }).pause()).toMatchObject({
    reason: 'daily-limit',
  });
  expect(await aPace('limit-none', 100, { dailyLimit: 4 }).pause()).toBeUndefined();
});

redisTest('a place that went by does not count for the day', async () => {
  const pace = aPace('limit-back', 20, { dailyLimit: 1 });
  const place = await pace.turn(never);
  expect(await pace.pause()).toMatchObject({ reason: 'daily-limit' });
  blockFor(spacingOf(20).roomMs + 5);

  expect(hasLeft(place)).toBe(false);

  expect(hasLeft(await pace.turn(never))).toBe(true);
  expect(await pace.pause()).toMatchObject({ reason: 'daily-limit' });
});

redisTest('outside the hours nobody gets a place; inside them everybody does', async () => {
  const now = Date.now();
  const closed = aPace('hours', 20, hoursFrom(now + 2 * 3_600_000));
  const open = aPace('hours', 20, hoursFrom(now - 3_600_000));

  const pause = await closed.pause();
  const stopping = new AbortController();
  const waiting = closed.turn(stopping.signal);
  await open.turn(never);
  await open.turn(never);
  stopping.abort(new Error('called off'));

  await expect(waiting).rejects.toThrow('called off');
  expect(pause?.reason).toBe('hours');
  expect(Math.abs((pause?.untilMs ?? 0) - (now + 2 * 3_600_000))).toBeLessThan(120_000);
  expect(await open.pause()).toBeUndefined();
});

for (const [rate, users, ms] of [
  [30, 10, 6000],
  [300, 30, 3000],
  [3000, 200, 3000],
] as const) {
  redisTest(
    `rate ${rate}: a higher priority has ten places for each one of the next, and the rate is used`,
    async () => {
      const paces = (['normal', 'high'] as const).map((one) =>
        aPace(`shared-${rate}`, rate, {}, one),
      );
      // What this machine can do at this time: others at the same rate, with one priority.
      const alone = aPace(`shared-${rate}-alone`, rate);
      const end = systemClock.preciseMs() + ms;

      const [ofNormal = [], ofHigh = [], ofAlone = []] = await Promise.all(
        [...paces, alone].map((pace) => useFor(pace, systemClock, users, ms)),
      );

      expect(mostInAnySecond([...ofNormal, ...ofHigh])).toBeLessThanOrEqual(rate);
      // Whoever stood in line at the end had a place as well.
      const [normal, high] = [ofNormal, ofHigh].map((times) => times.filter((at) => at < end));
      const shares = (high?.length ?? 0) / (normal?.length ?? 1);
      expect(shares).toBeGreaterThan(7);
      expect(shares).toBeLessThan(14);
      expect((high?.length ?? 0) + (normal?.length ?? 0)).toBeGreaterThan(ofAlone.length * 0.5);
    },
  );
}

redisTest(
  'whoever has the highest priority but asks seldom does not slow the others down',
  async () => {
    const rate = 200;
    const alone = useFor(aPace('seldom-alone', rate), systemClock, 20, 3000);
    const low = useFor(aPace('seldom', rate, {}, 'low'), systemClock, 20, 3000);
    const high = aPace('seldom', rate, {}, 'high');
    const waits: number[] = [];
    const end = systemClock.preciseMs() + 2900;
    while (systemClock.preciseMs() < end) {
      const askedMs = systemClock.preciseMs();
      await turns(high, systemClock, 1);
      waits.push(systemClock.preciseMs() - askedMs);
      await systemClock.sleep(20);
    }
    const times = await low;
    expect(times.length + waits.length).toBeGreaterThan((await alone).length * 0.5);
    const usual = waits.toSorted((a, b) => a - b)[Math.floor(waits.length / 2)] ?? 0;
    const usualOfLow = (20 * 3000) / times.length;
    expect(usual).toBeLessThan(usualOfLow / 2);
  },
);

redisTest('whoever had the higher priority and is gone holds nobody back', async () => {
  const stopping = new AbortController();
  const rate = 2;
  const high = aPace('gone-high', rate, {}, 'high').turn(stopping.signal);
  await until(
    async () => (await redis().client.zcard('{nhs-trace}:pace-waits-high:gone-high')) > 0,
  );
  stopping.abort(new Error('called off'));
  await expect(high).rejects.toThrow('called off');

  const askedMs = systemClock.preciseMs();
  await turns(aPace('gone-high', rate, {}, 'low'), systemClock, 1);

  // Ten places would be five seconds.
  expect(systemClock.preciseMs() - askedMs).toBeLessThan(4 * spacingOf(rate).evenMs);
});

redisTest('a Redis that is gone is told to everybody who waits', async () => {
  const own = await startRedis();
  const options = { ratePerSecond: 1, clock: systemClock, onPause: () => undefined };
  const pace = createRedisPace(own.client, 'gone', {}, options);
  const waiting = [pace.turn(never), pace.turn(never), pace.turn(never)];
  const ends = Promise.allSettled(waiting);
  await own.stop();

  expect((await ends).map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
});

function redis(): RedisServer {
  if (server === undefined) throw new Error('no Redis was started');
  return server;
}

function aPace(
  name: string,
  ratePerSecond: number,
  rules: SendingRules = {},
  priority: Priority = 'normal',
): Pace {
  const options = { ratePerSecond, clock: systemClock, onPause: () => undefined, priority };
  return createRedisPace(redis().client, name, rules, options);
}

/** Three hours, from the minute of an instant on. */
function hoursFrom(ms: number): SendingRules {
  const { minute } = wallTime(ms, 'Europe/London');
  const text = (at: number): string =>
    [Math.floor(at / 60) % 24, at % 60].map((n) => String(n).padStart(2, '0')).join(':');
  const hours = parseSendingHours(`${text(minute)}-${text(minute + 180)}`);
  if ('fault' in hours) throw new Error(hours.fault);
  return { hours };
}

function blockFor(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
