/** Redis as it is run elsewhere: everything that a run does with it works there as well. */
import { randomBytes } from 'node:crypto';
import { afterEach, expect } from 'vitest';
import { ConfigError } from '../../src/errors.ts';
import { systemClock } from '../../src/lib/clock.ts';
import {
  connectRedis,
  type RedisAccess,
  type RedisPlace,
} from '../../src/queue/redis-connection.ts';
import { createRedisPace } from '../../src/queue/redis-pace.ts';
import { createRedisQueue } from '../../src/queue/redis-queue.ts';
import { registeredRuns, registerRun, unregisterRun } from '../../src/queue/run-registry.ts';
import { endProcesses, until } from '../support/cli.ts';
import { aHealth, markedAnswer, markedSubject, SILENT } from '../support/queue-child.ts';
import { startCluster, startSentinel, startTlsRedis } from '../support/redis-kinds.ts';
import { redisTest } from '../support/redis-server.ts';
import { aFolder } from '../support/runs.ts';

const folder = aFolder();
const key = randomBytes(32);
const RUN = {
  queueId: 'kinds',
  runId: 'run-1',
  groupSize: 2,
  endpoint: 'http://localhost/',
  job: {},
};

afterEach(endProcesses);

redisTest('TLS, and a user with no more rights than the documentation names', async () => {
  const { url, ca } = await startTlsRedis(folder, '~{nhs-trace}* +@all -@dangerous +info');
  await expectWholeTrip({ url, ca });
  await expectRefusal({ url }, /certificate that is not trusted.*NHS_TRACE_QUEUE_CA/);
  await expectRefusal({ url: url.replace('tracer', 'other'), ca }, /user name or password/);
  await expectRefusal({ url: url.replace('rediss', 'redis') }, /cannot be reached.*TLS/);
});

redisTest('a user who may not do enough is told so at once', async () => {
  const { url, ca } = await startTlsRedis(folder, '~{nhs-trace}* +@all -@dangerous');
  await expectRefusal({ url, ca }, /ACL: ~\{nhs-trace\}\* \+@all -@dangerous \+info/);
});

redisTest('a Sentinel: its master, and the one that takes over', async () => {
  const { url, killMaster } = await startSentinel(folder);
  await expectWholeTrip({ url }, async ({ client }) => {
    await client.wait(1, 5000);
    killMaster();
  });
});

redisTest('a cluster, by the address of any of its servers', async () => {
  const { urls } = await startCluster(folder);
  for (const url of urls) await expectWholeTrip({ url });
});

/** Registered, put in, traced at the pace, given back, let go; nothing is left. */
async function expectWholeTrip(
  place: RedisPlace,
  disturb: (access: RedisAccess) => Promise<void> = async () => undefined,
): Promise<void> {
  const health = aHealth();
  const access = await connectRedis(place, health);
  const { client } = access;
  const { waitOut, waitLong } = health;
  const queue = createRedisQueue({
    ...{ access, health, queueId: RUN.queueId, groupSize: 2, key },
    onUnreadable: () => undefined,
  });
  const pace = createRedisPace(
    client,
    'kinds',
    {},
    {
      ratePerSecond: 200,
      clock: systemClock,
      onPause: () => undefined,
    },
  );
  await registerRun(client, key, RUN);
  expect(await registeredRuns(client, key, SILENT)).toMatchObject([RUN]);
  const worker = queue.startWorker(async ({ subjectId }, { halt, save }) => {
    await waitLong(() => pace.turn(halt));
    await save({ asked: [], requests: [] });
    return markedAnswer(subjectId);
  }, 3);
  await queue.put([1, 2, 3, 4].map(markedSubject));
  await until(async () => (await queue.results(10)).length === 4);
  await disturb(access);
  // What a master had not handed on yet is lost with it: like a run, it is put in again.
  await until(async () => {
    await queue.put([5, 6, 7].map(markedSubject));
    return (await queue.results(10)).length === 7;
  }, 40_000);
  expect(await queue.storeBytes()).toBeGreaterThan(0);
  await worker.close(1000);
  await queue.release([1, 2, 3, 4, 5, 6, 7]);
  await waitOut(() => unregisterRun(client, RUN.queueId));
  await queue.clear();
  const left = await keysOf(access);
  expect(left.filter((name) => !PLACES.test(name))).toEqual([]);
  for (const name of left) await client.del(name);
  await queue.close();
  client.disconnect();
}

/** What the pace leaves behind, for seconds, and the count of the day for two days. */
const PLACES = /^\{nhs-trace\}:pace(-places|-sent-[\d-]{10})?:kinds$/;

/** Of all servers; `keys` is among the rights of no user here, but `scan` is. */
async function keysOf({ client }: RedisAccess): Promise<string[]> {
  const servers = 'nodes' in client ? client.nodes('master') : [client];
  const pages = await Promise.all(servers.map((server) => server.scan(0, 'COUNT', 1000)));
  return pages.flatMap(([, keys]) => keys);
}

async function expectRefusal(place: RedisPlace, words: RegExp): Promise<void> {
  const refusal = await connectRedis(place, aHealth()).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(ConfigError);
  expect(String(refusal)).toMatch(words);
  expect(String(refusal)).not.toContain('w@rd');
}
