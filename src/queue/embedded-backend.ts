/** What BullMQ's Queue and Worker ask of a backend here, on the embedded store. */
import { EventEmitter, once } from 'node:events';
import type { BackendFactory, IQueueBackend } from 'bullmq';
import type { ItemStore } from './embedded-store.ts';

/** What BullMQ calls with the options of our queue and workers; the rest of its interface is missing. */
type UsedOfBackend = Pick<
  IQueueBackend,
  | 'qualifiedName'
  | 'keys'
  | 'toKey'
  | 'closing'
  | 'waitUntilReady'
  | 'close'
  | 'addJobs'
  | 'addLog'
  | 'getJobLogs'
  | 'remove'
  | 'pause'
  | 'obliterate'
  | 'moveToActive'
  | 'moveToCompleted'
  | 'moveToFailed'
  | 'moveStalledJobsToWait'
  | 'minimumBlockTimeout'
  | 'waitForJob'
  | 'disconnectBlocking'
  | 'reconnectBlocking'
> & { getRanges(states: string[], start?: number, end?: number): Promise<string[][]> };

/**
 * Makes the backends of all queues and workers on one store. Items have no priority, delay or parent;
 * ended ones are kept. From the first write that fails on, no item is handed out: what could not be
 * written down must not be asked.
 */
export function createEmbeddedBackends(
  items: ItemStore,
  onFault: (error: unknown) => void,
): BackendFactory<IQueueBackend, ItemStore> {
  /** Item to whoever has it in hand: in memory, because outside this process nobody can. */
  const locks = new Map<string, string>();
  /** Says `item` to the workers that wait for one. */
  const news = new EventEmitter().setMaxListeners(0);
  let isPaused = false;
  let isFaulty = false;
  const mayClaim = (): boolean => !(isPaused || isFaulty);

  const written = <T>(write: () => T): T => {
    try {
      return write();
    } catch (error) {
      isFaulty = true;
      onFault(error);
      throw error;
    }
  };
  /** In BullMQ's form: the item, its id, and how long to wait when there is none (not at all). */
  const claim = (token: string): unknown[] => {
    const item = mayClaim() ? written(items.claim) : undefined;
    if (item === undefined) return [undefined, undefined, 0, 0];
    locks.set(item.id, token);
    return [item, item.id, 0, 0];
  };
  const finish = (end: (id: string) => void, id: string, token: string, isNextWanted: boolean) => {
    if (locks.get(id) !== token) throw new Error(`Missing lock for job ${id}. moveToFinished`);
    // Also when that cannot be written: the item is then given back as a stalled one.
    locks.delete(id);
    written(() => end(id));
    return { result: isNextWanted ? claim(token) : undefined, finishedOn: Date.now() };
  };

  return (name) => {
    const operations: UsedOfBackend = {
      qualifiedName: name,
      keys: {},
      toKey: (type) => `${name}:${type}`,
      closing: undefined,
      waitUntilReady: async () => undefined,
      close: async () => undefined,

      addJobs: async (entries) => {
        written(() => items.add(entries.map(({ job }) => job)));
        news.emit('item');
        return entries.map(({ jobId }) => jobId);
      },
      addLog: async (id, row) => {
        const length = written(() => items.addLog(id, row));
        if (length === 0) throw new Error(`Missing key for job ${id}. addLog`);
        return length;
      },
      getJobLogs: async (id) => {
        const logs = items.logOf(id);
        return { logs, count: logs.length };
      },
      getRanges: async (states, start = 0, end = -1) =>
        states.map((state) => items.idsOf(state, start, end < 0 ? -1 : end - start + 1)),
      remove: async (id) => {
        if (locks.has(id)) return 0;
        written(() => items.remove(id));
        return 1;
      },
      pause: async (isWanted) => {
        isPaused = isWanted;
      },
      obliterate: async () => {
        items.clear();
        locks.clear();
        isPaused = false;
        return 0;
      },

      moveToActive: async (token) => claim(token),
      moveToCompleted: async ({ id = '' }, _value, _keep, token, isNextWanted) =>
        finish(items.complete, id, token, isNextWanted),
      moveToFailed: async ({ id = '' }, _reason, _keep, token, isNextWanted) =>
        finish(items.fail, id, token, isNextWanted),
      moveStalledJobsToWait: async () => {
        const lost = items.idsOf('active', 0, -1).filter((id) => !locks.has(id));
        for (const id of lost) written(() => items.giveBack(id));
        if (lost.length > 0) news.emit('item');
        return lost;
      },

      minimumBlockTimeout: 0.001,
      waitForJob: async (seconds) => {
        if (!mayClaim() || !items.hasWaiting()) {
          const patience = AbortSignal.timeout(seconds * 1000);
          await once(news, 'item', { signal: patience }).catch(() => undefined);
        }
        return null;
      },
      disconnectBlocking: async () => {
        news.emit('item');
      },
      reconnectBlocking: async () => undefined,
    };
    return Object.assign(new EventEmitter(), operations) as unknown as IQueueBackend;
  };
}
