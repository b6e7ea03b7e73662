/** What the rest of the program sees of the queue. */
import type { StoredSubject, TraceResult } from '../domain/record.ts';

/** The run's side: hands out subjects, takes back results. */
export interface TraceQueue {
  /** Puts subjects in. One that is waiting, being traced or answered already is left as it is. */
  put(subjects: readonly StoredSubject[]): Promise<void>;
  /** Results that came back, at most `limit`, oldest first. They stay until they are released. */
  results(limit: number): Promise<readonly QueueResult[]>;
  /** Lets results go, once the ledger has them. */
  release(subjectIds: readonly number[]): Promise<void>;
  /** Starts an in-process worker. */
  startWorker(trace: TraceSubject, concurrency: number): Worker;
  /** How many bytes the store takes at the moment. */
  storeBytes(): Promise<number>;
  /** Removes everything of this run from the store. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export interface QueueResult {
  readonly subjectId: number;
  readonly result: TraceResult;
}

/** Traces one subject. Throws only when it was told to stop; the subject then goes back. */
export type TraceSubject = (subject: StoredSubject, signal: AbortSignal) => Promise<TraceResult>;

export interface Worker {
  /** Takes no more work, waits for what is in hand as long as `graceMs`, then gives it back. */
  close(graceMs: number): Promise<void>;
}

/** Spaces requests evenly, for all workers together. */
export interface Pace {
  /** Waits for the next free place. Throws the signal's reason when it is aborted meanwhile. */
  turn(signal: AbortSignal): Promise<void>;
  /** Holds everybody back for so long, because the provider asked for it. */
  hold(ms: number): Promise<void>;
}
