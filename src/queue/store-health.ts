/** Whether the queue's store can be worked with at the moment. It may go away for as long as it likes. */
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';

const ASK_AGAIN_MS = 1_000;
/** An answer that takes longer is none: the store hangs, or the way to it is cut. */
const SILENT_MS = 5_000;
/** It is back when nothing has gone wrong for so long: a full store can still be read. */
const QUIET_MS = 2_000;

export interface StoreHealth {
  /** Called with whatever goes wrong. The log has one line when the store goes away, and one when it is back. */
  failed(error: Error): void;
  works(): void;
  isAway(): boolean;
  /** Asks again for as long as the store says that it cannot just now. Other errors are thrown on. */
  waitOut<T>(ask: () => Promise<T>): Promise<T>;
  /** The same for what may take its time, so that silence means nothing. */
  waitLong<T>(ask: () => Promise<T>): Promise<T>;
}

export function createStoreHealth(logger: Logger, clock: Clock): StoreHealth {
  let awaySinceMs: number | undefined;
  let lastFailureMs = 0;
  const away = (code: string): void => {
    lastFailureMs = clock.preciseMs();
    if (awaySinceMs !== undefined) return;
    awaySinceMs = lastFailureMs;
    logger.warn('queue.away', { code, reason: 'waiting for the queue; nothing is lost' });
  };
  const failed = (error: Error): void => {
    const code = awayCode(error);
    if (code === undefined) logOther(error, logger);
    else away(code);
  };
  const works = (): void => {
    if (awaySinceMs === undefined || clock.preciseMs() - lastFailureMs < QUIET_MS) return;
    logger.info('queue.back', { durationMs: Math.round(clock.preciseMs() - awaySinceMs) });
    awaySinceMs = undefined;
  };
  const waitLong = async <T>(ask: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        const answer = await ask();
        works();
        return answer;
      } catch (error) {
        if (!(error instanceof Error) || awayCode(error) === undefined) throw error;
        failed(error);
        await clock.sleep(ASK_AGAIN_MS);
      }
    }
  };
  const orSilence = async <T>(ask: () => Promise<T>): Promise<T> => {
    const silence = setTimeout(() => away('silent'), SILENT_MS);
    try {
      return await ask();
    } finally {
      clearTimeout(silence);
    }
  };
  return {
    failed,
    works,
    isAway: () => awaySinceMs !== undefined,
    waitLong,
    waitOut: (ask) => waitLong(() => orSilence(ask)),
  };
}

/** That a lock was lost is no harm: the item is handed on, with its journal. */
function logOther(error: Error, logger: Logger): void {
  const code = ownCode(error);
  const isLock = /^-\d+$/.test(code) || error.message.startsWith('could not renew lock');
  if (isLock) logger.debug('queue.lock-lost', { code });
  else logger.warn('queue.error', { error: error.name, code });
}

/** What Redis answers when it cannot just now: the first word of its message. */
const CANNOT_NOW =
  /^(OOM|MISCONF|LOADING|BUSY|READONLY|EXECABORT|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|NOAUTH|WRONGPASS)\b/;

/** Why the store cannot be worked with, or undefined when the error says nothing of that. */
function awayCode(error: Error): string | undefined {
  const [, said] = CANNOT_NOW.exec(error.message) ?? [];
  if (said !== undefined) return said;
  const code = ownCode(error);
  return /^(E[A-Z_]{3,}|ERR_(TLS|SSL)_\w+|CERT_\w+|DEPTH_ZERO_\w+|UNABLE_TO_\w+)$/.test(code)
    ? code
    : undefined;
}

function ownCode(error: Error): string {
  return 'code' in error ? String(error.code) : 'unknown';
}
