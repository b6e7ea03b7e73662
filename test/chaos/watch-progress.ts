import { setTimeout as delay } from 'node:timers/promises';
import type { Coordinator } from './coordinator.ts';
import type { EventLog } from './event-log.ts';

const LOOK_EVERY_MS = 5_000;
/** Longer than Redis may be away and a lock may last, one after the other. */
const STANDSTILL_MS = 60_000;

export interface Watched {
  readonly coordinator: Coordinator;
  readonly log: EventLog;
  /** How many requests the provider has seen. */
  readonly requests: () => number;
  /** Ends the watch. */
  readonly over: AbortSignal;
}

/** A run that stands still is a defect; it is killed, so that `resume` may go on with it. */
export async function watchProgress({ coordinator, log, requests, over }: Watched): Promise<void> {
  let seen = 0;
  let since = performance.now();
  while (!over.aborted) {
    await delay(LOOK_EVERY_MS, undefined, { signal: over }).catch(() => undefined);
    const count = requests();
    if (count !== seen) since = performance.now();
    seen = count;
    if (over.aborted || performance.now() - since < STANDSTILL_MS) continue;
    since = performance.now();
    log.problem(`the run stood still for ${STANDSTILL_MS / 1000} s and was killed`);
    await coordinator.end('SIGKILL', { afterMs: 0 });
  }
}
