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

/** No key to read the store with; no provider named, whose answers they would be; no store; one that cannot be read. */
export type EarlierAnswersLacking = 'no-key' | 'no-endpoint' | 'no-store' | 'unreadable';

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
  /** The column that names the record: in the lists and reports, never sent. Null where no header is known. */
  readonly local_id: { readonly header: string; readonly column: number } | null;
  /** Columns that nothing is sent of, the local id among them: how many, and their headers. */
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
    /** For each distinct person whom no earlier run has the answer for one; a search may take more. */
    readonly at_least: number;
    readonly verify: number;
    readonly search: number;
    readonly saved_by_dedupe: number;
  };
  /** What earlier runs were answered, and would not be asked again; null when the job takes nothing from there. */
  readonly earlier_answers: {
    /** `counted`, or why nobody knows how many rows that would be. */
    readonly state: 'counted' | EarlierAnswersLacking;
    /** The file that would hold them; null when that was not looked for. */
    readonly store: string | null;
    /** `30d`. */
    readonly good_for: string;
    /** 0 unless they were counted. */
    readonly rows: number;
    readonly people: number;
  } | null;
  readonly rate_per_second: number;
  /** Without hours and daily limit. */
  readonly seconds_at_least: number;
  /** With them, in words; null when the job has neither. */
  readonly forecast: string | null;
}
