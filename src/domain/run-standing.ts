import type { RunEnd } from './run.ts';
import type { Pause } from './sending-hours.ts';

/** What the process that works on a run says of it, so that others can look at it meanwhile. */
export interface RunStanding {
  /** `ended` once the process has said how; one that was killed never does. */
  readonly stage: 'tracing' | 'writing' | 'ended';
  /** Absent before the stage `ended`. */
  readonly end?: RunEnd;
  /** When this was said. ISO 8601, UTC. */
  readonly at: string;
  readonly rows: StandingRows;
  /** The rate in force, all workers together. */
  readonly ratePerSecond: number;
  /** Why nobody may send at the moment, if so. */
  readonly pause?: Pause;
  /** How many workers take part, here and elsewhere. */
  readonly workers: number;
  /** Whether the queue's store is out of reach. */
  readonly isQueueAway: boolean;
}

export interface StandingRows {
  readonly total: number;
  /** Rows whose fate is known: answered, unanswered, or never to be sent. */
  readonly done: number;
  /** Of those done, the ones that are never to be sent. */
  readonly local: number;
  readonly matched: number;
  /** Unanswered ones are among them. Duplicates are found only at the end. */
  readonly exceptions: number;
  readonly unanswered: number;
}

/** Of a run that did not come as far as tracing. */
export const NO_ROWS: StandingRows = {
  total: 0,
  done: 0,
  local: 0,
  matched: 0,
  exceptions: 0,
  unanswered: 0,
};
