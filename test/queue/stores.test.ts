/** What a queue promises the run, on both stores: the embedded one, and Redis where there is one. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectRedis } from '../../src/queue/redis-connection.ts';
import type { TraceQueue } from '../../src/queue/trace-queue.ts';
import { NODE, startProcess, until } from '../support/cli.ts';
import { refused } from '../support/people.ts';
import {
  aHealth,
  MARKS,
  markedAnswer,
  markedHalf,
  markedSubject,
  openStore,
  type QueueTask,
  type StoreChoice,
} from '../support/queue-child.ts';
import { hasRedis, type RedisServer, redisTest, startRedis } from '../support/redis-server.ts';
import { aFolder } from '../support/runs.ts';

const CHILD = fileURLToPath(new URL('../support/queue-child.ts', import.meta.url));
const NOTHING = { kind: 'unfinished', asked: [], requests: [] } as const;
const folder = aFolder();
const key = randomBytes(32);
let server: RedisServer | undefined;

beforeAll(async () => {
  // DUMP must show the bytes as they are.
  if (hasRedis) server = await startRedis(['--rdbcompression', 'no']);
});
afterAll(() => server?.stop());

const stores = [
  {
    name: 'embedded',
    storeTest: (name: string, run: () => Promise<void>) => test(name, run),
    choose: (name: string): StoreChoice => ({ kind: 'embedded', directory: join(folder, name) }),
    bytes: async (name: string) => filesBelow(join(folder, name)),
  },
  {
    name: 'Redis',
    storeTest: redisTest,
    choose: (): StoreChoice => ({ kind: 'redis', url: redis().url }),
    bytes: async () => [...(await dumpOf(redis())), ...filesBelow(redis().directory)],
  },
] as const;

for (const { name, storeTest, choose, bytes } of stores) {
  storeTest(
    `${name}: put twice is once, results stay until released, nobody can be read`,
    async () => {
      const choice = choose('first');
      let queue = await openStore(choice, 'first', key);
      const subjects = [1, 2, 3].map(markedSubject);
      await queue.put(subjects);
      await queue.put(subjects.slice(1));
      await expectNobodyReadable(await bytes('first'));

      const traced: number[] = [];
      const worker = queue.startWorker(async (subject) => {
        expect(subject).toEqual(markedSubject(subject.subjectId));
        traced.push(subject.subjectId);
        return markedAnswer(subject.subjectId);
      }, 2);
      await until(async () => (await queue.results(10)).length === 3);
      await queue.put(subjects);
      await worker.close(1000);
      expect(traced.sort()).toEqual([1, 2, 3]);
      await expectNobodyReadable(await bytes('first'));
      expect(await queue.storeBytes()).toBeGreaterThan(0);

      expect(await queue.results(2)).toEqual([1, 2].map(resultOf));
      await queue.release([1]);
      await queue.close();
      queue = await openStore(choice, 'first', key);
      expect((await queue.results(10)).map(({ subjectId }) => subjectId)).toEqual([2, 3]);
      await queue.release([2, 3]);
      expect(await queue.results(10)).toEqual([]);

      await queue.put([markedSubject(1)]);
      await queue.clear();
      expect(await queue.results(10)).toEqual([]);
      const again = queue.startWorker(async ({ subjectId }) => markedAnswer(subjectId + 100), 1);
      await queue.put([markedSubject(4)]);
      await until(async () => (await queue.results(10)).length > 0);
      expect((await queue.results(10)).map(({ subjectId }) => subjectId)).toEqual([4]);
      await again.close(1000);
      await queue.close();
    },
  );

  storeTest(`${name}: what another key sealed is let go, answered or not`, async () => {
    const [choice, oldKey] = [choose('sealed'), randomBytes(32)];
    const answer = async (sealedWith: Buffer, ids: readonly number[]): Promise<void> => {
      const queue = await openStore(choice, 'sealed', sealedWith);
      const answered: number[] = [];
      await queue.put(ids.map(markedSubject));
      const worker = queue.startWorker(async ({ subjectId }) => {
        answered.push(subjectId);
        return markedAnswer(subjectId);
      }, 1);
      await until(() => answered.length === ids.length);
      await worker.close(1000);
      await queue.close();
    };
    await answer(oldKey, [1, 2, 3]);
    await answer(key, [5]);
    let queue = await openStore(choice, 'sealed', key);
    // Those that cannot be opened must not hide what comes after.
    expect(await queue.results(1)).toEqual([resultOf(5)]);
    await queue.close();
    const old = await openStore(choice, 'sealed', oldKey);
    await old.put([markedSubject(4)]);
    await old.close();

    queue = await openStore(choice, 'sealed', key);
    // Who takes an embedded store over clears it in any case.
    expect(await queue.dropUnreadable()).toBe(name === 'Redis');
    if (name === 'embedded') await queue.clear();
    expect(await queue.dropUnreadable()).toBe(false);
    await queue.close();
    await answer(key, [1, 4]);
    queue = await openStore(choice, 'sealed', key);
    expect(await queue.results(10)).toEqual([1, 4].map(resultOf));
    await queue.clear();
    await queue.close();
  });

  storeTest(`${name}: results outlive kill -9 of the process that wrote them`, async () => {
    const child = aChild({
      do: 'answer',
      store: choose('killed'),
      key: key.toString('base64'),
      queueId: 'killed',
      subjects: 7,
    });
    await child.says('answered');
    child.kill('SIGKILL');
    await child.ended;
    const queue = await openStore(choose('killed'), 'killed', key);
    // Several are answered at once, in no order of their own.
    const results = (await queue.results(100)).toSorted((a, b) => a.subjectId - b.subjectId);
    expect(results).toEqual([1, 2, 3, 4, 5, 6, 7].map(resultOf));
    await queue.clear();
    await queue.close();
  });

  storeTest(`${name}: a worker that is told to stop gives back what it has in hand`, async () => {
    const queue = await openStore(choose('stopped'), 'stopped', key);
    await queue.put([markedSubject(1), markedSubject(2)]);
    let taken = 0;
    const half = { asked: markedAnswer(1).asked, requests: markedAnswer(1).requests };
    const worker = queue.startWorker(async (_subject, { halt, abort, save }) => {
      taken += 1;
      await save(half);
      await untilAborted(halt);
      await untilAborted(abort);
      return { kind: 'unfinished', ...half };
    }, 1);
    await until(() => taken === 1);
    const before = performance.now();
    await worker.close(300);
    // Long before anybody would count it as dead.
    expect(performance.now() - before).toBeLessThan(6000);
    const given = await queue.results(10);
    expect(given).toEqual([{ subjectId: 1, result: { kind: 'unfinished', ...half } }]);
    await queue.release([1]);

    await queue.put([{ ...markedSubject(1), progress: half }]);
    const other = queue.startWorker(async ({ subjectId, progress }) => {
      expect(progress).toEqual(subjectId === 1 ? half : undefined);
      return markedAnswer(subjectId);
    }, 1);
    await until(async () => (await queue.results(10)).length === 2, 4000);
    await other.close(1000);
    await queue.close();
  });
}

for (const { name, storeTest, choose } of stores) {
  storeTest(`${name}: a group shares an item, and is given back as far as it came`, async () => {
    const queue = await openStore(choose('group'), 'group', key, 5);
    expect([1, 5, 6, 10].map(queue.groupOf)).toEqual([0, 0, 1, 1]);
    await queue.put([1, 2, 3, 4, 5, 6].map(markedSubject));
    let atOnce = 0;
    let most = 0;
    const worker = queue.startWorker(async ({ subjectId }, { halt }) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      if (subjectId > 3 && subjectId < 6) await untilAborted(halt);
      atOnce -= 1;
      return subjectId > 3 && subjectId < 6 ? NOTHING : markedAnswer(subjectId);
    }, 2);
    // One of the second group has its turn when those of the first that end have ended.
    await until(async () => (await queue.leftovers()).length === 3);
    await queue.put([1, 2].map(markedSubject));
    await worker.close(1000);

    const results = (await queue.results(10)).toSorted((a, b) => a.subjectId - b.subjectId);
    expect(results.slice(0, 3)).toEqual([1, 2, 3].map(resultOf));
    expect(results.slice(3)).toEqual(
      [4, 5, 6].map((subjectId) => ({ subjectId, result: NOTHING })),
    );
    expect(most).toBe(2);
    await queue.release(results.map(({ subjectId }) => subjectId));
    expect(await queue.results(10)).toEqual([]);
    await queue.clear();
    await queue.close();
  });

  storeTest(`${name}: refused for one, nobody else of the group is asked about`, async () => {
    const queue = await openStore(choose('refused'), 'refused', key, 10);
    await queue.put([1, 2, 3, 4, 5].map(markedSubject));
    const traced: number[] = [];
    const worker = queue.startWorker(async ({ subjectId }) => {
      traced.push(subjectId);
      return subjectId === 2 ? refused() : markedAnswer(subjectId);
    }, 1);
    await until(async () => (await queue.results(10)).length > 0);
    await worker.close(1000);

    expect(traced).toEqual([1, 2]);
    expect((await queue.results(10)).map(({ result }) => result.kind)).toEqual([
      'answered',
      'refused',
      'unfinished',
      'unfinished',
      'unfinished',
    ]);
    await queue.clear();
    await queue.close();
  });
}

test('embedded: how far a killed process came is known, to its end or half-way', async () => {
  const store: StoreChoice = { kind: 'embedded', directory: join(folder, 'leftovers') };
  const child = aChild(aTaking(store, 'leftovers'));
  await until(() => child.stdout().split('\n').length > 2);
  child.kill('SIGKILL');
  await child.ended;

  const queue = await openStore(store, 'leftovers', key, 3);
  expect((await queue.leftovers()).toSorted((a, b) => a.subjectId - b.subjectId)).toEqual([
    resultOf(1),
    ...[2, 3].map((subjectId) => ({
      subjectId,
      result: { kind: 'unfinished', ...markedHalf(subjectId) },
    })),
  ]);
  await queue.clear();
  expect(await queue.leftovers()).toEqual([]);
  await queue.close();
});

redisTest('Redis: another goes on from where a killed worker was, within 15 seconds', async () => {
  const store: StoreChoice = { kind: 'redis', url: redis().url };
  const queue = await openStore(store, 'handed-on', key, 3);
  const child = aChild(aTaking(store, 'handed-on'));
  await queue.put([1, 2, 3].map(markedSubject));
  await until(() => child.stdout().split('\n').length > 2);
  const traced: [number, unknown][] = [];
  const worker = queue.startWorker(async ({ subjectId, progress }) => {
    traced.push([subjectId, progress]);
    return markedAnswer(subjectId);
  }, 5);
  child.kill('SIGKILL');
  const before = performance.now();
  await until(async () => (await queue.results(10)).length === 3, 30_000);

  expect(performance.now() - before).toBeLessThan(15_000);
  expect(traced).toEqual([2, 3].map((subjectId) => [subjectId, markedHalf(subjectId)]));
  await worker.close(1000);
  await queue.clear();
  await queue.close();
});

redisTest('Redis: a worker that was asleep lets go of what another has taken over', async () => {
  const store: StoreChoice = { kind: 'redis', url: redis().url };
  const queue = await openStore(store, 'asleep', key, 3);
  const child = aChild(aTaking(store, 'asleep'));
  await queue.put([1, 2, 3].map(markedSubject));
  await until(() => child.stdout().split('\n').length > 2);
  child.kill('SIGSTOP');
  const worker = queue.startWorker(async ({ subjectId }) => markedAnswer(subjectId), 5);
  await until(async () => (await queue.results(10)).length === 3, 30_000);
  expect(child.stdout()).not.toContain('halted');
  child.kill('SIGCONT');
  await until(() => child.stdout().match(/"halted":[23]/g)?.length === 2, 5_000);

  child.kill('SIGKILL');
  await worker.close(1000);
  await queue.clear();
  await queue.close();
});

redisTest('Redis: clear leaves no key of the run, whatever state its items are in', async () => {
  await redis().client.flushall();
  const choice = { kind: 'redis', url: redis().url } as const;
  const other = await openStore(choice, 'other', key);
  await other.put([markedSubject(1)]);
  const before = (await redis().client.keys('*')).sort();
  const queue = await openStore(choice, 'cleared', key);
  await queue.put([1, 2, 3, 4, 5].map(markedSubject));
  const worker = queue.startWorker(
    ({ subjectId }) =>
      subjectId < 3 ? Promise.resolve(markedAnswer(subjectId)) : new Promise(() => undefined),
    4,
  );
  await until(async () => (await queue.results(10)).length === 2);
  await queue.clear();
  expect((await redis().client.keys('*')).sort()).toEqual(before);
  await queue.close();
  await other.clear();
  expect(await redis().client.keys('*')).toEqual([]);
  await other.close();
  void worker;
});

redisTest('Redis: the store may be flushed under the run, and takes items again', async () => {
  const queue: TraceQueue = await openStore({ kind: 'redis', url: redis().url }, 'flushed', key);
  const worker = queue.startWorker(async ({ subjectId }) => markedAnswer(subjectId), 2);
  await queue.put([markedSubject(1)]);
  await until(async () => (await queue.results(10)).length === 1);
  await redis().client.flushall();
  expect(await queue.results(10)).toEqual([]);
  await queue.put([markedSubject(1), markedSubject(2)]);
  await until(async () => (await queue.results(10)).length === 2);
  await worker.close(1000);
  await queue.clear();
  await queue.close();
});

redisTest('Redis: a connection that was found fit is handed out', async () => {
  const { client, connect } = await connectRedis(redis(), aHealth());
  const another = connect();
  expect([await client.ping(), await another.ping()]).toEqual(['PONG', 'PONG']);
  client.disconnect();
  another.disconnect();
});

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

function redis(): RedisServer {
  if (server === undefined) throw new Error('no Redis was started');
  return server;
}

function aChild(task: QueueTask) {
  return startProcess(NODE, [CHILD, JSON.stringify(task)]);
}

function aTaking(store: StoreChoice, queueId: string): QueueTask {
  const text = key.toString('base64');
  return { do: 'take', store, key: text, queueId, concurrency: 3, groupSize: 3 };
}

function resultOf(subjectId: number) {
  return { subjectId, result: markedAnswer(subjectId) };
}

async function dumpOf({ client }: RedisServer): Promise<Buffer[]> {
  const names = await client.keys('*');
  const dumps = await Promise.all(names.map((name) => client.dumpBuffer(name)));
  return dumps.flatMap((dump, at) => [Buffer.from(names[at] ?? ''), dump ?? Buffer.alloc(0)]);
}

function filesBelow(directory: string): Buffer[] {
  return (readdirSync(directory, { recursive: true }) as string[])
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path));
}

/** Neither as it stands nor in base64, wherever in a text it may begin. */
async function expectNobodyReadable(places: readonly Buffer[]): Promise<void> {
  expect(places.reduce((total, bytes) => total + bytes.length, 0)).toBeGreaterThan(500);
  for (const form of MARKS.flatMap(formsOf)) {
    expect([form, places.some((bytes) => bytes.includes(form))]).toEqual([form, false]);
  }
}

function formsOf(mark: string): string[] {
  const inBase64 = [0, 1, 2].map((offset) =>
    Buffer.from(`${' '.repeat(offset)}${mark}`)
      .toString('base64')
      .slice(offset === 0 ? 0 : offset + 1)
      .replace(/.=*$/, '')
      .slice(0, -1),
  );
  return [mark, Buffer.from(mark).toString('hex'), ...inBase64];
}
