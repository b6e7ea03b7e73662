/** What is to be said of a file as a whole. Pure. */
import type { FileNotice, FileNoticeCode } from '../domain/file-notice.ts';
import type { Seen } from './blank-tail.ts';
import { foldHeader } from './header-synonyms.ts';
import type { Table } from './open-table.ts';

/** Rows that a sheet can hold at most: of Excel since 2007, and before. */
const ROW_LIMITS: ReadonlySet<number> = new Set([1_048_576, 65_536]);

/** `seen` counts the rows below the header; the last line they reach to is the sheet's own count. */
export function noticesOf(table: Table, seen: Readonly<Seen>): readonly FileNotice[] {
  const { form } = table;
  const rows = seen.rows + table.linesAbove.length + 1;
  const reached = [rows, seen.lastLine].find((count) => ROW_LIMITS.has(count)) ?? 0;
  const notices: readonly (readonly [FileNoticeCode, number])[] = [
    ['encoding-windows', form.kind === 'csv' && form.encoding === 'windows-1252' ? 1 : 0],
    ['double-encoded', form.kind === 'csv' && form.isDoubleEncoded ? 1 : 0],
    ['rows-above-header', table.linesAbove.length],
    ['blank-rows-below', seen.blankBelow],
    ['row-limit', reached],
    ['duplicate-headers', duplicates(table.headers)],
    ['other-sheets', form.kind === 'xlsx' ? form.otherSheets : 0],
    ['formulas-without-values', table.formulasWithoutValues()],
  ];
  return notices.filter(([, count]) => count > 0).map(([code, count]) => ({ code, count }));
}

function duplicates(headers: readonly string[]): number {
  const folded = headers.map(foldHeader).filter((header) => header !== '');
  return folded.filter((header) => folded.indexOf(header) !== folded.lastIndexOf(header)).length;
}
