/** Stages 1 and 2: the file, normalised, into the ledger. */
import type { Job } from '../config/job.ts';
import type { IngestedRow } from '../domain/record.ts';
import { type IngestedFile, ingestFile, type Normalise } from '../ingest/ingest-rows.ts';
import { normaliseRecord } from '../normalise/normalise-record.ts';
import type { Ledger } from '../run-store/ledger.ts';

const ROWS_A_TRANSACTION = 1000;

export interface InputOptions {
  readonly acceptsTestNumbers: boolean;
  /** `YYYYMMDD`: ages are reckoned from it. */
  readonly today: string;
}

/** Throws InputError when the file is no table, or its columns cannot be told. */
export function openInput(path: string, job: Job, options: InputOptions): Promise<IngestedFile> {
  return ingestFile(path, {
    delimiter: job.delimiter,
    encoding: job.encoding,
    headerRow: job.header_row,
    sheet: job.sheet,
    columns: job.columns,
    dateOrder: job.date_order,
    normalise: normaliserFor(job, options),
  });
}

/** Reads the cells of a row as the job says that they are meant. */
export function normaliserFor(job: Job, options: InputOptions): Normalise {
  const normaliseOptions = {
    dateOrder: job.date_order,
    acceptsExcelSerials: job.excel_serial_dates,
    ...options,
  };
  return (cells) => normaliseRecord(cells, normaliseOptions);
}

/**
 * Reads the whole file into the ledger, and gives the number of rows. Told to stop, it gives up half-way,
 * and the ledger does not hold the input. Nothing is sent before all of
 * it was read. Throws InputError when the file turns out to be unusable further down.
 */
export async function ingestRun(
  ledger: Ledger,
  file: IngestedFile,
  now: () => Date,
  signal: AbortSignal,
): Promise<number> {
  ledger.clearRows();
  let rows = 0;
  let batch: IngestedRow[] = [];
  for await (const row of file.rows) {
    batch.push(row);
    rows += 1;
    if (batch.length < ROWS_A_TRANSACTION) continue;
    if (signal.aborted) return rows;
    ledger.addRows(batch);
    batch = [];
  }
  ledger.addRows(batch);
  ledger.describe('ingestedAt', now().toISOString());
  const { form, headers, names } = file;
  ledger.describe('input', { sha256: file.digest(), rows, headers, names, form });
  return rows;
}
