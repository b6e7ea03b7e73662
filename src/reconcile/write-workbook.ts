/** exceptions.xlsx: the rows of exceptions.csv on one sheet, and again on a sheet for each cause. */
import { strToU8, Zip, ZipDeflate } from 'fflate';
import { EXCEPTION_CODES, type ExceptionCode } from '../domain/exception.ts';
import { openAtomicFile } from '../lib/atomic-write.ts';
import {
  MAX_SHEET_ROWS,
  type SheetColumn,
  sheetEnd,
  sheetRow,
  sheetStart,
  workbookParts,
} from './sheet-xml.ts';
import type { OutputFile } from './write-csv.ts';

export interface Workbook extends OutputFile {
  add(code: ExceptionCode, cells: readonly string[]): Promise<void>;
}

const ALL = 'All';
/** So many rows are compressed at once. */
const ROWS_A_WRITE = 500;
/** The text repeats itself so much that more effort gains little. */
const LEVEL = 2;

/**
 * Begins a workbook that will stand at `path`. The first sheet goes to the disk as it grows; the others are
 * kept compressed until then, some 100 bytes a row.
 */
export async function openWorkbook(path: string, header: readonly string[]): Promise<Workbook> {
  const file = await openAtomicFile(path);
  const columns = header.map(columnOf);
  const zipped = createZip();
  const sheets: Sheet[] = [];
  const current = new Map<string, Sheet>();
  const sheetFor = (name: string): Sheet => {
    const known = current.get(name);
    if (known !== undefined && known.rows() < MAX_SHEET_ROWS) return known;
    const before = sheets.filter((sheet) => sheet.name.split(' ', 1)[0] === name).length;
    const title = before === 0 ? name : `${name} ${before + 1}`;
    const sheet = createSheet(title, `sheet${sheets.length + 1}.xml`, columns, zipped.zip);
    sheets.push(sheet);
    current.set(name, sheet);
    return sheet;
  };
  sheetFor(ALL);
  return {
    add: async (code, cells) => {
      for (const name of [ALL, code]) sheetFor(name).add(cells);
      if (zipped.hasBytes()) await file.write(zipped.take());
    },
    finish: async () => {
      for (const sheet of sheets) sheet.end();
      const parts = workbookParts(sheets.toSorted((a, b) => placeOf(a.name) - placeOf(b.name)));
      for (const [part, text] of Object.entries(parts)) addPart(zipped.zip, part, text);
      zipped.zip.end();
      await file.write(zipped.take());
    },
    commit: () => file.commit(),
    discard: () => file.discard(),
  };
}

/** `All` first, then the causes in their usual order. */
function placeOf(name: string): number {
  return EXCEPTION_CODES.findIndex((code) => name.startsWith(code));
}

interface Sheet {
  readonly name: string;
  readonly file: string;
  add(cells: readonly string[]): void;
  end(): void;
  /** The header included. */
  rows(): number;
}

function createSheet(name: string, file: string, columns: readonly SheetColumn[], zip: Zip): Sheet {
  const entry = new ZipDeflate(`xl/worksheets/${file}`, { level: LEVEL });
  zip.add(entry);
  let waiting = sheetStart(columns);
  let rows = 1;
  return {
    name,
    file,
    add: (cells) => {
      rows += 1;
      waiting += sheetRow(rows, cells, columns);
      if (rows % ROWS_A_WRITE > 0) return;
      entry.push(strToU8(waiting));
      waiting = '';
    },
    end: () => entry.push(strToU8(waiting + sheetEnd(rows, columns.length)), true),
    rows: () => rows,
  };
}

function addPart(zip: Zip, path: string, text: string): void {
  const entry = new ZipDeflate(path, { level: LEVEL });
  zip.add(entry);
  entry.push(strToU8(text), true);
}

/** A zip whose bytes are fetched when somebody has time to write them. */
function createZip() {
  let chunks: Uint8Array[] = [];
  let failure: Error | undefined;
  const zip = new Zip((error, chunk) => {
    if (error) failure = error;
    else chunks.push(chunk);
  });
  return {
    zip,
    hasBytes: () => chunks.length > 0,
    take: (): Buffer => {
      if (failure !== undefined) throw failure;
      const bytes = Buffer.concat(chunks);
      chunks = [];
      return bytes;
    },
  };
}

const WIDTHS: Readonly<Record<string, number>> = {
  exception_reason: 60,
  exception_action: 60,
  exception_candidate: 20,
  trace_message_id: 40,
  trace_at: 26,
};

function columnOf(name: string): SheetColumn {
  const width = WIDTHS[name] ?? Math.min(40, Math.max(14, name.length + 4));
  return { name, width, isWrapped: width === 60 };
}
