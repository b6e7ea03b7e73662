/** What the process that works on a run says of it, kept in the ledger under one key. */
import type { RunEnd } from '../domain/run.ts';
import { NO_ROWS, type RunStanding } from '../domain/run-standing.ts';
import type { Ledger } from './ledger.ts';

export const STANDING = 'standing';

export function standingOf(ledger: Ledger): RunStanding | undefined {
  return ledger.about(STANDING) as RunStanding | undefined;
}

/** Whether the run came to its end; one that was stopped, stopped itself or was killed did not. */
export function isOver(standing: RunStanding | undefined): boolean {
  const end = standing?.stage === 'ended' ? standing.end?.kind : 'stopped';
  return end !== 'stopped' && end !== 'halted';
}

export function noteStanding(ledger: Ledger, standing: RunStanding): void {
  ledger.describe(STANDING, standing);
}

/** Says how the process ended; what was said before of the rows stands. */
export function noteEnd(ledger: Ledger, end: RunEnd, now: Date): void {
  const before = standingOf(ledger) ?? NOTHING_SAID;
  noteStanding(ledger, {
    ...before,
    stage: 'ended',
    end,
    at: now.toISOString(),
    isQueueAway: false,
    workers: 0,
  });
}

const NOTHING_SAID = { rows: NO_ROWS, ratePerSecond: 0 } as const;
