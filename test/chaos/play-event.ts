/** Does one thing to the processes of a run. What lasts goes on behind, so that the next can fall into it. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { StartedProcess } from '../support/cli.ts';
import { limitFiles } from '../support/file-limit.ts';
import type { Coordinator } from './coordinator.ts';
import type { EventLog } from './event-log.ts';
import type { ChaosEvent, EventKind, ProviderKind } from './events.ts';
import type { PrivateRedis } from './private-redis.ts';
import { recordedMessageIds } from './recorded-requests.ts';
import type { WorkerPool } from './worker-pool.ts';

/** The processes of a run, and what is known of them. */
export interface Stage {
  readonly log: EventLog;
  readonly out: string;
  readonly coordinator: Coordinator;
  readonly workers: WorkerPool | undefined;
  readonly redis: PrivateRedis | undefined;
  /** Requests in flight, for each worker. */
  readonly concurrency: number;
  /** 0 or 1: whether the coordinator works too. */
  readonly workersInside: number;
  /** When the provider was there: milliseconds since 1970. */
  readonly startedAt: number;
  /** Ends what lasts when the run is over. */
  readonly over: AbortSignal;
  /** What goes on behind. */
  readonly behind: Promise<void>[];
}

const MOST_WORKERS = 4;

export async function playEvent(event: ChaosEvent, stage: Stage): Promise<void> {
  await PLAYS[event.kind](event, stage);
}

type Play = (event: ChaosEvent, stage: Stage) => Promise<void>;

const provider =
  (kind: ProviderKind): Play =>
  async ({ atSecond, lastsMs }, { log, startedAt }) => {
    const at = startedAt + atSecond * 1000;
    log.happened({ kind, at, until: at + lastsMs, bound: 0, isSurvived: false });
  };

const endCoordinator =
  (kind: EventKind, signal: 'SIGKILL' | 'SIGTERM', isDoubled = false): Play =>
  async ({ lastsMs }, stage) => {
    if ((await stage.coordinator.process()) === undefined) return;
    const end = stage.log.begin(kind, { bound: inside(stage) });
    await stage.coordinator.end(signal, { afterMs: lastsMs, isDoubled });
    end();
  };

const endWorker =
  (kind: EventKind, signal: 'SIGKILL' | 'SIGTERM'): Play =>
  async (event, stage) => {
    const { log, workers, concurrency, workersInside } = stage;
    const worker = chosen(event, stage);
    if (worker === undefined || workers === undefined) return;
    const others = workers.alive().length - 1 + workersInside;
    const effect = {
      bound: concurrency,
      isSurvived: others > 0,
      about: `${worker.pid}, ${others} left`,
    };
    const end = log.begin(kind, effect);
    await workers.end(worker, signal);
    end();
    goOn(stage, event.lastsMs, () => workers.start(1));
  };

const PLAYS: Readonly<Record<EventKind, Play>> = {
  'kill-coordinator': endCoordinator('kill-coordinator', 'SIGKILL'),
  'two-resumes': endCoordinator('two-resumes', 'SIGKILL', true),
  'term-coordinator': endCoordinator('term-coordinator', 'SIGTERM'),
  'kill-worker': endWorker('kill-worker', 'SIGKILL'),
  'term-worker': endWorker('term-worker', 'SIGTERM'),
  'provider-busy': provider('provider-busy'),
  'provider-reset': provider('provider-reset'),
  'provider-hang': provider('provider-hang'),
  'provider-truncate': provider('provider-truncate'),
  'provider-outage': provider('provider-outage'),
  'stop-coordinator': async ({ lastsMs }, stage) => {
    const process = await stage.coordinator.process();
    if (process !== undefined) sleep(process, 'stop-coordinator', inside(stage), lastsMs, stage);
  },
  'stop-worker': async (event, stage) => {
    const worker = chosen(event, stage);
    if (worker !== undefined) sleep(worker, 'stop-worker', stage.concurrency, event.lastsMs, stage);
  },
  'start-worker': async (_event, { log, workers }) => {
    if (workers === undefined || workers.alive().length >= MOST_WORKERS) return;
    log.begin('start-worker', { bound: 0 })();
    await workers.start(1);
  },
  'second-resume': async (_event, { log, coordinator }) => {
    if ((await coordinator.process()) === undefined) return;
    log.begin('second-resume', { bound: 0 })();
    await coordinator.resumeBeside();
  },
  'kill-redis': async ({ lastsMs }, stage) => {
    const { log, redis } = stage;
    await redis?.isUp();
    const end = log.begin('kill-redis', { bound: inHand(stage), about: `for ${lastsMs} ms` });
    await redis?.kill();
    goOn(stage, lastsMs, async () => {
      await redis?.restart();
      end();
    });
  },
  'kill-all': async ({ lastsMs }, stage) => {
    const { log, redis, workers, coordinator } = stage;
    await redis?.isUp();
    if ((await coordinator.process()) === undefined) return;
    const all = workers?.alive() ?? [];
    const end = log.begin('kill-all', { bound: inHand(stage), about: `for ${lastsMs} ms` });
    await Promise.all([
      redis?.kill(),
      coordinator.end('SIGKILL', { afterMs: 0 }),
      ...all.map((worker) => workers?.end(worker, 'SIGKILL')),
    ]);
    goOn(stage, lastsMs, async () => {
      await redis?.restart();
      await workers?.start(all.length);
      end();
    });
  },
  'flush-redis': async (_event, stage) => {
    const { redis, log, out, coordinator, behind } = stage;
    // While the coordinator sleeps or is away nobody could say what was lost by which.
    await Promise.all(behind);
    if ((await coordinator.process()) === undefined) return;
    const onRecord = recordedMessageIds(join(out, 'ledger.sqlite'));
    const at = performance.timeOrigin + performance.now();
    await redis?.flush();
    const bound = inHand(stage);
    log.happened({ kind: 'flush-redis', at, until: at, bound, onRecord, isSurvived: false });
  },
  'disk-full': async ({ lastsMs }, stage) => {
    const { log, coordinator, out } = stage;
    const process = await coordinator.process();
    if (process === undefined) return;
    const end = log.begin('disk-full', { bound: inside(stage), about: `for ${lastsMs} ms` });
    coordinator.expectDiskFull();
    const ledger = statSync(join(out, 'ledger.sqlite'), { throwIfNoEntry: false });
    limitFiles(process.pid, ledger?.size ?? 0);
    goOnWith(process, stage, lastsMs, () => {
      limitFiles(process.pid, 'unlimited');
      end();
    });
  },
};

/** A laptop that is closed and opened again. */
function sleep(
  process: StartedProcess,
  kind: EventKind,
  bound: number,
  lastsMs: number,
  stage: Stage,
): void {
  const end = stage.log.begin(kind, { bound, about: `${process.pid}, for ${lastsMs} ms` });
  process.kill('SIGSTOP');
  goOnWith(process, stage, lastsMs, () => {
    process.kill('SIGCONT');
    end();
  });
}

/** As goOn, but what a process suffers ends with it. */
function goOnWith(
  process: StartedProcess,
  { behind, over }: Stage,
  afterMs: number,
  then: () => void,
): void {
  const waited = delay(afterMs, undefined, { signal: over, ref: false }).catch(() => undefined);
  behind.push(Promise.race([waited, process.ended]).then(then));
}

function goOn({ behind, over }: Stage, afterMs: number, then: () => Promise<void>): void {
  const waited = delay(afterMs, undefined, { signal: over }).catch(() => undefined);
  behind.push(waited.then(then));
}

function chosen({ which }: ChaosEvent, { workers }: Stage): StartedProcess | undefined {
  const all = workers?.alive() ?? [];
  return all[which % Math.max(1, all.length)];
}

function inside({ concurrency, workersInside }: Stage): number {
  return concurrency * workersInside;
}

function inHand(stage: Stage): number {
  return stage.concurrency * (stage.workers?.alive().length ?? 0) + inside(stage);
}
