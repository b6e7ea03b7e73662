/** What is to be said of a sheet besides its cells. Pure. */
import type { FileNotice } from '../domain/file-notice.ts';

/** Counted while the sheet goes by. Lines and columns are 1-based. */
export interface SheetSeen {
  /** Cells with a formula and no value. */
  formulasWithoutValues: number;
  /** Lines of rows that are hidden and not blank. */
  readonly hiddenRows: number[];
  readonly hiddenColumns: { readonly from: number; readonly to: number }[];
  /** First and last line of cells that were made one over several rows. */
  readonly merged: { readonly from: number; readonly to: number }[];
  /** The last column that holds anything. */
  width: number;
}

export function createSheetSeen(): SheetSeen {
  return {
    formulasWithoutValues: 0,
    hiddenRows: [],
    hiddenColumns: [],
    merged: [],
    width: 0,
  };
}

/** More than a sheet has rows would be made to do harm. */
const MOST_MARKS = 1_048_576;

/** Takes note of an element of a worksheet that hides columns or makes cells one. ECMA-376-1, 18.3.1. */
export function addMarks(
  seen: SheetSeen,
  path: string,
  { min, max, hidden, ref }: Readonly<Record<string, string>>,
): void {
  if (path === '/worksheet/cols/col' && (hidden === '1' || hidden === 'true')) {
    if (seen.hiddenColumns.length < MOST_MARKS)
      seen.hiddenColumns.push({ from: Number(min), to: Number(max) });
  }
  if (path !== '/worksheet/mergeCells/mergeCell' || seen.merged.length >= MOST_MARKS) return;
  const [, from, to] = /^[A-Z]+(\d+):[A-Z]+(\d+)$/.exec(ref ?? '') ?? [];
  if (from !== undefined && from !== to) seen.merged.push({ from: Number(from), to: Number(to) });
}

export function sheetRemarks(seen: SheetSeen, headerLine: number): readonly FileNotice[] {
  const hiddenColumns = seen.hiddenColumns.map(
    ({ from, to }) => Math.min(to, seen.width) - from + 1,
  );
  const notices: readonly FileNotice[] = [
    { code: 'formulas-without-values', count: seen.formulasWithoutValues },
    { code: 'hidden-rows', count: seen.hiddenRows.filter((line) => line > headerLine).length },
    { code: 'hidden-columns', count: hiddenColumns.reduce((a, b) => a + Math.max(b, 0), 0) },
    {
      code: 'merged-cells',
      count: seen.merged.filter(({ from }) => from > headerLine).length,
    },
  ];
  return notices.filter(({ count }) => count > 0);
}
