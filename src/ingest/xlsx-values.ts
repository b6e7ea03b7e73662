/** The text of a workbook's cell. Pure. */
import type { CellFormat } from './xlsx-formats.ts';

export interface RawCell {
  /** `t` of the cell; `n`, a number, when it has none. */
  readonly type: string;
  /** What stands in `v`, or in `is` for an inline string. */
  readonly value: string;
  readonly format: CellFormat;
}

/** What the workbook as a whole says of its cells. */
export interface CellContext {
  readonly sharedString: (index: number) => string | undefined;
  /** Whether days are counted from 1904. */
  readonly is1904: boolean;
}

/**
 * Texts as they stand; numbers with all their digits, never in scientific notation; a number in a date
 * format as `YYYY-MM-DD`, with `THH:MM:SS` when it has a time; TRUE and FALSE; errors as `#N/A`.
 * `undefined` when the cell points to a text that the workbook does not have.
 */
export function cellText(cell: RawCell, context: CellContext): string | undefined {
  switch (cell.type) {
    case 's':
      return /^\d{1,9}$/.test(cell.value) ? context.sharedString(Number(cell.value)) : undefined;
    case 'b':
      return cell.value === '1' ? 'TRUE' : 'FALSE';
    case 'n':
      return numberText(cell.value.trim(), cell.format, context.is1904);
    case 'd':
      return cell.value.replace(/T00:00(?::00(?:\.0+)?)?Z?$/, '');
    default:
      return unescapeText(cell.value);
  }
}

/** `_x000D_` stands for a character that XML cannot hold. */
export function unescapeText(text: string): string {
  return text.replace(/_x([0-9A-F]{4})_/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function numberText(value: string, format: CellFormat, is1904: boolean): string {
  const number = Number(value);
  if (value === '' || !Number.isFinite(number)) return value;
  if (format.kind === 'date') return dateText(number, is1904) ?? plainNumber(value, number);
  const text = plainNumber(value, number);
  return format.kind === 'zeros' && /^\d+$/.test(text) ? text.padStart(format.digits, '0') : text;
}

/** A workbook holds 17 figures of a number, so nothing that a sheet can show is lost by this. */
function plainNumber(value: string, number: number): string {
  if (Number.isSafeInteger(number)) return String(number);
  const short = String(number);
  return short.includes('e') ? value : short;
}

const DAY_MS = 86_400_000;
/** 31 December 9999. */
const LAST_SERIAL = 2_958_465;

/** `undefined` for a number that is no day. 60 is a 29 February 1900 that never was. */
function dateText(serial: number, is1904: boolean): string | undefined {
  const from1900 = is1904 ? serial + 1462 : serial;
  if (from1900 < 0 || from1900 > LAST_SERIAL + 1) return undefined;
  const seconds = Math.round((from1900 % 1) * 86_400);
  const day = Math.floor(from1900) + (seconds === 86_400 ? 1 : 0);
  const date = dayText(day);
  const time = seconds % 86_400;
  if (time === 0) return date;
  return `${date}T${new Date(time * 1000).toISOString().slice(11, 19)}`;
}

function dayText(day: number): string {
  if (day === 0) return '1900-01-00';
  if (day === 60) return '1900-02-29';
  const dayZero = Date.UTC(1899, 11, day < 60 ? 31 : 30);
  return new Date(dayZero + day * DAY_MS).toISOString().slice(0, 10);
}
