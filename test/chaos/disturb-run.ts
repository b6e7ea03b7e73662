/** Starts the processes of a run, lets happen what was planned, and goes on until the run is complete. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { SimulatorProcess } from '../support/simulator-process.ts';
import { type Coordinator, startCoordinator } from './coordinator.ts';
import type { RunPlan } from './draw-plan.ts';
import type { EventLog } from './event-log.ts';
import type { ChaosEvent } from './events.ts';
import { playEvent, type Stage } from './play-event.ts';
import { type PrivateRedis, startPrivateRedis } from './private-redis.ts';
import type { Scene } from './scene.ts';
import { watchProgress } from './watch-progress.ts';
import { createWorkerPool, type WorkerPool } from './worker-pool.ts';

export interface Surroundings {
  readonly folder: string;
  /** The run directory. */
  readonly out: string;
  readonly simulator: SimulatorProcess;
  /** When the simulator was there: milliseconds since 1970. */
  readonly startedAt: number;
  readonly log: EventLog;
}

/** However badly it goes, it ends. */
const LIMIT_MS = 8 * 60_000;
/** What is overdue does not all come at once. */
const LEAST_GAP_MS = 500;

export async function disturbRun(
  plan: RunPlan,
  scene: Scene,
  surroundings: Surroundings,
): Promise<void> {
  const { folder, log, simulator } = surroundings;
  const redis = plan.queue === 'redis' ? await startPrivateRedis(folder) : undefined;
  const { workers, coordinator } = await startProgram(plan, scene, surroundings, redis);
  const over = new AbortController();
  const stage: Stage = {
    ...{ ...surroundings, coordinator, workers, redis, behind: [], over: over.signal },
    ...{ concurrency: plan.concurrency, workersInside: plan.workersInside },
  };
  const requests = (): number => simulator.journal().length;
  const watch = watchProgress({ coordinator, log, requests, over: over.signal });
  await Promise.race([
    Promise.all([coordinator.over, playAll(plan.events, stage)]),
    delay(LIMIT_MS, undefined, { ref: false, signal: over.signal }).then(() =>
      log.problem(`not over after ${LIMIT_MS / 1000} s`),
    ),
  ]);
  over.abort();
  await Promise.all([...stage.behind, watch]);
  await workers?.close();
  await coordinator.giveUp();
  await redis?.kill();
}

async function startProgram(
  plan: RunPlan,
  scene: Scene,
  { folder, out, simulator, log }: Surroundings,
  redis: PrivateRedis | undefined,
): Promise<{ readonly workers: WorkerPool | undefined; readonly coordinator: Coordinator }> {
  const storeIsUp = async (): Promise<void> => redis?.isUp();
  const queue = redis === undefined ? {} : { NHS_TRACE_QUEUE_URL: redis.url };
  const common = { variables: { ...scene.variables, ...queue }, log, storeIsUp };
  const concurrency = ['--concurrency', String(plan.concurrency)];
  const trails = ['--audit-dir', join(folder, 'worker-audit')];
  const workers = redis && createWorkerPool({ ...common, args: [...concurrency, ...trails] });
  await workers?.start(plan.workersOutside);
  const coordinator = startCoordinator({
    ...common,
    out,
    args: ['--workers', String(plan.workersInside), ...concurrency],
    runArgs: [
      ...[scene.input, '--job', scene.job, '--endpoint', simulator.url],
      ...['--rate', String(plan.rate)],
    ],
  });
  return { workers, coordinator };
}

/** Until the events or the run come to an end. */
async function playAll(events: readonly ChaosEvent[], stage: Stage): Promise<void> {
  const over = new AbortController();
  void stage.coordinator.over.then(() => over.abort());
  for (const { atSecond, ...event } of events) {
    const now = performance.timeOrigin + performance.now();
    const waitMs = Math.max(stage.startedAt + atSecond * 1000 - now, LEAST_GAP_MS);
    await delay(waitMs, undefined, { signal: over.signal }).catch(() => undefined);
    if (over.signal.aborted) return;
    await playEvent({ ...event, atSecond }, stage);
  }
}
