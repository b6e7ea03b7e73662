/** The files that a job asks for beside matched.csv and exceptions.csv, written in one pass. */
import type { ExtraRules } from '../domain/extra-output.ts';
import type { AnsweredRow } from '../domain/record.ts';
import type { DecidedRow } from './decide-rows.ts';
import { detailsColumns, detailsRow } from './details-row.ts';
import { DBS_COLUMNS, dbsRow, MESH_COLUMNS, meshRow } from './mesh-row.ts';
import { recordColumns } from './record-columns.ts';
import { type CsvOutput, openCsvOutput } from './write-csv.ts';

export interface ExtraPaths {
  readonly mesh: string;
  readonly dbsCodes: string;
  readonly details: string;
}

/**
 * For machines: no cell is guarded against spreadsheets. The files take their places only when
 * `expectedRows` rows have come.
 */
export async function writeExtras(
  rows: Iterable<{ readonly answered: AnsweredRow; readonly decided: DecidedRow }>,
  headers: readonly string[],
  expectedRows: number,
  rules: ExtraRules,
  paths: ExtraPaths,
): Promise<void> {
  const { outputs, bring_back } = rules;
  const columns = recordColumns(headers);
  const parts: Part[] = [];
  const open = async (path: string, header: readonly string[], cells: Part['cells']) => {
    parts.push({ file: await openCsvOutput(path, header, false), cells });
  };
  try {
    if (outputs.includes('mesh'))
      await open(paths.mesh, MESH_COLUMNS, (row, decided) => meshRow(row, decided, columns));
    if (outputs.includes('dbs-codes'))
      await open(paths.dbsCodes, DBS_COLUMNS, (row, decided) => dbsRow(row, decided, columns));
    if (bring_back.length > 0)
      await open(paths.details, detailsColumns(bring_back), (row, decided) =>
        detailsRow(row, decided, rules, columns),
      );
    const count = parts.length === 0 ? expectedRows : await writeAll(rows, parts);
    if (count !== expectedRows)
      throw new Error(`${count} rows were written out, but ${expectedRows} were read`);
    for (const { file } of parts) await file.finish();
    for (const { file } of parts) await file.commit();
  } finally {
    for (const { file } of parts) await file.discard();
  }
}

interface Part {
  readonly file: CsvOutput;
  /** Undefined when the row does not belong into this file. */
  readonly cells: (answered: AnsweredRow, decided: DecidedRow) => readonly string[] | undefined;
}

async function writeAll(
  rows: Parameters<typeof writeExtras>[0],
  parts: readonly Part[],
): Promise<number> {
  let count = 0;
  for (const { answered, decided } of rows) {
    count += 1;
    for (const { file, cells } of parts) {
      const line = cells(answered, decided);
      if (line !== undefined) await file.add(line);
    }
  }
  return count;
}
