/** Which cells of a row its names are read from. */
import type { Field, SourceCells } from '../domain/field.ts';
import { cleanText } from './clean-text.ts';

interface NameCell {
  /** The column of the input that the text stood in, for the findings. */
  readonly field: Field;
  readonly text: string;
}

export interface NameCells {
  readonly family: NameCell;
  readonly given: NameCell;
  readonly other: NameCell;
  /** A full name that has not exactly one comma stands whole in `given`. */
  readonly isUnsplit: boolean;
}

/**
 * The cells for family, given and other given names; an absent column counts as empty. The full name
 * is taken apart at its comma, and only when family and given name are both empty.
 */
export function nameCellsOf(cells: SourceCells): NameCells {
  const family = cellOf(cells, 'family_name');
  const given = cellOf(cells, 'given_name');
  const other = cellOf(cells, 'other_given_names');
  const full = cellOf(cells, 'full_name');
  const isSplitAlready = !(isBlank(family) && isBlank(given));
  if (isSplitAlready || isBlank(full)) return { family, given, other, isUnsplit: false };
  const [before = '', after, ...more] = full.text.split(',');
  if (after === undefined || more.length > 0) {
    return { family, given: full, other, isUnsplit: true };
  }
  return {
    family: { ...full, text: before },
    given: { ...full, text: after },
    other,
    isUnsplit: false,
  };
}

function cellOf(cells: SourceCells, field: Field): NameCell {
  return { field, text: cells[field] ?? '' };
}

function isBlank(cell: NameCell): boolean {
  return cleanText(cell.text) === '';
}
