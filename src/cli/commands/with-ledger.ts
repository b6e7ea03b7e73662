/** The ledger of a run, for one command at a time. */
import { ConfigError, DiskError, FatalError } from '../../errors.ts';
import { diskFaultOf, isDamagedDatabase } from '../../lib/disk-fault.ts';
import { type Ledger, openLedger } from '../../run-store/ledger.ts';
import { aboutRun } from '../../run-store/run-about.ts';
import { lockRun, type RunFolder, type RunLock } from '../../run-store/run-folder.ts';

/**
 * Lends `work` the ledger, and keeps every other process out until it ends. `onFailure` is called
 * before they are let in, and not when they were first; it has no ledger when that could not be opened. Throws ConfigError when another
 * process is at work or the file is no ledger, DiskError when the run directory cannot be written or the ledger is damaged
 * within, and what `work` throws, a FatalError with how to go on.
 */
export async function withLedger<T>(
  folder: RunFolder,
  work: (ledger: Ledger) => Promise<T>,
  onFailure: (error: unknown, ledger: Ledger | undefined) => void = () => undefined,
): Promise<T> {
  let lock: RunLock | undefined;
  let ledger: Ledger | undefined;
  try {
    lock = lockRun(folder);
    ledger = openLedger(folder.ledger);
    return await work(ledger);
  } catch (error) {
    const named = withMend(error, folder, ledger);
    if (lock !== undefined || named !== error) onFailure(named, ledger);
    throw named;
  } finally {
    ledger?.close();
    lock?.release();
  }
}

function withMend(error: unknown, folder: RunFolder, ledger: Ledger | undefined): unknown {
  if (isDamagedDatabase(error)) return damaged(error, folder, ledger);
  const { path } = folder;
  const fault = diskFaultOf(error instanceof FatalError ? error.cause : error);
  if (fault === undefined) return error instanceof FatalError ? stopped(error, folder) : error;
  const hasBegun = ledger !== undefined && aboutRun(ledger) !== undefined;
  const what = `the disk that holds ${path} cannot be written (${fault}): it is full, or fails.`;
  const mend = hasBegun
    ? `Nothing is lost. Make room, then go on with: nhs-trace resume ${path}`
    : 'Nothing was sent. Make room, then give the same command again.';
  return new DiskError(`${what}\n${mend}`, { cause: error });
}

function stopped({ code, message, cause }: FatalError, { path }: RunFolder): Error {
  const mend = `Nothing is lost. Look into it, then go on with: nhs-trace resume ${path}`;
  return new FatalError(code, `${message}\n${mend}`, { cause });
}

function damaged(cause: unknown, folder: RunFolder, ledger: Ledger | undefined): Error {
  const what = `${folder.ledger} is damaged: it was cut off or written over, or the disk fails.`;
  const mend =
    'Put back a copy of the whole run directory, or run the input again into another directory.';
  const said = `${what}\n${mend}`;
  return ledger === undefined ? new ConfigError(said, { cause }) : new DiskError(said, { cause });
}
