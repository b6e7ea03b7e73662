/** What the simulator was asked and answered: counts and times, and nothing about anybody. */
import { type FileHandle, open } from 'node:fs/promises';
import type { Operation } from './wire-names.ts';

/** One request. Entries come in the order of the answers; `at` is the time of the request. */
export interface JournalEntry {
  /** When the request arrived: milliseconds since 1970, with a fraction. */
  readonly at: number;
  /** Absent when the request did not say, or did not say it in words known here. */
  readonly operation?: Operation | undefined;
  /** Absent when none was found. */
  readonly messageId?: string | undefined;
  /**
   * The same for the same question about the same subject, within this journal. Absent when the
   * request was not understood.
   */
  readonly question?: string | undefined;
  /** 0 when no status was sent: the connection was reset, left hanging or given up. */
  readonly httpStatus: number;
  /**
   * `SMSP-0000`, `DEMOG-0007` …; `ITK-1000` … for a fault; `HTTP-503` … for a bare status;
   * `reset`, `hang`, `outage`, `truncate`, `garbage` for those; `aborted` when the client gave up.
   */
  readonly code: string;
  /** Which rule a rejected request broke. */
  readonly reason?: string | undefined;
}

export interface FileJournal {
  write(entry: JournalEntry): void;
  /** Writes what is left and closes the file. Rejects when anything could not be written. */
  close(): Promise<void>;
}

const FLUSH_AFTER_MS = 200;
const FLUSH_AT_ENTRIES = 2000;

/** Appends to a file, one JSON object a line; no entry waits longer than 200 ms. */
export async function openJournal(path: string): Promise<FileJournal> {
  const file = await open(path, 'a', 0o600);
  let lines: string[] = [];
  let written = Promise.resolve();
  let failure: unknown;
  const flush = () => {
    if (lines.length === 0) return;
    const text = lines.join('');
    lines = [];
    written = written
      .then(() => append(file, text))
      .catch((error: unknown) => {
        failure ??= error;
      });
  };
  const timer = setInterval(flush, FLUSH_AFTER_MS).unref();
  return {
    write(entry) {
      lines.push(`${JSON.stringify(entry)}\n`);
      if (lines.length >= FLUSH_AT_ENTRIES) flush();
    },
    async close() {
      clearInterval(timer);
      flush();
      await written;
      await file.close();
      if (failure !== undefined) {
        throw new Error('the journal could not be written', { cause: failure });
      }
    },
  };
}

async function append(file: FileHandle, text: string): Promise<void> {
  await file.appendFile(text);
}
