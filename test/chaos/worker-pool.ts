/** Worker processes that come and go while a run goes on. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Ended, type StartedProcess, startCli, type Variables } from '../support/cli.ts';
import { endWithin, explain } from './coordinator.ts';
import type { EventLog } from './event-log.ts';

export interface WorkerPool {
  alive(): readonly StartedProcess[];
  /** Starts so many as soon as the queue's store is there. */
  start(count: number): Promise<void>;
  end(worker: StartedProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Ends all; no other is started. */
  close(): Promise<void>;
}

export interface WorkerPoolSetUp {
  readonly args: readonly string[];
  readonly variables: Variables;
  readonly log: EventLog;
  readonly storeIsUp: () => Promise<void>;
}

const PATIENCE_MS = 15_000;

export function createWorkerPool({ args, variables, log, storeIsUp }: WorkerPoolSetUp): WorkerPool {
  const alive = new Set<StartedProcess>();
  const isWanted = new Set<StartedProcess>();
  let isClosed = false;

  const start = async (count: number): Promise<void> => {
    await storeIsUp();
    for (let started = 0; started < count && !isClosed; started += 1) startOne();
  };
  const startOne = (): void => {
    const worker = startCli(['worker', ...args], variables);
    alive.add(worker);
    isWanted.add(worker);
    void worker.ended.then((ended) => gone(worker, ended));
  };
  /** One that ends by itself is a defect, unless Redis went away while it was looking for it. */
  const gone = async (worker: StartedProcess, ended: Ended): Promise<void> => {
    alive.delete(worker);
    if (!isWanted.delete(worker)) return;
    if (ended.code === 2 && ended.stderr.includes('cannot be reached'))
      log.note('no Redis for a worker');
    else log.problem(`a worker ${explain(ended)}`);
    await delay(1000);
    await start(1);
  };
  const end = async (worker: StartedProcess, signal: NodeJS.Signals): Promise<void> => {
    isWanted.delete(worker);
    alive.delete(worker);
    if (!(await endWithin(worker, signal, PATIENCE_MS)))
      log.problem(`a worker did not end on ${signal} within ${PATIENCE_MS} ms`);
    const { code } = await worker.ended;
    if (signal === 'SIGTERM' && code !== null && ![0, 4].includes(code))
      log.problem(`a worker ${explain(await worker.ended)}`);
  };
  return {
    start,
    end,
    alive: () => [...alive],
    close: async () => {
      isClosed = true;
      await Promise.all([...alive].map((worker) => end(worker, 'SIGKILL')));
    },
  };
}
