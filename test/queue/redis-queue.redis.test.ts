import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { connectRedis } from '../../src/queue/redis-connection.ts';
import { createRedisQueue, startRedisWorker } from '../../src/queue/redis-queue.ts';
import { aHealth, markedAnswer, markedSubject } from '../support/queue-child.ts';
import { redisTest, startRedis } from '../support/redis-server.ts';

const META = '{nhs-trace}:trace-ended:meta';

redisTest(
  'a worker that joins when the run has ended leaves nothing in Redis; what a run needs stays',
  async () => {
    const server = await startRedis();
    const access = await connectRedis(server, aHealth());
    const options = {
      ...{ access, health: aHealth(), queueId: 'ended', key: randomBytes(32), groupSize: 2 },
      onUnreadable: () => undefined,
    };
    const trace = async ({ subjectId }: { readonly subjectId: number }) => markedAnswer(subjectId);
    const queue = createRedisQueue(options);
    await queue.put([1, 2, 3].map(markedSubject));
    const first = startRedisWorker(options, trace, 2);
    await expect.poll(async () => (await queue.results(10)).length).toBe(3);
    await first.close(1000);
    expect(await lasting(server.client)).toContain(META);
    await queue.clear();
    expect(await lasting(server.client)).toEqual([]);

    const late = startRedisWorker(options, trace, 2);
    await expect.poll(() => lasting(server.client)).toEqual([META]);
    await late.close(1000);

    await queue.close();
    await access.client.quit();
    expect(await lasting(server.client)).toEqual([]);
    await server.stop();
  },
);

/** The keys that do not go by themselves. */
async function lasting(redis: Awaited<ReturnType<typeof startRedis>>['client']): Promise<string[]> {
  const names = await redis.keys('*');
  const lives = await Promise.all(names.map((name) => redis.pttl(name)));
  return names.filter((_name, at) => lives[at] === -1);
}
