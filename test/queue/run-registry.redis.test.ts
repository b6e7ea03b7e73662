import { afterAll, beforeAll, expect } from 'vitest';
import { registeredRuns, registerRun } from '../../src/queue/run-registry.ts';
import { SILENT } from '../support/queue-child.ts';
import { hasRedis, type RedisServer, redisTest, startRedis } from '../support/redis-server.ts';

const KEY = '{nhs-trace}:runs';
const key = Buffer.alloc(32, 7);
const RUN = {
  queueId: 'night',
  runId: 'nightly-1',
  endpoint: 'https://smsp.example.nhs.uk/smsp/pds',
  groupSize: 1,
  job: { name: 'nightly', rate: 5 },
};

let server: RedisServer | undefined;

beforeAll(async () => {
  if (hasRedis) server = await startRedis();
});
afterAll(() => server?.stop());

redisTest('whoever can write to Redis cannot send people elsewhere, or faster', async () => {
  const { client } = redis();
  await registerRun(client, key, RUN);
  expect(await registeredRuns(client, key, SILENT)).toEqual([expect.objectContaining(RUN)]);
  const entry = JSON.parse((await client.hget(KEY, 'night')) ?? '');

  for (const change of [
    { endpoint: 'https://elsewhere.example' },
    { runId: '../elsewhere' },
    { groupSize: 50 },
    { job: { ...RUN.job, rate: 10_000 } },
  ]) {
    await client.hset(KEY, 'night', JSON.stringify({ ...entry, ...change }));
    expect(await registeredRuns(client, key, SILENT)).toEqual([]);
  }
});

redisTest('an entry that is no JSON is passed over, the others are not', async () => {
  const { client } = redis();
  await registerRun(client, key, RUN);
  await client.hset(KEY, 'broken', '{');

  expect(await registeredRuns(client, key, SILENT)).toEqual([expect.objectContaining(RUN)]);
});

function redis(): RedisServer {
  if (server === undefined) throw new Error('no Redis was started');
  return server;
}
