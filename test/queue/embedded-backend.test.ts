/** BullMQ's own Queue and Worker on the embedded store. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Job, withBackend } from 'bullmq';
import { expect, it } from 'vitest';
import { createEmbeddedBackends } from '../../src/queue/embedded-backend.ts';
import { openItemStore } from '../../src/queue/embedded-store.ts';
import { until } from '../support/cli.ts';
import { aFolder } from '../support/runs.ts';

const folder = aFolder();
/** So long that whoever waits for it to pass fails. */
const NEVER_SECONDS = 600;

function open(name: string) {
  const items = openItemStore(join(folder, name));
  const faults: unknown[] = [];
  const backends = createEmbeddedBackends(items, (fault) => faults.push(fault));
  const { Queue, Worker } = withBackend(backends);
  const queue = new Queue<number, string, string>('numbers', {
    connection: items,
    skipMetasUpdate: true,
  });
  const workers: { close(): Promise<void> }[] = [];
  const errors: string[] = [];
  return {
    items,
    queue,
    errors,
    faults,
    put: (numbers: readonly number[]) =>
      queue.addBulk(
        numbers.map((data) => ({ name: 'number', data, opts: { jobId: `n${data}`, attempts: 1 } })),
      ),
    completed: () => queue.getRanges(['completed'], 0, -1, true),
    work: (process: (job: Job<number, string>) => Promise<string>, concurrency = 1) => {
      const worker = new Worker<number, string>('numbers', process, {
        connection: items,
        concurrency,
        skipLockRenewal: true,
        stalledInterval: 20,
        drainDelay: NEVER_SECONDS,
      });
      worker.on('error', ({ message }) => errors.push(message));
      workers.push(worker);
      return worker;
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.close()));
      await queue.close();
      items.close();
    },
  };
}

it('hands every item to one worker, and wakes those that wait for one', async () => {
  const { work, put, completed, close } = open('shared');
  const taken: [string, number][] = [];
  const workAs = (name: string) =>
    work(async ({ data }) => {
      taken.push([name, data]);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return '';
    }, 3);
  workAs('one');
  workAs('two');
  await new Promise((resolve) => setTimeout(resolve, 50));
  const numbers = Array.from({ length: 40 }, (_none, at) => at);
  await put(numbers.slice(0, 20));
  await until(async () => (await completed()).length === 20);
  await put(numbers.slice(10));
  await until(async () => (await completed()).length === 40);

  expect(taken.map(([, data]) => data)).toEqual(numbers);
  expect(new Set(taken.map(([name]) => name))).toEqual(new Set(['one', 'two']));
  await close();
});

it('hands nothing out once something could not be written, and keeps what was', async () => {
  const first = open('unwritten');
  const other = new DatabaseSync(join(folder, 'unwritten', 'items.sqlite'));
  const started: number[] = [];
  first.work(async (job) => {
    started.push(job.data);
    await job.log('before');
    other.exec('BEGIN IMMEDIATE');
    await job.log('after');
    return '';
  });
  await first.put([1, 2]);
  await until(() => first.faults.length > 0);
  other.exec('ROLLBACK');
  other.close();
  await first.close();
  expect(started).toEqual([1]);
  expect(String(first.faults[0])).toContain('locked');

  const second = open('unwritten');
  expect((await second.queue.getJobLogs('n1')).logs).toEqual(['before']);
  expect(await second.queue.getRanges(['wait', 'failed'], 0, -1, true)).toEqual(['n2', 'n1']);
  await second.close();
});

it('puts an item whose work failed aside with its log, until it is put in again', async () => {
  const { work, put, queue, completed, close } = open('aside');
  const starts: number[] = [];
  work(async (job) => {
    starts.push(job.attemptsStarted);
    await job.log(`start ${job.attemptsStarted}`);
    if (job.attemptsStarted === 1) throw new Error('no');
    return '';
  });
  await put([1]);
  await until(async () => (await queue.getRanges(['failed'], 0, -1, true)).length === 1);
  expect((await queue.getJobLogs('n1')).logs).toEqual(['start 1']);
  await put([1]);
  await until(async () => (await completed()).length === 1);

  expect(starts).toEqual([1, 2]);
  expect((await queue.getJobLogs('n1')).logs).toEqual(['start 1', 'start 2']);
  await close();
});

it('leaves an item to whoever has it in hand, however long', async () => {
  const { work, put, queue, completed, close } = open('held');
  let finish = (): void => undefined;
  const starts: number[] = [];
  work(async ({ attemptsStarted }) => {
    starts.push(attemptsStarted);
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    return '';
  }, 2);
  await put([1]);
  await until(() => starts.length === 1);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await queue.remove('n1')).toBe(0);
  finish();
  await until(async () => (await completed()).length === 1);

  expect(starts).toEqual([1]);
  expect(await queue.remove('n1')).toBe(1);
  expect(await completed()).toEqual([]);
  await close();
});

it('lets nothing come back from before it was cleared', async () => {
  const { work, put, queue, completed, errors, close } = open('cleared');
  const finishers: ((value: string) => void)[] = [];
  work(async (job) => {
    if (finishers.length > 1) return '';
    const value = await new Promise<string>((resolve) => finishers.push(resolve));
    await job.log('too late').catch(({ message }) => errors.push(message));
    return value;
  }, 3);
  await put([1, 2]);
  await until(() => finishers.length === 2);
  await queue.obliterate({ force: true });
  await put([3]);
  await until(async () => (await completed()).length === 1);
  for (const finish of finishers) finish('');
  await until(() => errors.length > 3);

  expect(await completed()).toEqual(['n3']);
  expect(errors.filter((message) => message.includes('Missing key'))).toHaveLength(2);
  expect(errors.filter((message) => message.includes('Missing lock')).length).toBeGreaterThan(1);
  await close();
});

it('lets go of an item whose work failed, and takes the next', async () => {
  const { work, put, queue, completed, close } = open('failed');
  work(async ({ data }) => {
    if (data === 1) throw new Error('no');
    return '';
  });
  await put([1, 2]);
  await until(async () => (await completed()).length === 1);
  expect(await completed()).toEqual(['n2']);
  expect(await queue.getRanges(['active', 'wait'], 0, -1, true)).toEqual([]);
  await close();
});
