/** The rows of a worksheet, out of its XML piece by piece. ECMA-376-1, 18.3.1. */
import { createXmlStreamReader } from '../lib/xml-stream.ts';
import type { TableRow } from './table.ts';
import type { CellFormat } from './xlsx-formats.ts';
import { type CellContext, cellText } from './xlsx-values.ts';

const MAX_ROWS = 1_048_576;
const MAX_COLUMNS = 16_384;

export interface SheetReader {
  /** The rows that are complete now; wholly blank ones are left out. */
  write(text: string): readonly TableRow[];
  end(): void;
  /** Cells with a formula and no value, so far. */
  formulasWithoutValues(): number;
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
  let uncalculated = 0;
  const openRow = (r: string | undefined): void => {
    const next = r === undefined ? line + 1 : Number(r);
    if (!(Number.isInteger(next) && next > line && next <= MAX_ROWS)) {
      throw new SheetError(`its rows are not in order after row ${line}`);
    }
    line = next;
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
    if (cell.hasFormula && cell.value === '') uncalculated += 1;
    if (cell.value === '') return;
    const text = cellText({ ...cell, format: context.format(cell.style) }, context);
    if (text === undefined) throw new SheetError(`a cell of row ${line} has lost its text`);
    while (cells.length < cell.column) cells.push('');
    cells.push(text);
  };
  const xml = createXmlStreamReader({
    open: (name, attributes) => {
      path = `${path}/${name}`;
      if (path === ROW) openRow(attributes['r']);
      else if (path === CELL) openCell(attributes);
      else if (path === FORMULA) cell.hasFormula = true;
    },
    text: (text) => {
      if (VALUES.has(path)) cell.value += text;
    },
    close: (name) => {
      if (path === CELL) closeCell();
      else if (path === ROW && cells.some((text) => text.trim() !== '')) rows.push({ line, cells });
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
    formulasWithoutValues: () => uncalculated,
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
