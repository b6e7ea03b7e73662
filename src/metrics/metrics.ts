/** What is counted of a process while it works. Nothing of a person, and no label that takes many values. */
import type { StandingRows } from '../domain/run-standing.ts';
import type { Pause } from '../domain/sending-hours.ts';

export interface Metrics {
  /** A request leaves now; what is given back is called with the code that it ended with. */
  requestLeaves(operation: string): (code: string) => void;
  /** The provider asked everybody to wait. */
  held(): void;
  /** This process sends for a job under this rate, all workers together; undefined: no more. */
  limit(job: string, ratePerSecond: number | undefined): void;
  /** Where the run stands that this process coordinates. */
  run(standing: MeteredRun): void;
}

export interface MeteredRun {
  readonly rows: StandingRows;
  /** People who are in the queue, or in a worker's hand. */
  readonly queued: number;
  /** How many workers take part, here and elsewhere. */
  readonly workers: number;
  readonly pause: Pause | undefined;
  readonly isQueueAway: boolean;
}

/** Nobody asked for any. */
export const NO_METRICS: Metrics = {
  requestLeaves: () => () => undefined,
  held: () => undefined,
  limit: () => undefined,
  run: () => undefined,
};
