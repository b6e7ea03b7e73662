/** Mends cells that stand for something else than they say; what cannot be mended is left. Pure. */
import type { Field, SourceCells } from '../domain/field.ts';
import type { Finding, FindingCode } from '../domain/finding.ts';
import { undoDoubleEncoding } from './double-encoding.ts';

export interface MendedCells {
  readonly cells: SourceCells;
  readonly findings: readonly Finding[];
}

/**
 * Takes `="…"` off any cell, a leading apostrophe off cells other than names (`'t Hooft` is one), and
 * double encoding off all cells of a file that is encoded twice throughout.
 */
export function mendCells(cells: SourceCells, isDoubleEncoded: boolean): MendedCells {
  const mended: Partial<Record<Field, string>> = {};
  const findings: Finding[] = [];
  const put = (field: Field, text: string, before: string, code: FindingCode): string => {
    if (text !== before) findings.push({ field, code });
    return text;
  };
  for (const [name, cell] of Object.entries(cells)) {
    const field = name as Field;
    const bare = put(field, withoutMarks(field, cell), cell, 'spreadsheet-text-marker');
    const text = isDoubleEncoded ? (undoDoubleEncoding(bare) ?? bare) : bare;
    mended[field] = put(field, text, bare, 'text-redecoded');
  }
  return { cells: mended, findings };
}

const NAMES: ReadonlySet<Field> = new Set([
  'family_name',
  'previous_family_name',
  'given_name',
  'other_given_names',
  'full_name',
]);

function withoutMarks(field: Field, cell: string): string {
  const quoted = /^\s*="([^"]*)"\s*$/.exec(cell)?.[1];
  if (quoted !== undefined) return quoted;
  return NAMES.has(field) ? cell : cell.replace(/^'(?=[^'])/, '');
}
