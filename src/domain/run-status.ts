import type { SendingRules } from './sending-hours.ts';

/** Where a run is, as somebody sees it who looks from outside. */
export type RunState =
  /** The input is being read; nothing is sent yet. */
  | 'reading'
  | 'tracing'
  /** For the reason in `waiting`; goes on by itself. */
  | 'waiting'
  /** Every row has its fate; the outputs are being written. */
  | 'writing'
  | 'finished'
  /** By a signal. */
  | 'stopped'
  /** It stopped itself, for the reason in `reason`. */
  | 'halted'
  /** Nobody works on it, and it did not say how it ended. */
  | 'killed';

export interface RunStatus {
  readonly runId: string;
  readonly job: string;
  /** Absolute path. */
  readonly directory: string;
  readonly state: RunState;
  /** Why it stopped itself; absent unless it did. */
  readonly reason?: string;
  /** What it waits for, and until when in milliseconds since 1970 where that is known; absent unless it waits. */
  readonly waiting?: {
    readonly for: 'hours' | 'daily-limit' | 'provider' | 'queue';
    readonly untilMs?: number;
  };
  readonly startedMs: number;
  /** When it last ended, however that was; absent while somebody works on it, and when nobody said so. */
  readonly endedMs?: number;
  readonly rows: {
    /** Absent until the input was read to its end. */
    readonly total?: number;
    readonly read: number;
    readonly done: number;
    readonly matched: number;
    /** Unanswered ones are among them. */
    readonly exceptions: number;
    readonly unanswered: number;
  };
  readonly requests: {
    readonly sent: number;
    /** Absent when none was sent. */
    readonly lastMs?: number;
    /** In the last minute, or since the run began. */
    readonly perSecond: number;
    readonly limitPerSecond: number;
  };
  /** How many workers take part; absent when nobody works on it, and before that is known. */
  readonly workers?: number;
  /** At the earliest; absent when the run does not go on, and before anything tells. */
  readonly endsMs?: number;
  readonly rules: SendingRules;
  /** When this was seen. */
  readonly seenMs: number;
}

/** Whether a process works on it. */
export function isGoingOn({ state }: RunStatus): boolean {
  return ['reading', 'tracing', 'waiting', 'writing'].includes(state);
}
