/** A worker, in this process or far from the run: takes items, has their subjects traced, keeps what was answered. */
import type { Job, WorkerOptions } from 'bullmq';
import { type Hand, NO_PROGRESS, type PendingSubject, type Progress } from '../domain/record.ts';
import { createGroupCommit } from '../lib/group-commit.ts';
import { createInFlight, type InFlight } from '../lib/in-flight.ts';
import { foldEntries, isEnd, openJournal } from './journal.ts';
import type { Codec, JournalEntry, Payload } from './payload.ts';
import type { TraceSubject, Worker } from './trace-queue.ts';

/**
 * After so long without a sign of life a worker counts as dead, and its items go to others. It gives
 * one every two seconds, so it may be held up for six; and others have its items 12 seconds after its
 * death at the latest: the lock, and twice the check, which one worker makes for all.
 */
const LOCK_MS = 8_000;
const LOCK_RENEWAL_MS = 2_000;
const STALLED_CHECK_MS = 2_000;

/** After an error of the store the worker asks it again so soon. */
const RETRY_MS = 1_000;

/** A worker that died is no fault of the item: it is handed on as often as it takes. */
const MAX_STALLED = 1_000_000;

type Item = Job<Payload, string>;

/** What is used of BullMQ's Worker. */
interface ItemWorker {
  close(): Promise<void>;
  /** Aborts the signal that the item's work was given. */
  cancelJob(itemId: string): boolean;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'lockRenewalFailed', listener: (itemIds: string[]) => void): unknown;
}

/** BullMQ counts the parameters: only who takes the signal is given one. */
export type MakeWorker = (
  process: (item: Item, token?: string, lost?: AbortSignal) => Promise<string>,
  options: Omit<WorkerOptions, 'connection'>,
) => ItemWorker;

/** What is used of BullMQ's Queue: its logs are the journals. */
interface Journals {
  addJobLog(itemId: string, row: string): Promise<unknown>;
  getJobLogs(itemId: string): Promise<{ readonly logs: readonly string[] }>;
}

export interface WorkerParts {
  readonly makeWorker: MakeWorker;
  readonly codec: Codec;
  readonly groupSize: number;
  readonly queue: Journals;
  readonly onError: (error: Error) => void;
}

export function startWorker(parts: WorkerParts, trace: TraceSubject, concurrency: number): Worker {
  const halting = new AbortController();
  const aborting = new AbortController();
  const inHand = createInFlight(concurrency);
  const worker = parts.makeWorker(
    async (item, _token, lost) => {
      const halt = AbortSignal.any(lost === undefined ? [halting.signal] : [halting.signal, lost]);
      await traceItem(item, parts, trace, inHand, { halt, abort: aborting.signal });
      return '';
    },
    {
      concurrency: itemsAtOnce(concurrency, parts.groupSize),
      lockDuration: LOCK_MS,
      lockRenewTime: LOCK_RENEWAL_MS,
      stalledInterval: STALLED_CHECK_MS,
      runRetryDelay: RETRY_MS,
      maxStalledCount: MAX_STALLED,
      removeOnFail: { count: 0 },
    },
  );
  worker.on('error', parts.onError);
  // Whose lock went while this process was held up, another has in hand by now.
  worker.on('lockRenewalFailed', (itemIds) => {
    for (const id of itemIds) worker.cancelJob(id);
  });
  return {
    close: async (graceMs) => {
      halting.abort();
      const patience = setTimeout(() => aborting.abort(), graceMs);
      try {
        await worker.close();
      } finally {
        clearTimeout(patience);
      }
    },
  };
}

/** One more than needed, so that nobody is idle while the last of a group are being asked about. */
function itemsAtOnce(concurrency: number, groupSize: number): number {
  return groupSize === 1 ? concurrency : Math.ceil(concurrency / groupSize) + 1;
}

/** The item is done when every subject's journal says how far it came, be that to its end or not. */
async function traceItem(
  item: Item,
  { codec, queue }: WorkerParts,
  trace: TraceSubject,
  inHand: InFlight,
  signals: Pick<Hand, 'halt' | 'abort'>,
): Promise<void> {
  const id = item.id ?? '';
  const journal = createGroupCommit<JournalEntry>((entries) =>
    queue.addJobLog(id, codec.sealEntries(id, entries)),
  );
  // Refused for one, or when nothing can be kept, nobody else of the item is asked about.
  const leaving = new AbortController();
  const halt = AbortSignal.any([signals.halt, leaving.signal]);
  const traceOne = async (subject: PendingSubject): Promise<void> => {
    const { subjectId, progress = NO_PROGRESS } = subject;
    const save = (so: Progress): Promise<void> =>
      journal.add({ subjectId, traced: { kind: 'unfinished', ...so } });
    if (halt.aborted) return save(progress);
    const traced = await trace(subject, { halt, abort: signals.abort, save });
    if (traced.kind === 'refused') leaving.abort();
    await journal.add({ subjectId, traced });
  };
  const lines = (await pendingOf(item, codec, queue)).map((subject) =>
    inHand(() => traceOne(subject)).catch((error) => {
      leaving.abort();
      throw error;
    }),
  );
  await settled(lines);
}

/** The subjects of an item that are not at their end, each from where an earlier worker left it. */
async function pendingOf(
  item: Item,
  codec: Codec,
  queue: Journals,
): Promise<readonly PendingSubject[]> {
  const id = item.id ?? '';
  const subjects = codec.openSubjects(id, item.data);
  if (item.attemptsStarted < 2) return subjects;
  const { logs } = await queue.getJobLogs(id);
  const came = foldEntries(openJournal(codec, id, logs));
  return subjects.flatMap((subject) => {
    const traced = came.get(subject.subjectId);
    if (traced === undefined) return [subject];
    const { asked, requests } = traced;
    return isEnd(traced) ? [] : [{ ...subject, progress: { asked, requests } }];
  });
}

/** Waits for all, then throws the first failure. */
async function settled(lines: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(lines)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}
