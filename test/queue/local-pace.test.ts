import { expect, test } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { createLocalPace } from '../../src/queue/local-pace.ts';
import type { Pace } from '../../src/queue/trace-queue.ts';
import { meanRate, mostInAnySecond } from '../support/pace-measure.ts';

const never = new AbortController().signal;

test.concurrent.each([
  [20, 1],
  [20, 3],
  [100, 1],
  [100, 2],
  [100, 3],
])('rate %i, %i users: never more in any second, and no fewer over all', async (rate, users) => {
  const times = await useFor(createLocalPace(rate, systemClock), users, 3000);
  expect(mostInAnySecond(times)).toBeLessThanOrEqual(rate);
  expect(meanRate(times)).toBeGreaterThan(rate * 0.3);
});

test('the rate holds when the process was too busy to wake anybody for a while', async () => {
  const rate = 100;
  const pace = createLocalPace(rate, systemClock);
  const using = useFor(pace, 50, 2500);
  for (let stall = 0; stall < 3; stall += 1) {
    await systemClock.sleep(400);
    blockFor(300);
  }
  expect(mostInAnySecond(await using)).toBeLessThanOrEqual(rate);
});

test('nothing is saved up while nobody asks', async () => {
  const pace = createLocalPace(20, systemClock);
  await pace.turn(never);
  await systemClock.sleep(700);
  const times = await turns(pace, 6);
  expect((times[5] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(5 * 50 - 40);
});

test('a hold stops everybody, those who wait already too, and a shorter one does not cut it', async () => {
  const pace = createLocalPace(20, systemClock);
  await pace.turn(never);
  const waiting = [pace.turn(never), pace.turn(never)].map((turn) =>
    turn.then(systemClock.preciseMs),
  );
  const held = systemClock.preciseMs();
  await pace.hold(600);
  await pace.hold(100);
  const late = pace.turn(never).then(systemClock.preciseMs);
  const times = (await Promise.all([...waiting, late])).sort((a, b) => a - b);
  for (const time of times) expect(time - held).toBeGreaterThan(595);
  expect((times[2] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(2 * 50 - 30);
});

test('whoever waits can be called off at once, and the others go on', async () => {
  const pace = createLocalPace(1, systemClock);
  await pace.turn(never);
  const stopping = new AbortController();
  const waiting = pace.turn(stopping.signal);
  const before = systemClock.preciseMs();
  stopping.abort(new Error('called off'));
  await expect(waiting).rejects.toThrow('called off');
  expect(systemClock.preciseMs() - before).toBeLessThan(200);
  await expect(pace.turn(stopping.signal)).rejects.toThrow('called off');
});

async function useFor(pace: Pace, users: number, ms: number): Promise<number[]> {
  const times: number[] = [];
  const end = systemClock.preciseMs() + ms;
  const use = async (): Promise<void> => {
    while (systemClock.preciseMs() < end) {
      await pace.turn(never);
      times.push(systemClock.preciseMs());
    }
  };
  await Promise.all(Array.from({ length: users }, use));
  return times;
}

async function turns(pace: Pace, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    await pace.turn(never);
    times.push(systemClock.preciseMs());
  }
  return times;
}

function blockFor(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
