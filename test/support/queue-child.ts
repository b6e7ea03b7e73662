/**
 * Another process at the queue, for the tests to kill or to hold against the clock. The task is the
 * argument, as JSON; what it does is written to stdout, a JSON line each.
 */
import { Redis } from 'ioredis';
import type { Progress, TraceResult } from '../../src/domain/record.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { Logger } from '../../src/lib/logger.ts';
import { openEmbeddedQueue } from '../../src/queue/embedded-queue.ts';
import { createMachinePace } from '../../src/queue/machine-pace.ts';
import { PACE_FILE } from '../../src/queue/pace-file.ts';
import { connectRedis } from '../../src/queue/redis-connection.ts';
import { createRedisPace } from '../../src/queue/redis-pace.ts';
import { createRedisQueue, startRedisWorker } from '../../src/queue/redis-queue.ts';
import { createStoreHealth, type StoreHealth } from '../../src/queue/store-health.ts';
import type { Pace, TraceQueue, TraceSubject } from '../../src/queue/trace-queue.ts';
import { openOwnDatabase } from '../../src/run-store/own-database.ts';
import { useFor } from './pace-measure.ts';

export type StoreChoice =
  | { readonly kind: 'embedded'; readonly directory: string }
  | { readonly kind: 'redis'; readonly url: string };

/** Where the places are: in Redis, or in a file. */
export type PaceChoice = { readonly url: string } | { readonly file: string };

export type QueueTask =
  /** Puts subjects in, answers them all, says so, and waits to be killed. */
  | {
      readonly do: 'answer';
      readonly store: StoreChoice;
      readonly key: string;
      readonly queueId: string;
      readonly subjects: number;
    }
  /** Answers the first subject, comes half-way with the others, says so, and goes no further; says when it is halted. */
  | {
      readonly do: 'take';
      readonly store: StoreChoice;
      readonly key: string;
      readonly queueId: string;
      readonly concurrency: number;
      readonly groupSize: number;
    }
  /** Asks for turns for so long, and says when each came. */
  | {
      readonly do: 'pace';
      readonly at: PaceChoice;
      readonly name: string;
      readonly rate: number;
      readonly users: number;
      readonly seconds: number;
    };

export const SILENT: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function ignore(): void {}

export function aHealth(logger = SILENT): StoreHealth {
  return createStoreHealth(logger, systemClock);
}

/** Opens either store. */
export async function openStore(
  store: StoreChoice,
  queueId: string,
  key: Buffer,
  groupSize = 1,
): Promise<TraceQueue> {
  const [onError, onUnreadable] = [(): void => undefined, (): void => undefined];
  const options = { queueId, key, groupSize, onUnreadable };
  if (store.kind === 'embedded')
    return openEmbeddedQueue({ ...options, directory: store.directory, onError });
  const access = await connectRedis(store, aHealth());
  const queue = createRedisQueue({ ...options, access, health: aHealth() });
  return {
    ...queue,
    close: async () => {
      await queue.close();
      await access.client.quit();
    },
  };
}

/** A subject nobody could take for another: its name is in every field that may hold one. */
export function markedSubject(subjectId: number) {
  return {
    subjectId,
    route: 'verify',
    demographics: {
      nhsNumber: '9990000018',
      familyName: 'Zzquornbeck',
      givenName: 'Zephyrine',
    },
  } as Parameters<TraceQueue['put']>[0][number];
}

export const MARKS = ['9990000018', 'Zzquornbeck', 'Zephyrine'];

/** An answer that holds the marked person as well. */
export function markedAnswer(subjectId: number): TraceResult {
  return {
    kind: 'answered',
    asked: [
      {
        step: 'supplied-number',
        question: {
          operation: 'getPatientDetailsByNHSNumber',
          nhsNumber: '9990000018',
          birthDate: '19810917',
          familyName: 'Zzquornbeck',
          givenName: 'Zephyrine',
        },
        code: 'SMSP-0000',
        messageId: `message-${subjectId}`,
        answer: {
          kind: 'found',
          nhsNumber: '9990000018',
          details: {
            familyName: 'Zzquornbeck',
            givenNames: ['Zephyrine'],
            addresses: [],
            telecoms: [],
          },
        },
      },
    ],
    requests: [
      {
        messageId: `message-${subjectId}`,
        operation: 'getPatientDetailsByNHSNumber',
        attempt: 1,
        sentAt: 1000.5,
        durationMs: 2,
        code: 'SMSP-0000',
      },
    ],
  } as unknown as TraceResult;
}

/** How far the marked person came before that answer. */
export function markedHalf(subjectId: number): Progress {
  const { asked, requests } = markedAnswer(subjectId);
  const messageId = `half-${subjectId}`;
  return {
    asked: asked.map((step) => ({ ...step, messageId })),
    requests: requests.map((sent) => ({ ...sent, messageId })),
  };
}

const say = (value: unknown): boolean => process.stdout.write(`${JSON.stringify(value)}\n`);
const forEver = (): Promise<never> => new Promise(() => setInterval(() => undefined, 60_000));

async function answer(task: Extract<QueueTask, { do: 'answer' }>): Promise<void> {
  const queue = await openStore(task.store, task.queueId, Buffer.from(task.key, 'base64'));
  await queue.put(Array.from({ length: task.subjects }, (_none, at) => markedSubject(at + 1)));
  queue.startWorker(async ({ subjectId }) => markedAnswer(subjectId), 5);
  while ((await queue.results(100)).length < task.subjects) await systemClock.sleep(20);
  say('answered');
  await forEver();
}

async function take(task: Extract<QueueTask, { do: 'take' }>): Promise<void> {
  const { store, queueId, groupSize, concurrency } = task;
  const key = Buffer.from(task.key, 'base64');
  const trace: TraceSubject = async ({ subjectId }, { save, halt }) => {
    if (subjectId === 1) return markedAnswer(subjectId);
    await save(markedHalf(subjectId));
    halt.addEventListener('abort', () => say({ halted: subjectId }));
    say({ taken: subjectId });
    return forEver();
  };
  if (store.kind === 'embedded') {
    const queue = await openStore(store, queueId, key, groupSize);
    await queue.put([1, 2, 3].map(markedSubject));
    queue.startWorker(trace, concurrency);
  } else {
    const access = await connectRedis(store, aHealth());
    const options = { access, health: aHealth(), queueId, key, groupSize };
    startRedisWorker(options, trace, concurrency);
  }
  await forEver();
}

const ALONE = { rules: {}, priority: 'normal', sentSince: () => 0 } as const;

async function askForTurns(task: Extract<QueueTask, { do: 'pace' }>): Promise<void> {
  const options = { ratePerSecond: task.rate, clock: systemClock, onPause: () => undefined };
  const use = async (pace: Pace): Promise<void> => {
    say(await useFor(pace, systemClock, task.users, task.seconds * 1000));
  };
  if ('file' in task.at) {
    const file = openOwnDatabase(task.at.file, PACE_FILE);
    await use(createMachinePace(file, task.name, { ...options, ...ALONE }));
    file.close();
  } else {
    const redis = new Redis(task.at.url);
    await use(createRedisPace(redis, task.name, {}, options));
    redis.disconnect();
  }
}

const asked = process.argv[2];
if (import.meta.main && asked !== undefined) {
  const task = JSON.parse(asked) as QueueTask;
  if (task.do === 'answer') await answer(task);
  else if (task.do === 'take') await take(task);
  else await askForTurns(task);
}
