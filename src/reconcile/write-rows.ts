/** matched.csv, exceptions.csv and exceptions.xlsx, written together in one pass. */
import { EXCEPTION_COLUMNS, TRACE_COLUMNS } from '../domain/output-columns.ts';
import type { DecidedRow } from './decide-rows.ts';
import { createTally, type Totals } from './tally.ts';
import { type OutputFile, openCsvOutput } from './write-csv.ts';
import { openWorkbook } from './write-workbook.ts';

/**
 * Writes every row to exactly one of the two CSVs, in input order, and exceptions to the workbook too. The
 * files take their places only when all rows were written and counted. `expectedRows` must be what comes out.
 */
export async function writeRows(
  decided: Iterable<DecidedRow> | AsyncIterable<DecidedRow>,
  headers: readonly string[],
  expectedRows: number,
  paths: { readonly matched: string; readonly exceptions: string; readonly workbook: string },
): Promise<Totals> {
  const tally = createTally();
  const traceHeader = [...headers, ...TRACE_COLUMNS];
  const opened: OutputFile[] = [];
  const open = async <T extends OutputFile>(opening: Promise<T>): Promise<T> => {
    const file = await opening;
    opened.push(file);
    return file;
  };
  try {
    const matched = await open(openCsvOutput(paths.matched, traceHeader, false));
    const exceptionHeader = [...traceHeader, ...EXCEPTION_COLUMNS];
    const exceptions = await open(openCsvOutput(paths.exceptions, exceptionHeader, true));
    const workbook = await open(openWorkbook(paths.workbook, exceptionHeader.map(asForPeople)));
    for await (const row of decided) {
      tally.add(row);
      const cells = cellsOf(row);
      if (row.decision.kind === 'match') await matched.add(cells);
      else {
        await exceptions.add(cells);
        await workbook.add(row.decision.code, cells.map(asForPeople));
      }
    }
    const totals = tally.totals();
    if (totals.rows !== expectedRows) {
      throw new Error(`${totals.rows} rows were decided, but ${expectedRows} were read`);
    }
    for (const file of opened) await file.finish();
    for (const file of opened) await file.commit();
    return totals;
  } finally {
    for (const file of opened) await file.discard();
  }
}

/**
 * A cell as exceptions.csv has it: one that a spreadsheet would run as a formula gets a leading `'`. In the
 * workbook no cell can run, but its sheets may be saved as CSV.
 */
export function asForPeople(cell: string): string {
  return /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell) ? `'${cell}` : cell;
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
