/** Settings → the things that do the work. The only place that builds them; one `close()` for all. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { sendingRules } from './config/job.ts';
import type { Settings } from './config/settings.ts';
import { requireEndpoint } from './config/settings.ts';
import type { AuditLog } from './domain/audit.ts';
import { type Asked, NO_PROGRESS, type PendingSubject } from './domain/record.ts';
import { type Pause, pauseWords } from './domain/sending-hours.ts';
import { ConfigError } from './errors.ts';
import { type Clock, systemClock } from './lib/clock.ts';
import type { Logger } from './lib/logger.ts';
import { nextQuestion } from './match/next-question.ts';
import { meterTracer } from './metrics/meter-tracer.ts';
import type { Metrics } from './metrics/metrics.ts';
import { openEmbeddedQueue } from './queue/embedded-queue.ts';
import { createMachinePace } from './queue/machine-pace.ts';
import type { PaceOptions } from './queue/pace.ts';
import { PACE_FILE } from './queue/pace-file.ts';
import { paceName } from './queue/pace-name.ts';
import { connectRedis, type RedisPlace } from './queue/redis-connection.ts';
import { createRedisPace } from './queue/redis-pace.ts';
import { createRedisQueue, startRedisWorker } from './queue/redis-queue.ts';
import {
  type RegisteredRun,
  registeredRuns,
  registerRun,
  unregisterRun,
} from './queue/run-registry.ts';
import { createStoreHealth, type StoreHealth } from './queue/store-health.ts';
import type { Pace, TraceQueue, TraceSubject, Worker } from './queue/trace-queue.ts';
import { sayPresent, workersPresent } from './queue/worker-roll.ts';
import { openOwnDatabase } from './run-store/own-database.ts';
import {
  embeddedQueueKey,
  paceFileBeside,
  paceFileWithin,
  type RunFolder,
  removeEmbeddedQueue,
} from './run-store/run-folder.ts';
import { createSmspTracer } from './trace/smsp/smsp-tracer.ts';
import { traceSubject } from './trace/trace-subject.ts';
import type { Tracer } from './trace/tracer.ts';

const MAX_REPLY_BYTES = 1024 * 1024;
const REGISTER_EVERY_MS = 2_000;
const BOARD_PASSWORD_BYTES = 18;

/** What a run needs for its middle stages. */
export interface RunTools {
  readonly queue: TraceQueue;
  /** Whether other machines may be working on the queue. */
  readonly isShared: boolean;
  /** Whether the queue's store is out of reach just now. */
  isQueueAway(): boolean;
  /** How many take part: those of this process, and as far as was last heard those elsewhere. */
  workers(): number;
  startWorkers(): readonly Worker[];
  /** Why nobody may send at the moment, if so. */
  pause(): Promise<Pause | undefined>;
  /** Closes everything. `isComplete`: the queue is not needed again and is removed. */
  close(isComplete: boolean): Promise<void>;
}

/** What names a run in the queue's store. */
interface QueuedRun {
  readonly runId: string;
  readonly queueId: string;
  readonly groupSize: number;
}

/** Where a run is kept, and how many requests stand there since an instant (milliseconds since 1970). */
export interface RunPlace {
  readonly folder: RunFolder;
  readonly audit: AuditLog;
  readonly sentSince: (ms: number) => number;
}

/** Throws ConfigError when a setting, certificate or Redis is not fit. */
export async function openRunTools(
  settings: Settings,
  run: QueuedRun,
  place: RunPlace,
  logger: Logger,
  metrics: Metrics,
): Promise<RunTools> {
  const endpoint = requireEndpoint(settings);
  const tracer = meterTracer(createTracer(settings, settings.workers, logger), metrics);
  const store =
    settings.queue.kind === 'redis'
      ? await openShared(settings, run, endpoint, logger)
      : await openEmbedded(settings, run, place, endpoint, logger);
  return {
    queue: store.queue,
    isShared: settings.queue.kind === 'redis',
    isQueueAway: store.isAway,
    workers: () => settings.workers + store.workersElsewhere(),
    startWorkers: () =>
      Array.from({ length: settings.workers }, () => {
        const pace = meterHolds(store.pace, metrics);
        const { audit } = place;
        const trace = createTraceSubject(settings, run.queueId, { tracer, pace, audit }, logger);
        return store.queue.startWorker(trace, settings.job.concurrency);
      }),
    pause: store.pace.pause,
    close: async (isComplete) => {
      await store.close(isComplete);
      await tracer.close();
      if (isComplete) removeEmbeddedQueue(place.folder);
    },
  };
}

interface Store {
  readonly queue: TraceQueue;
  readonly pace: Pace;
  isAway(): boolean;
  workersElsewhere(): number;
  close(isComplete: boolean): Promise<void>;
}

async function openEmbedded(
  settings: Settings,
  { queueId, groupSize }: QueuedRun,
  { folder, sentSince }: RunPlace,
  endpoint: URL,
  logger: Logger,
): Promise<Store> {
  const queue = openEmbeddedQueue({
    directory: folder.queue,
    queueId,
    groupSize,
    key: await embeddedQueueKey(folder),
    onError: queueError(logger),
    onUnreadable: discarded(logger, queueId),
  });
  const paceFile = openPaceFile(folder, logger);
  return {
    queue,
    pace: createMachinePace(paceFile, paceName(endpoint), {
      ...paceOptions(settings, logger),
      rules: sendingRules(settings.job),
      priority: settings.job.priority,
      sentSince,
    }),
    isAway: () => false,
    workersElsewhere: () => 0,
    close: async () => {
      await queue.close();
      paceFile.close();
    },
  };
}

/** Shared with the neighbours, unless nothing may be written there. */
function openPaceFile(folder: RunFolder, logger: Logger): DatabaseSync {
  const shared = paceFileBeside(folder);
  try {
    return openOwnDatabase(shared, PACE_FILE);
  } catch (error) {
    if (!(error instanceof ConfigError && isForbidden(error))) throw error;
    logger.warn('pace.alone', {
      reason: `${shared} cannot be written, so this run keeps its rate and its daily limit by itself. Where others ask the same provider at the same time, let all of them use one Redis.`,
    });
    return openOwnDatabase(paceFileWithin(folder), PACE_FILE);
  }
}

function isForbidden({ cause }: { readonly cause?: unknown }): boolean {
  return (
    cause instanceof Error &&
    'code' in cause &&
    ['EACCES', 'EPERM', 'EROFS'].includes(String(cause.code))
  );
}

async function openShared(
  settings: Settings,
  { runId, queueId, groupSize }: QueuedRun,
  endpoint: URL,
  logger: Logger,
): Promise<Store> {
  if (settings.queue.kind !== 'redis') throw new Error('not a shared queue');
  const { key } = settings.queue;
  const health = createStoreHealth(logger, systemClock);
  const access = await connectRedis(settings.queue, health);
  const { client } = access;
  const queue = createRedisQueue({
    ...{ access, health, queueId, groupSize, key },
    onUnreadable: discarded(logger, queueId),
  });
  const entry = { queueId, runId, groupSize, endpoint: endpoint.href, job: settings.job };
  const register = (): Promise<void> => health.waitOut(() => registerRun(client, key, entry));
  await register();
  let elsewhere = 0;
  const countWorkers = async (): Promise<void> => {
    elsewhere = await workersPresent(client, queueId);
  };
  // Redis may lose everything: workers elsewhere must learn of the run again.
  let registering = Promise.resolve();
  const again = setInterval(() => {
    registering = register().then(countWorkers).catch(health.failed);
  }, REGISTER_EVERY_MS);
  return {
    queue,
    pace: patient(
      createRedisPace(client, paceName(endpoint), sendingRules(settings.job), {
        ...paceOptions(settings, logger),
        priority: settings.job.priority,
      }),
      health,
    ),
    isAway: health.isAway,
    workersElsewhere: () => elsewhere,
    close: async (isComplete) => {
      clearInterval(again);
      // One still on its way would put the run back.
      await registering;
      await health.waitOut(() => unregisterRun(client, queueId));
      if (isComplete) await queue.clear();
      await queue.close();
      await client.quit();
    },
  };
}

function discarded(logger: Logger, queue: string): (count: number) => void {
  return (count) =>
    logger.warn('queue.discarded', {
      queue,
      count,
      reason:
        'items in the queue were sealed with another NHS_TRACE_KEY: they are let go, and whoever in them has no answer in the ledger is asked about anew',
    });
}

/** A pace whose places may be out of reach for a while. */
function patient(pace: Pace, { waitLong, isAway }: StoreHealth): Pace {
  return {
    turn: (signal) => waitLong(() => pace.turn(signal)),
    hold: (ms) => waitLong(() => pace.hold(ms)),
    pause: async () => (isAway() ? undefined : waitLong(pace.pause)),
  };
}

function meterHolds(pace: Pace, metrics: Metrics): Pace {
  const hold = (ms: number): Promise<void> => {
    metrics.held();
    return pace.hold(ms);
  };
  return { ...pace, hold };
}

export type { RegisteredRun, Worker };

/** A worker process: sees which runs there are, and takes part in them. */
export interface WorkerTools {
  runs(): Promise<readonly RegisteredRun[]>;
  /** `audit`: where what this process sends goes on record before it leaves. */
  join(settings: Settings, run: RegisteredRun, audit: AuditLog): Worker;
  /** Says that this process takes part in these runs; to be said again every second or two. */
  sayPresent(queueIds: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export async function openWorkerTools(
  queue: RedisPlace & { readonly key: Buffer },
  logger: Logger,
  metrics: Metrics,
): Promise<WorkerTools> {
  const health = createStoreHealth(logger, systemClock);
  const access = await connectRedis(queue, health);
  const { client } = access;
  const self = randomUUID();
  return {
    sayPresent: (queueIds) => health.waitOut(() => sayPresent(client, self, queueIds)),
    runs: () => health.waitOut(() => registeredRuns(client, queue.key, logger)),
    join: (settings, run, audit) => {
      const { job } = settings;
      const tracer = meterTracer(createTracer(settings, 1, logger), metrics);
      metrics.limit(job.name, job.rate);
      // The pace is that of the provider which the run asks, by whatever address this worker does.
      const name = paceName(new URL(run.endpoint));
      const pace = patient(
        createRedisPace(client, name, sendingRules(job), {
          ...paceOptions(settings, logger),
          priority: job.priority,
        }),
        health,
      );
      const means = { tracer, pace: meterHolds(pace, metrics), audit };
      const trace = createTraceSubject(settings, run.queueId, means, logger);
      const { queueId, groupSize } = run;
      const worker = startRedisWorker(
        { access, health, queueId, groupSize, key: queue.key },
        trace,
        job.concurrency,
      );
      return {
        close: async (graceMs) => {
          metrics.limit(job.name, undefined);
          await worker.close(graceMs);
          await tracer.close();
        },
      };
    },
    close: async () => {
      client.disconnect();
    },
  };
}

/** The queues of the runs that go on, on a page of this machine. */
export interface BoardTools {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** Looks which runs there are. */
  look(): Promise<void>;
  close(): Promise<void>;
}

/** Throws ConfigError when Redis is not fit or the port is taken. */
export async function openBoardTools(
  queue: RedisPlace & { readonly key: Buffer },
  port: number,
  logger: Logger,
): Promise<BoardTools> {
  const health = createStoreHealth(logger, systemClock);
  const { client } = await connectRedis(queue, health);
  // A hundred modules, which no run needs.
  const { createQueueBoard } = await import('./queue/queue-board.ts');
  const { BOARD_USER, serveBoard } = await import('./queue/serve-board.ts');
  const board = createQueueBoard(client);
  const password = randomBytes(BOARD_PASSWORD_BYTES).toString('base64url');
  const server = await serveBoard(board.pages, { port, password });
  return {
    url: server.url,
    user: BOARD_USER,
    password,
    look: async () => {
      await board.show(await health.waitOut(() => registeredRuns(client, queue.key, logger)));
    },
    close: async () => {
      await server.close();
      await board.close();
      client.disconnect();
    },
  };
}

function createTraceSubject(
  settings: Settings,
  queueId: string,
  means: { readonly tracer: Tracer; readonly pace: Pace; readonly audit: AuditLog },
  logger: Logger,
): TraceSubject {
  const { job } = settings;
  const dependencies = {
    ...means,
    queueId,
    next: (subject: PendingSubject, asked: readonly Asked[]) =>
      nextQuestion(subject, asked, job.policy),
    attempts: job.attempts,
    clock: systemClock satisfies Clock,
    newId,
    random: Math.random,
  };
  return async (subject, hand) => {
    try {
      return await traceSubject(subject, dependencies, hand);
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown';
      logger.error('worker.defect', { subjectId: subject.subjectId, error: name });
      return {
        kind: 'refused',
        code: 'defect',
        reason: `a defect of the program (${name})`,
        ...(subject.progress ?? NO_PROGRESS),
      };
    }
  };
}

function createTracer(settings: Settings, workers: number, logger: Logger): Tracer {
  const { job, environment } = settings;
  const { provider } = job;
  return createSmspTracer(
    {
      endpoint: requireEndpoint(settings),
      tls: environment.tls,
      username: provider.username,
      auditIdentity: {
        uri: provider.audit_identity.uri,
        ...(provider.audit_identity.type === undefined
          ? {}
          : { type: provider.audit_identity.type }),
      },
      ...(provider.from_address === undefined ? {} : { fromAddress: provider.from_address }),
      ...(provider.sender_address === undefined ? {} : { senderAddress: provider.sender_address }),
      localIdentifierRoot: provider.local_identifier_root,
      timeoutMs: job.timeout_seconds * 1000,
      maxBodyBytes: MAX_REPLY_BYTES,
      messageTtlSeconds: provider.message_lifetime_seconds,
      maxConnections: job.concurrency * Math.max(1, workers),
    },
    {
      ...{ clock: systemClock.now, newId },
      onNotice: (kind, reason) => logger.warn(kind, { reason }),
    },
  );
}

/** Upper case, as the ITK patterns ask for. */
function newId(): string {
  return randomUUID().toUpperCase();
}

function paceOptions({ job }: Settings, logger: Logger): PaceOptions {
  return {
    ratePerSecond: job.rate,
    clock: systemClock,
    onPause: (pause) => logger.info('pace.pause', { reason: pauseWords(pause, sendingRules(job)) }),
  };
}

function queueError(logger: Logger): (error: Error) => void {
  return (error) =>
    logger.warn('queue.error', {
      error: error.name,
      code: 'code' in error ? String(error.code) : 'unknown',
    });
}
