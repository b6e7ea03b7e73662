import { expect, it } from 'vitest';
import type { Clock } from '../../src/lib/clock.ts';
import type { Logger } from '../../src/lib/logger.ts';
import { createStoreHealth } from '../../src/queue/store-health.ts';

const REFUSED = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const FULL = new Error("OOM command not allowed when used memory > 'maxmemory'.");

/** A store, a clock that sleeping moves on, and the log. */
function aWorld() {
  const logged: string[] = [];
  const log = (event: string, fields: { code?: string; durationMs?: number } = {}): void => {
    logged.push(
      [event, fields.code, fields.durationMs].filter((part) => part !== undefined).join(' '),
    );
  };
  const logger: Logger = { debug: log, info: log, warn: log, error: log };
  let nowMs = 1_000;
  const pass = async (ms: number): Promise<void> => {
    nowMs += ms;
  };
  const clock: Clock = {
    now: () => new Date(nowMs),
    preciseMs: () => nowMs,
    machineMs: () => nowMs,
    sleep: pass,
  };
  return { health: createStoreHealth(logger, clock), logged, pass };
}

it('says once that the store is away, and once that it is back', async () => {
  const { health, logged, pass } = aWorld();

  health.works();
  expect(health.isAway()).toBe(false);
  for (let times = 0; times < 5; times += 1) {
    health.failed(REFUSED);
    await pass(1_000);
  }
  expect(health.isAway()).toBe(true);
  await pass(1_000);
  health.works();
  health.works();

  expect(health.isAway()).toBe(false);
  expect(logged).toEqual(['queue.away ECONNREFUSED', 'queue.back 6000']);
});

it('is not back while something still goes wrong', async () => {
  const { health, pass } = aWorld();

  health.failed(FULL);
  await pass(1_999);
  health.works();
  expect(health.isAway()).toBe(true);
  await pass(1);
  health.works();
  expect(health.isAway()).toBe(false);
});

it('asks again until the store can', async () => {
  const { health, logged } = aWorld();
  const answers = [FULL, FULL, FULL, 'done'];

  const answer = await health.waitOut(async () => {
    const next = answers.shift();
    if (next instanceof Error) throw next;
    return next;
  });

  expect(answer).toBe('done');
  expect(logged).toEqual(['queue.away OOM']);
});

it.each([
  ['LOADING Redis is loading the dataset in memory'],
  ['MISCONF Errors writing to the AOF file: No space left on device'],
  ["READONLY You can't write against a read only replica."],
  ['WRONGPASS invalid username-password pair or user is disabled.'],
])('takes for a store that cannot just now: %s', (message) => {
  const { health, logged } = aWorld();

  health.failed(new Error(message));

  expect(logged).toEqual([`queue.away ${message.split(' ')[0]}`]);
});

it('throws on what says nothing of the store', async () => {
  const { health } = aWorld();
  const missing = Object.assign(new Error('Missing key for job g1. addLog'), { code: -1 });

  await expect(health.waitOut(() => Promise.reject(missing))).rejects.toBe(missing);
  expect(health.isAway()).toBe(false);
});

it('logs other errors by their class and code, and lost locks apart', () => {
  const { health, logged } = aWorld();

  health.failed(Object.assign(new Error('Missing lock for job g1. moveToFinished'), { code: -2 }));
  health.failed(new Error('could not renew lock for job g1'));
  health.failed(new TypeError('Smith'));

  expect(logged).toEqual(['queue.lock-lost -2', 'queue.lock-lost unknown', 'queue.error unknown']);
  expect(health.isAway()).toBe(false);
});
