/** The rows of a worksheet, out of its XML piece by piece. ECMA-376-1, 18.3.1. */
import { createXmlStreamReader } from '../lib/xml-stream.ts';
import type { TableRow } from './table.ts';
import type { CellFormat } from './xlsx-formats.ts';
import { addMarks, createSheetSeen, type SheetSeen } from './xlsx-remarks.ts';
import { type CellContext, cellText } from './xlsx-values.ts';

const MAX_ROWS = 1_048_576;
const MAX_COLUMNS = 16_384;
/** A cell further to the right stands there by mistake, and would make every row as wide. */
const MOST_COLUMNS_READ = 2000;
/** Of one cell. A spreadsheet program holds 32,767. */
export const MAX_CELL_CHARACTERS = 1024 * 1024;

export interface SheetReader {
  /** The rows that are complete now; wholly blank ones are left out. */
  write(text: string): readonly TableRow[];
  end(): void;
  /** What was noticed so far. */
  seen(): SheetSeen;
}

/** What is wrong with the sheet; holds nothing of its cells. */
export class SheetError extends Error {}

export interface SheetContext extends CellContext {
  /** By the cell's style; plain for a style that is not there. */
  readonly format: (style: number) => CellFormat;
}

export function createSheetReader(context: SheetContext): SheetReader {
  let rows: TableRow[] = [];
  let line = 0;
  let cells: string[] = [];
  let cell = { column: -1, type: 'n', style: 0, hasFormula: false, value: '' };
  let path = '';
  let isHidden = false;
  const seen = createSheetSeen();
  const openRow = ({ r, hidden }: Readonly<Record<string, string>>): void => {
    const next = r === undefined ? line + 1 : Number(r);
    if (!(Number.isInteger(next) && next > line && next <= MAX_ROWS)) {
      throw new SheetError(`its rows are not in order after row ${line}`);
    }
    line = next;
    isHidden = hidden === '1' || hidden === 'true';
    cells = [];
    cell = { ...cell, column: -1 };
  };
  const openCell = ({ r, t, s }: Readonly<Record<string, string>>): void => {
    const column = r === undefined ? cell.column + 1 : columnOf(r);
    if (!(column > cell.column && column < MAX_COLUMNS)) {
      throw new SheetError(`the cells of row ${line} are not in order`);
    }
    cell = { column, type: t ?? 'n', style: Number(s ?? 0), hasFormula: false, value: '' };
  };
  const closeCell = (): void => {
    if (cell.hasFormula && cell.value === '') seen.formulasWithoutValues += 1;
    if (cell.value === '') return;
    const text = cellText({ ...cell, format: context.format(cell.style) }, context);
    if (text === undefined) throw new SheetError(`a cell of row ${line} has lost its text`);
    if (cell.column >= MOST_COLUMNS_READ) {
      throw new SheetError(
        `a cell of row ${line} stands in column ${cell.column + 1}, and ${MOST_COLUMNS_READ} are read; delete what stands there`,
      );
    }
    while (cells.length < cell.column) cells.push('');
    cells.push(text);
  };
  const closeRow = (): void => {
    if (cells.every((text) => text.trim() === '')) return;
    rows.push({ line, cells });
    seen.width = Math.max(seen.width, cells.length);
    if (isHidden) seen.hiddenRows.push(line);
  };
  const xml = createXmlStreamReader({
    open: (name, attributes) => {
      path = `${path}/${name}`;
      if (path === ROW) openRow(attributes);
      else if (path === CELL) openCell(attributes);
      else if (path === FORMULA) cell.hasFormula = true;
      else addMarks(seen, path, attributes);
    },
    text: (text) => {
      if (!VALUES.has(path)) return;
      if (cell.value.length + text.length > MAX_CELL_CHARACTERS) {
        throw new SheetError(
          `a cell of row ${line} is over ${MAX_CELL_CHARACTERS} characters long`,
        );
      }
      cell.value += text;
    },
    close: (name) => {
      if (path === CELL) closeCell();
      else if (path === ROW) closeRow();
      path = path.slice(0, -name.length - 1);
    },
  });
  return {
    write: (text) => {
      xml.write(text);
      const complete = rows;
      rows = [];
      return complete;
    },
    end: () => xml.end(),
    seen: () => seen,
  };
}

const ROW = '/worksheet/sheetData/row';
const CELL = `${ROW}/c`;
const FORMULA = `${CELL}/f`;
/** Phonetic readings (`rPh`) are not the text. */
const VALUES: ReadonlySet<string> = new Set([`${CELL}/v`, `${CELL}/is/t`, `${CELL}/is/r/t`]);

/** 0 for A1, 27 for AB7; -1 for anything else. */
function columnOf(reference: string): number {
  const letters = /^([A-Z]{1,3})\d{1,7}$/.exec(reference)?.[1] ?? '';
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
