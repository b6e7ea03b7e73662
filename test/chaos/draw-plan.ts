import { between, createRandom } from '../../src/synth/random.ts';
import { canFillDisk } from '../support/file-limit.ts';
import { drawEvents } from './draw-events.ts';
import type { ChaosEvent, QueueKind } from './events.ts';

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

export interface PlanOptions {
  readonly seed: string;
  /** Counted from 1; with the seed it decides everything. */
  readonly number: number;
  readonly queue: QueueKind;
  /** Requests that the run takes undisturbed. */
  readonly requests: number;
  /** Fewest and most events. */
  readonly events: readonly [number, number];
  /** How long it would take undisturbed, in seconds. */
  readonly workSeconds: number;
  /** Nothing lasts longer, in milliseconds. */
  readonly longestMs: number;
}

/** More than the embedded queue can do is not asked of it. */
const FASTEST = { embedded: 100, redis: 150 } as const;

/** All that is left to chance in a run, decided before it begins. */
export function drawPlan(options: PlanOptions): RunPlan {
  const { queue, number, requests } = options;
  const random = createRandom(`${options.seed}/${queue}/${number}`);
  const rate = Math.min(FASTEST[queue], Math.ceil(requests / options.workSeconds));
  const isShared = queue === 'redis';
  return {
    name: `run-${number}-${queue}`,
    queue,
    rate,
    concurrency: between(random, 4, 12),
    latencyMs: between(random, 20, 120),
    workersInside: isShared ? random.below(2) : 1,
    workersOutside: isShared ? between(random, 2, 3) : 0,
    events: drawEvents(random, {
      queue,
      canFillDisk,
      count: between(random, ...options.events),
      workSeconds: requests / rate,
      longestMs: options.longestMs,
    }),
  };
}
