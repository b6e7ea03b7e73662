/** The cells of a row as people meant them, whatever a spreadsheet program did to the others. */
import type { Job } from '../config/job.ts';
import { InputError } from '../errors.ts';
import type { RowReading } from '../ingest/ingest-rows.ts';
import type { InputOptions } from './ingest-run.ts';
import { mendedCell } from './mended-cell.ts';
import { type DateChange, dateChange, isTurnedFile } from './mended-date.ts';

export interface CellMender {
  /** The cells as they are to be carried: `before`, but for what a person has changed. */
  mend(given: readonly string[], before: readonly string[]): readonly string[];
  /** Counts what became of the dates of a row. */
  count(given: readonly string[], before: readonly string[]): void;
  /** Of all rows that were counted. Throws InputError when the file's dates were saved with the month first. */
  judge(): void;
}

export function createCellMender(
  path: string,
  {
    reading: { columns, headers },
    job,
    options,
  }: { readonly reading: RowReading; readonly job: Job; readonly options: InputOptions },
): CellMender {
  const numberAt = columns.get('nhs_number');
  const dateAt = columns.get('birth_date');
  const dates = {
    dateOrder: job.date_order,
    acceptsExcelSerials: job.excel_serial_dates,
    today: options.today,
  };
  const changes = new Map<DateChange, number>();
  const mendDate = (given: string, before: string): string => {
    const change = dateChange(given, before, dates);
    return change === 'rewritten' || change === 'either' ? before : mendedCell(given, before);
  };
  return {
    mend: (given, before) =>
      given.map((cell, at) =>
        at === dateAt
          ? mendDate(cell, before[at] ?? '')
          : mendedCell(cell, before[at] ?? '', at === numberAt),
      ),
    count: (given, before) => {
      if (dateAt === undefined) return;
      const change = dateChange(given[dateAt] ?? '', before[dateAt] ?? '', dates);
      changes.set(change, (changes.get(change) ?? 0) + 1);
    },
    judge: () => {
      if (dateAt === undefined || !isTurnedFile(changes)) return;
      throw new InputError(
        `${path}, column ${dateAt + 1} ("${headers[dateAt]}"): day and month of its dates have changed places, as happens when a spreadsheet program of another region saves a CSV file. Mend exceptions.xlsx instead, whose cells stay as they are, or write the dates as YYYY-MM-DD.`,
      );
    },
  };
}
