/** One CSV of the outputs, written row by row; it takes its place when it is whole. */
import { stringify } from 'csv-stringify/sync';
import { openAtomicFile } from '../lib/atomic-write.ts';

const ROWS_A_WRITE = 1000;

/** A file in the making. */
export interface OutputFile {
  /** Completes it; it takes its place with `commit`. */
  finish(): Promise<void>;
  commit(): Promise<void>;
  /** Takes away what was not committed. */
  discard(): Promise<void>;
}

export interface CsvOutput extends OutputFile {
  add(cells: readonly string[]): Promise<void>;
}

/** `isForPeople`: a cell that a spreadsheet would run as a formula gets a leading `'`. */
export async function openCsvOutput(
  path: string,
  header: readonly string[],
  isForPeople: boolean,
): Promise<CsvOutput> {
  const file = await openAtomicFile(path);
  let waiting: (readonly string[])[] = [header];
  const flush = async (): Promise<void> => {
    const text = stringify(waiting, { escape_formulas: isForPeople });
    waiting = [];
    await file.write(text);
  };
  return {
    add: async (cells) => {
      waiting.push(cells);
      if (waiting.length >= ROWS_A_WRITE) await flush();
    },
    finish: flush,
    commit: () => file.commit(),
    discard: () => file.discard(),
  };
}
