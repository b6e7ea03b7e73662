/** Keeps entries durably; those that come while others are being kept go together in the next write. */
export interface GroupCommit<T> {
  /** Resolves when the entry is kept; rejects when its write failed. */
  add(entry: T): Promise<void>;
}

export function createGroupCommit<T>(
  append: (entries: readonly T[]) => Promise<unknown>,
): GroupCommit<T> {
  let waiting: T[] = [];
  let next: Promise<void> | undefined;
  let last: Promise<void> = Promise.resolve();
  const flush = async (): Promise<void> => {
    await last.catch(() => undefined);
    // Whoever comes in this turn of the event loop comes along.
    await new Promise(setImmediate);
    const entries = waiting;
    waiting = [];
    next = undefined;
    last = append(entries).then(() => undefined);
    await last;
  };
  return {
    add: (entry) => {
      waiting.push(entry);
      next ??= flush();
      return next;
    },
  };
}
