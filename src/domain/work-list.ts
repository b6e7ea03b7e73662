/** What a run leaves for people to do beside the exceptions: MSCA-DQ-01, 03, 04 and 06. */
import type { ComparedField, ListCut, RowBeside } from './beside.ts';
import type { NhsNumber } from './nhs-number.ts';

/** A row whose number the provider called superseded (MSCA-DQ-03). */
export interface SupersededRow {
  readonly beside: RowBeside;
  /** Absent when the provider did not name exactly one. */
  readonly replacement?: NhsNumber;
  /**
   * - `replace`: no other row of the file has the replacement, and the evidence agrees;
   * - `merge`: another row has it, so a person merges the two records;
   * - `check`: the replacement is unknown or in doubt.
   */
  readonly task: 'replace' | 'merge' | 'check';
}

/** A number that several rows hold or came to (MSCA-DQ-01). */
export interface SharedByRows {
  readonly nhsNumber: NhsNumber;
  /**
   * - `held-back`: they look like different people, or one of them has it by replacement: no match;
   * - `one-person`: those that came to it look like one person, and are matches;
   * - `as-supplied`: they brought it with them, and at most one of them is confirmed.
   */
  readonly kind: 'held-back' | 'one-person' | 'as-supplied';
  readonly count: number;
  /** The first of them. */
  readonly rows: readonly { readonly row: number; readonly localId: string }[];
}

export interface WorkLists {
  readonly superseded: ListCut<SupersededRow>;
  /** Rows whose number has been withdrawn, whatever became of them (MSCA-DQ-04). */
  readonly invalidated: ListCut<RowBeside>;
  readonly shared: ListCut<SharedByRows>;
  /** Matched rows on which PDS holds something else (MSCA-DQ-06). */
  readonly discrepancies: ListCut<RowBeside> & {
    /** Matched rows for which PDS returned details to compare. */
    readonly compared: number;
    readonly byField: Readonly<Record<ComparedField | 'deceased', number>>;
  };
}
