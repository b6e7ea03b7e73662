/** matched.csv and exceptions.csv, written together in one pass. */
import { stringify } from 'csv-stringify/sync';
import type { AtomicFile } from '../lib/atomic-write.ts';
import { openAtomicFile } from '../lib/atomic-write.ts';
import type { DecidedRow } from './decide-rows.ts';
import { createTally, type Totals } from './tally.ts';

const TRACE_COLUMNS = [
  'trace_row',
  'trace_nhs_number',
  'trace_outcome',
  'trace_nhs_number_status',
  'trace_response_code',
  'trace_step',
  'trace_source',
  'trace_message_id',
  'trace_at',
] as const;

const EXCEPTION_COLUMNS = [
  'exception_code',
  'exception_reason',
  'exception_action',
  'exception_candidate',
] as const;

const ROWS_A_WRITE = 1000;

/**
 * Writes every row to exactly one of the two files, in input order. The files take their places
 * only when all rows were written and counted. `expectedRows` must be what comes out.
 */
export async function writeRows(
  decided: Iterable<DecidedRow>,
  headers: readonly string[],
  expectedRows: number,
  paths: { readonly matched: string; readonly exceptions: string },
): Promise<Totals> {
  const tally = createTally();
  const matched = await openCsv(paths.matched, [...headers, ...TRACE_COLUMNS], false);
  let exceptions: CsvFile | undefined;
  try {
    exceptions = await openCsv(
      paths.exceptions,
      [...headers, ...TRACE_COLUMNS, ...EXCEPTION_COLUMNS],
      true,
    );
    for (const row of decided) {
      tally.add(row);
      await (row.decision.kind === 'match' ? matched : exceptions).add(cellsOf(row));
    }
    const totals = tally.totals();
    if (totals.rows !== expectedRows) {
      throw new Error(`${totals.rows} rows were decided, but ${expectedRows} were read`);
    }
    await matched.flush();
    await exceptions.flush();
    await matched.commit();
    await exceptions.commit();
    return totals;
  } finally {
    await matched.discard();
    await exceptions?.discard();
  }
}

function cellsOf(row: DecidedRow): string[] {
  const { decision } = row;
  const isMatch = decision.kind === 'match';
  const trace = [
    String(row.row),
    isMatch ? decision.nhsNumber : '',
    isMatch ? decision.outcome : '',
    decision.status,
    row.responseCode,
    row.step,
    row.source,
    row.messageId,
    row.at,
  ];
  if (isMatch) return [...row.cells, ...trace];
  return [
    ...row.cells,
    ...trace,
    decision.code,
    decision.reason,
    decision.action,
    decision.candidate ?? '',
  ];
}

interface CsvFile {
  add(cells: readonly string[]): Promise<void>;
  flush(): Promise<void>;
  commit(): Promise<void>;
  discard(): Promise<void>;
}

/** `isForPeople`: a cell that a spreadsheet would run as a formula gets a leading `'`. */
async function openCsv(
  path: string,
  header: readonly string[],
  isForPeople: boolean,
): Promise<CsvFile> {
  const file: AtomicFile = await openAtomicFile(path);
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
    flush,
    commit: () => file.commit(),
    discard: () => file.discard(),
  };
}
