/** One run, disturbed as planned, gone on with until it is complete, and held against the undisturbed one. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type SimulatorProcess, startSimulatorProcess } from '../support/simulator-process.ts';
import { type Compared, compareOutputs } from './compare-outputs.ts';
import { startCoordinator } from './coordinator.ts';
import {
  findRepeats,
  type RepeatFigures,
  repeatedMessageIds,
  repeatFigures,
} from './count-repeats.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import type { ChaosEvent, PlayedEvent, QueueKind } from './events.ts';
import { playEvent, type Stage } from './play-event.ts';
import { startPrivateRedis } from './private-redis.ts';
import { providerRules } from './provider-faults.ts';
import { recordedMessageIds, unrecordedQuestions } from './recorded-requests.ts';
import { resumeGaps } from './resume-gaps.ts';
import type { Scene } from './scene.ts';
import { watchProgress } from './watch-progress.ts';
import { createWorkerPool } from './worker-pool.ts';

export interface RunPlan {
  readonly name: string;
  readonly queue: QueueKind;
  readonly events: readonly ChaosEvent[];
  /** Requests a second. */
  readonly rate: number;
  /** Requests in flight, for each worker. */
  readonly concurrency: number;
  readonly latencyMs: number;
  /** 0 or 1; always 1 when the queue is embedded. */
  readonly workersInside: number;
  readonly workersOutside: number;
}

export interface RunResult extends Compared {
  readonly name: string;
  readonly queue: QueueKind;
  readonly played: readonly PlayedEvent[];
  readonly seconds: number;
  readonly repeats: RepeatFigures;
  readonly repeatedMessageIds: number;
  /** Questions that the provider answered, and no request of which is on record. */
  readonly unrecorded: number;
  /** For each death of a worker where it could be measured, in milliseconds. */
  readonly gapsMs: readonly number[];
  /** What the program did and must not do. */
  readonly problems: readonly string[];
  /** Where the run and its story are. */
  readonly folder: string;
}

/** However badly it goes, it ends. */
const LIMIT_MS = 8 * 60_000;

const LEAST_GAP_MS = 500;

export async function playRun(plan: RunPlan, scene: Scene): Promise<RunResult> {
  const folder = join(scene.folder, plan.name);
  mkdirSync(folder);
  const simulator = await startSimulatorProcess({
    folder,
    population: scene.population,
    rules: providerRules(plan.events),
    args: ['--latency', String(plan.latencyMs)],
  });
  const startedAt = performance.timeOrigin + performance.now();
  const log = createEventLog(startedAt);
  const out = join(folder, 'run');
  await disturb(plan, scene, { folder, out, simulator, startedAt, log });
  const seconds = (performance.timeOrigin + performance.now() - startedAt) / 1000;
  await simulator.stop();
  const journal = simulator.journal();
  const played = log.played();
  const repeats = findRepeats(journal, played);
  const story = join(folder, 'story.txt');
  const told = repeats.map(({ before, at, cause, question, messageId }) =>
    [
      ((before - startedAt) / 1000).toFixed(3),
      ((at - startedAt) / 1000).toFixed(3),
      cause?.kind ?? 'NO CAUSE',
      question,
      messageId,
    ].join('  '),
  );
  writeFileSync(
    story,
    `${[...log.lines(), '', 'repeats: asked, again, cause', ...told].join('\n')}\n`,
  );
  return {
    ...compared(out, scene),
    name: plan.name,
    queue: plan.queue,
    played,
    seconds,
    repeats: repeatFigures(repeats, played),
    repeatedMessageIds: repeatedMessageIds(journal),
    unrecorded: unrecordedQuestions(journal, recordedMessageIds(join(out, 'ledger.sqlite'))),
    gapsMs: resumeGaps(repeats, played),
    problems: log.problems(),
    folder,
  };
}

/** Removes what a run left; for one that went well. */
export function removeRun({ folder }: RunResult): void {
  rmSync(folder, { recursive: true });
}

interface Surroundings {
  readonly folder: string;
  readonly out: string;
  readonly simulator: SimulatorProcess;
  readonly startedAt: number;
  readonly log: EventLog;
}

async function disturb(plan: RunPlan, scene: Scene, around: Surroundings): Promise<void> {
  const { log, out, startedAt } = around;
  const redis = plan.queue === 'redis' ? await startPrivateRedis(around.folder) : undefined;
  const storeIsUp = async (): Promise<void> => redis?.isUp();
  const variables = {
    ...scene.variables,
    ...(redis === undefined ? {} : { NHS_TRACE_QUEUE_URL: redis.url }),
  };
  const common = { variables, log, storeIsUp };
  const concurrency = ['--concurrency', String(plan.concurrency)];
  const workers =
    redis === undefined ? undefined : createWorkerPool({ ...common, args: concurrency });
  await Promise.all(Array.from({ length: plan.workersOutside }, () => workers?.start()));
  const coordinator = startCoordinator({
    ...common,
    out,
    args: ['--workers', String(plan.workersInside), ...concurrency],
    runArgs: [
      ...[scene.input, '--job', scene.job, '--endpoint', around.simulator.url],
      ...['--rate', String(plan.rate)],
    ],
  });
  const over = new AbortController();
  const behind: Promise<void>[] = [];
  const { concurrency: inFlight, workersInside } = plan;
  const stage: Stage = {
    ...{ log, out, coordinator, workers, redis, startedAt, behind },
    ...{ concurrency: inFlight, workersInside, over: over.signal },
  };
  const requests = (): number => around.simulator.journal().length;
  const watch = watchProgress({ coordinator, log, requests, over: over.signal });
  await Promise.race([
    Promise.all([coordinator.over, playAll(plan.events, stage)]),
    delay(LIMIT_MS, undefined, { ref: false, signal: over.signal }).then(() =>
      log.problem(`not over after ${LIMIT_MS / 1000} s`),
    ),
  ]);
  over.abort();
  await Promise.all([...behind, watch]);
  await workers?.close();
  await coordinator.giveUp();
  await redis?.kill();
}

/** Until the events or the run come to an end. */
async function playAll(events: readonly ChaosEvent[], stage: Stage): Promise<void> {
  const over = new AbortController();
  void stage.coordinator.over.then(() => over.abort());
  for (const event of events) {
    const waitMs =
      stage.startedAt + event.atSecond * 1000 - performance.timeOrigin - performance.now();
    // What is overdue does not all come at once.
    const pause = { signal: over.signal };
    await delay(Math.max(waitMs, LEAST_GAP_MS), undefined, pause).catch(() => undefined);
    if (over.signal.aborted) return;
    await playEvent(event, stage);
  }
}

function compared(out: string, scene: Scene): Compared {
  if (existsSync(join(out, 'matched.csv')) && existsSync(join(out, 'exceptions.csv')))
    return compareOutputs(out, scene.reference);
  return {
    lost: Array.from({ length: scene.rows }, (_none, at) => at + 1),
    twice: [],
    differing: ['there are no files'],
  };
}
