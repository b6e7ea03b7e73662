/** A file as rows of cells, whatever it was saved as. */
import type { FileForm } from '../domain/file-form.ts';

export interface TableRow {
  /** The line of the file, or the row of the sheet, on which the row begins; 1-based. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** An opened file. */
export interface TableSource {
  readonly form: FileForm;
  /** Every row that is not wholly blank, the header among them. Can be read once. */
  readonly rows: AsyncIterable<TableRow>;
  /** Cells of a workbook that hold a formula and no value; known once all rows were read. */
  formulasWithoutValues(): number;
  /** SHA-256 of the whole file, in hexadecimal; known once all rows were read. */
  digest(): string;
}
