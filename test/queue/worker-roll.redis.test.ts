import { afterAll, beforeAll, expect } from 'vitest';
import { sayPresent, workersPresent } from '../../src/queue/worker-roll.ts';
import { hasRedis, type RedisServer, redisTest, startRedis } from '../support/redis-server.ts';

let server: RedisServer | undefined;

beforeAll(async () => {
  if (hasRedis) server = await startRedis();
});
afterAll(() => server?.stop());

redisTest('a worker counts once, in each run that it takes part in', async () => {
  const { client } = redis();

  await sayPresent(client, 'one', ['night', 'backfill']);
  await sayPresent(client, 'one', ['night']);
  await sayPresent(client, 'two', ['night']);

  expect(await workersPresent(client, 'night')).toBe(2);
  expect(await workersPresent(client, 'backfill')).toBe(1);
  expect(await workersPresent(client, 'other')).toBe(0);
});

redisTest(
  'one that has said nothing for long does not count; the roll goes with the last',
  async () => {
    const { client } = redis();
    await client.zadd('{nhs-trace}:workers:long', Math.floor(Date.now() / 1000) - 10, 'dead');
    expect(await workersPresent(client, 'long')).toBe(0);

    await sayPresent(client, 'one', ['long']);

    expect(await workersPresent(client, 'long')).toBe(1);
    expect(await client.pttl('{nhs-trace}:workers:long')).toBeGreaterThan(0);
  },
);

function redis(): RedisServer {
  if (server === undefined) throw new Error('no Redis was started');
  return server;
}
