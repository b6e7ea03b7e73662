/** What the rest of the program sees of the queue. */
import type { Hand, PendingSubject, Traced } from '../domain/record.ts';
import type { Pause } from '../domain/sending-hours.ts';

/** The run's side: hands out subjects, takes back results. */
export interface TraceQueue {
  /**
   * Puts subjects in, those of a group together in one item. A group that is waiting, being traced or
   * answered already is left as it is.
   */
  put(subjects: readonly PendingSubject[]): Promise<void>;
  /** Subjects with the same number are put in together, released together, and in one worker's hand. */
  groupOf(subjectId: number): number;
  /** Results that came back, about `limit` at most, oldest first, whole groups. They stay until released. */
  results(limit: number): Promise<readonly QueueResult[]>;
  /** Lets results go, once the ledger has them. */
  release(subjectIds: readonly number[]): Promise<void>;
  /**
   * What was answered in items that are not at their end. Only for a store that nobody else works on:
   * such items are a dead process's.
   */
  leftovers(): Promise<readonly QueueResult[]>;
  /**
   * When something that is not at its end was sealed with another key, removes everything of this run from the store.
   * Gives whether that was so.
   */
  dropUnreadable(): Promise<boolean>;
  /** Starts an in-process worker that has `concurrency` subjects in hand at once. */
  startWorker(trace: TraceSubject, concurrency: number): Worker;
  /** How many bytes the store takes at the moment. */
  storeBytes(): Promise<number>;
  /** Removes everything of this run from the store. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export interface QueueResult {
  readonly subjectId: number;
  /** `unfinished`: given back, to be put in again. */
  readonly result: Traced;
}

/** Traces one subject, from where it was left. */
export type TraceSubject = (subject: PendingSubject, hand: Hand) => Promise<Traced>;

export interface Worker {
  /** Sends nothing more, waits for what is in flight as long as `graceMs`, then gives back what is in hand. */
  close(graceMs: number): Promise<void>;
}

/** Spaces requests evenly, for all workers together. */
export interface Pace {
  /** Waits for the next free place. Throws the signal's reason when it is aborted meanwhile. */
  turn(signal: AbortSignal): Promise<Place>;
  /** Holds everybody back for so long, because the provider asked for it. */
  hold(ms: number): Promise<void>;
  /** Why nobody may send at the moment, if so: the hours, the daily limit, or a hold. */
  pause(): Promise<Pause | undefined>;
}

/** The right to send one request, now. */
export interface Place {
  /**
   * To be called when the request is about to be written. Throws TooLateError when the place has
   * gone by: then nothing may be sent, and another turn must be waited for.
   */
  leave(): void;
}
