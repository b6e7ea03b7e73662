/** What `check` found, as `--json` prints it and the page shows it (docs/input-files.md). */
import type { Field } from '../domain/field.ts';
import type { Delimiter, Encoding } from '../domain/file-form.ts';
import type { FileNoticeCode } from '../domain/file-notice.ts';
import type { FindingCode } from '../domain/finding.ts';

/** Rows that have something in common. Rows are counted from 1, below the header. */
export interface RowGroup {
  readonly text: string;
  /** What to do about it. */
  readonly action: string;
  readonly count: number;
  readonly first_rows: readonly number[];
}

/** Something found in the cells of one field. */
export interface CellGroup extends RowGroup {
  readonly field: Field;
  readonly code: FindingCode;
}

/** Holds no cell of the file but its headers. */
export interface CheckSummary {
  readonly file: string;
  readonly sha256: string;
  readonly form:
    | {
        readonly kind: 'csv';
        readonly delimiter: Delimiter;
        readonly encoding: Encoding;
        readonly double_encoded: boolean;
      }
    | { readonly kind: 'xlsx'; readonly sheet: string; readonly other_sheets: number };
  readonly header_line: number;
  readonly rows: number;
  /** The published layout that the file has; null for none. */
  readonly layout: {
    readonly name: string;
    readonly headers_found: number;
    readonly headers: number;
  } | null;
  readonly columns: readonly {
    readonly field: Field;
    readonly header: string;
    readonly column: number;
    readonly confidence: 'job' | 'profile' | 'synonym';
  }[];
  /** Columns that are carried to the outputs and not read: how many, and their headers. */
  readonly columns_not_used: number;
  readonly headers_not_used: readonly string[];
  readonly notices: readonly {
    readonly code: FileNoticeCode;
    readonly count: number;
    readonly text: string;
  }[];
  readonly traceable_rows: number;
  readonly untraceable_rows: number;
  readonly untraceable: readonly RowGroup[];
  readonly cells: {
    readonly unusable: readonly CellGroup[];
    readonly suspicious: readonly CellGroup[];
    readonly mended: readonly CellGroup[];
  };
  readonly duplicates: {
    /** Rows that hold the same person, with the same details, as a row before them. */
    readonly rows_of_same_person: number;
    readonly first_rows_of_same_person: readonly number[];
    /** Rows with the NHS number of a row before them, and other details. */
    readonly rows_with_shared_number: number;
    readonly first_rows: readonly number[];
  };
  readonly requests: {
    /** For each distinct person one; a search may take more. */
    readonly at_least: number;
    readonly verify: number;
    readonly search: number;
    readonly saved_by_dedupe: number;
  };
  readonly rate_per_second: number;
  /** Without hours and daily limit. */
  readonly seconds_at_least: number;
  /** With them, in words; null when the job has neither. */
  readonly forecast: string | null;
}
