/** A file as rows of cells, whatever it was saved as. */
import type { FileForm } from '../domain/file-form.ts';
import type { FileNotice } from '../domain/file-notice.ts';

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
  /** What is to be said of a sheet with its header in this line; known once all rows were read. */
  remarks(headerLine: number): readonly FileNotice[];
  /** SHA-256 of the whole file, in hexadecimal; known once all rows were read. */
  digest(): string;
}
