/** What is to be said of a file as a whole. Pure. */
import type { Field } from '../domain/field.ts';
import type { FileNotice, FileNoticeCode } from '../domain/file-notice.ts';
import { TRACE_AND_EXCEPTION_COLUMNS } from '../domain/output-columns.ts';
import type { Seen } from './blank-tail.ts';
import { foldHeader, HEADER_SYNONYMS } from './header-synonyms.ts';
import type { ColumnMap } from './map-columns.ts';
import type { Table } from './open-table.ts';

/** Rows that a sheet can hold at most: of Excel since 2007, and before. */
const ROW_LIMITS: ReadonlySet<number> = new Set([1_048_576, 65_536]);

/** `seen` counts the rows below the header; the last line they reach to is the sheet's own count. */
export function noticesOf(
  table: Table,
  seen: Readonly<Seen>,
  columns: ColumnMap,
): readonly FileNotice[] {
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
    ['other-sheets', form.kind === 'xlsx' ? form.otherSheets.length : 0],
    ['columns-alike', columnsAlike(table.names, columns)],
    ['own-output', table.headers.filter((header) => OWN_COLUMNS.has(header)).length],
  ];
  const found = notices.filter(([, count]) => count > 0).map(([code, count]) => ({ code, count }));
  return [...found, ...table.remarks()];
}

const OWN_COLUMNS: ReadonlySet<string> = new Set(TRACE_AND_EXCEPTION_COLUMNS);

function duplicates(headers: readonly string[]): number {
  const folded = headers.map(foldHeader).filter((header) => header !== '');
  return folded.filter((header) => folded.indexOf(header) !== folded.lastIndexOf(header)).length;
}

/** Not the gender that PDS is searched by, however like its header is. */
const IDENTITY = /IDENTITY|^PERSGENDER$/;
/** `Sex at birth`, which is too short for the rule of the others. */
const SEX = /^SEX(?!UAL)/;

/** The fields whose want makes a trace weaker, or impossible for some rows. */
const WANTED = ['nhs_number', 'family_name', 'given_name', 'gender', 'postcode'] as const;

/**
 * Columns that are not used, and whose header holds a name of a field that was not found: perhaps the
 * person's, perhaps somebody else's.
 */
function columnsAlike(names: readonly string[], columns: ColumnMap): number {
  const isName = (field: Field): boolean => field === 'family_name' || field === 'given_name';
  const wanted = WANTED.filter(
    (field) => !columns.has(field) && !(isName(field) && columns.has('full_name')),
  );
  const words = wanted.flatMap((field) =>
    HEADER_SYNONYMS[field].filter((word) => word.length > 5 || word === 'NHSNO'),
  );
  const used = new Set(columns.values());
  const isAlike = (name: string): boolean => {
    const folded = foldHeader(name);
    if (IDENTITY.test(folded)) return false;
    const isSex = !columns.has('gender') && SEX.test(folded);
    return isSex || words.some((word) => folded.includes(word));
  };
  return names.filter((name, at) => !used.has(at) && isAlike(name)).length;
}
