import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { createRedisPace } from '../../src/queue/redis-pace.ts';
import { endProcesses, NODE, startProcess } from '../support/cli.ts';
import { meanRate, mostInAnySecond } from '../support/pace-measure.ts';
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
] as const) {
  const who = `rate ${rate}, ${processes} processes with ${users} users each`;
  redisTest(`${who}: never more in any second, and no fewer over all`, async () => {
    const task: QueueTask = {
      do: 'pace',
      url: redis().url,
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
    expect(meanRate(times)).toBeGreaterThan(rate * 0.3);
  });
}

redisTest('the rate holds when the process was too busy to wake anybody for a while', async () => {
  const rate = 100;
  const pace = aPace('stall', rate);
  const times: number[] = [];
  const end = systemClock.preciseMs() + 2500;
  const use = async (): Promise<void> => {
    while (systemClock.preciseMs() < end) {
      await pace.turn(never);
      times.push(systemClock.preciseMs());
    }
  };
  const using = Array.from({ length: 50 }, use);
  for (let stall = 0; stall < 3; stall += 1) {
    await systemClock.sleep(400);
    const till = performance.now() + 300;
    while (performance.now() < till);
  }
  await Promise.all(using);
  expect(mostInAnySecond(times)).toBeLessThanOrEqual(rate);
});

redisTest('nothing is saved up while nobody asks', async () => {
  const pace = aPace('pause', 20);
  await pace.turn(never);
  await systemClock.sleep(700);
  const times: number[] = [];
  for (let turn = 0; turn < 6; turn += 1) {
    await pace.turn(never);
    times.push(systemClock.preciseMs());
  }
  expect((times[5] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(5 * 50 - 40);
});

redisTest(
  'a hold by one stops all, those who wait already too; a shorter one does not cut it',
  async () => {
    const [one, other] = [aPace('hold', 20), aPace('hold', 20)];
    await one.turn(never);
    const waiting = [other.turn(never), one.turn(never)].map((turn) =>
      turn.then(systemClock.preciseMs),
    );
    const held = systemClock.preciseMs();
    await one.hold(600);
    await other.hold(100);
    const late = other.turn(never).then(systemClock.preciseMs);
    const times = (await Promise.all([...waiting, late])).sort((a, b) => a - b);
    for (const time of times) expect(time - held).toBeGreaterThan(595);
    expect((times[2] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(2 * 50 - 30);
  },
);

redisTest('one provider’s pace and hold do not touch another’s', async () => {
  await aPace('mine', 1).turn(never);
  await aPace('mine', 1).hold(5000);
  const before = systemClock.preciseMs();
  await aPace('yours', 1).turn(never);
  expect(systemClock.preciseMs() - before).toBeLessThan(300);
});

redisTest('whoever waits can be called off at once', async () => {
  const pace = aPace('abort', 1);
  await pace.turn(never);
  const stopping = new AbortController();
  const waiting = pace.turn(stopping.signal);
  const before = systemClock.preciseMs();
  setTimeout(() => stopping.abort(new Error('called off')), 50);
  await expect(waiting).rejects.toThrow('called off');
  expect(systemClock.preciseMs() - before).toBeLessThan(300);
});

redisTest(
  'a place is remembered until it comes, however slow the rate or long the hold',
  async () => {
    await aPace('slow', 0.01).turn(never);
    expect(await redis().client.pttl('{nhs-trace}:pace:slow')).toBeGreaterThan(100_000);
    await aPace('held', 20).hold(120_000);
    const stopping = new AbortController();
    const waiting = aPace('held', 20).turn(stopping.signal);
    setTimeout(() => stopping.abort(new Error('called off')), 50);
    await expect(waiting).rejects.toThrow('called off');
    expect(await redis().client.pttl('{nhs-trace}:hold:held')).toBeGreaterThan(120_000);
  },
);

redisTest('everything it leaves in Redis goes by itself', async () => {
  const pace = aPace('expiry', 20);
  await pace.turn(never);
  await pace.hold(100);
  const names = await redis().client.keys('*');
  expect(names.length).toBeGreaterThan(1);
  for (const name of names) expect(await redis().client.pttl(name)).toBeGreaterThan(0);
});

redisTest('at a high rate one question takes several places', async () => {
  const turns = 400;
  await redis().client.config('RESETSTAT');
  const pace = aPace('high', 20_000);

  await Promise.all(Array.from({ length: turns }, () => pace.turn(never)));

  const stats = await redis().client.info('commandstats');
  const asked = Number(/cmdstat_eval:calls=(\d+)/.exec(stats)?.[1]);
  expect(asked).toBeGreaterThan(0);
  expect(asked).toBeLessThan(turns / 2);
});

redisTest('a Redis that is gone is told to everybody who waits', async () => {
  const own = await startRedis();
  const pace = createRedisPace(own.client, 'gone', 1, systemClock);
  await pace.turn(never);
  const waiting = [pace.turn(never), pace.turn(never), pace.turn(never)];
  const ends = Promise.allSettled(waiting);
  await own.stop();

  expect((await ends).map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
});

function redis(): RedisServer {
  if (server === undefined) throw new Error('no Redis was started');
  return server;
}

function aPace(name: string, rate: number) {
  return createRedisPace(redis().client, name, rate, systemClock);
}
