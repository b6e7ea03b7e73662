import type { Field, SourceCells } from '../domain/field.ts';
import type { Finding } from '../domain/finding.ts';
import { isInitial } from '../domain/person-name.ts';
import { type NameCells, nameCellsOf } from './name-cells.ts';
import { readName } from './name-text.ts';
import { isPlaceholderName } from './placeholders.ts';

/** The name parts of a row that can be used; the others are absent. */
interface Names {
  readonly familyName?: string;
  readonly givenName?: string;
  readonly otherGivenNames?: string;
}

export interface NamesReading {
  readonly names: Names;
  readonly findings: readonly Finding[];
  /** The cells that hold a name for a new baby; what that means depends on the age. */
  readonly babyNameFields: readonly Field[];
}

/** What PDS holds at most, in characters, and a limit for a cell that is not taken apart yet. */
export const MAX_NAME_LENGTH = 35;
const MAX_OTHER_NAMES_LENGTH = 100;
const MAX_CELL_LENGTH = 500;

/**
 * Reads all name cells of a row. `full_name` counts only when family and given name are both empty,
 * and must be in the form `SURNAME, Forename`. A given name cell with several names gives its first
 * to `givenName` and the rest to `otherGivenNames`, before those of their own column.
 * No names and no findings for empty cells.
 */
export function normaliseNames(cells: SourceCells): NamesReading {
  const nameCells = nameCellsOf(cells);
  if (nameCells.isUnsplit) return readUnsplit(nameCells.given.text);
  const family = readPart(nameCells.family.field, nameCells.family.text, MAX_NAME_LENGTH);
  const given = readGiven(nameCells);
  const parts = [family, ...given.parts];
  const names = {
    ...(family.value === undefined ? {} : { familyName: family.value }),
    ...given.names,
  };
  const dummies = isKnownDummy(names) ? [family.field, nameCells.given.field] : [];
  return {
    names: dummies.length > 0 ? {} : names,
    findings: [
      ...parts.flatMap((part) => part.findings),
      ...dummies.map((field): Finding => ({ field, code: 'name-placeholder' })),
    ],
    babyNameFields: parts.filter((part) => part.isBabyName).map((part) => part.field),
  };
}

interface Part {
  readonly field: Field;
  readonly value: string | undefined;
  readonly findings: readonly Finding[];
  readonly isBabyName: boolean;
}

function readPart(field: Field, text: string, maxLength: number): Part {
  const { value, findings, isBabyName } = readName(text, maxLength);
  return {
    field,
    value,
    findings: findings.map((code) => ({ field, code })),
    isBabyName: isBabyName === true,
  };
}

/** Without a comma nobody can tell the parts apart; what else is wrong with the cell comes first. */
function readUnsplit(text: string): NamesReading {
  const whole = readPart('full_name', text, MAX_CELL_LENGTH);
  const order: Finding = { field: 'full_name', code: 'full-name-order' };
  const isName = whole.value !== undefined || whole.findings.some((f) => f.code === 'name-comma');
  return {
    names: {},
    findings: isName ? [order] : whole.findings,
    babyNameFields: whole.isBabyName ? [whole.field] : [],
  };
}

/** Reads every part again once it stands alone, so that `JOHN UNKNOWN` does not become a middle name. */
function readGiven({ given, other }: NameCells): { names: Names; parts: readonly Part[] } {
  const wholeGiven = readPart(given.field, given.text, MAX_CELL_LENGTH);
  const wholeOther = asMiddleName(readPart(other.field, other.text, MAX_CELL_LENGTH));
  const [firstWord = '', ...moreWords] = wordsOf(wholeGiven.value);
  const otherWords = wordsOf(wholeOther.value);
  const first = withInitialWarning(readPart(given.field, firstWord, MAX_NAME_LENGTH));
  const restField = otherWords.length > 0 ? other.field : given.field;
  const restText = [...moreWords, ...otherWords].join(' ');
  const rest = asMiddleName(readPart(restField, restText, MAX_OTHER_NAMES_LENGTH));
  return {
    names: {
      ...(first.value === undefined ? {} : { givenName: first.value }),
      ...(rest.value === undefined ? {} : { otherGivenNames: rest.value }),
    },
    parts: [wholeGiven, wholeOther, first, rest],
  };
}

/** The names of a cell, with dotted initials set apart: `J.R.` gives J and R, `ST.JOHN` itself. */
function wordsOf(value: string | undefined): readonly string[] {
  const spaced = value?.replace(/(?<![\p{L}\p{M}'-])(\p{L}\p{M}*)\./gu, '$1 ');
  return spaced?.split(' ').filter(Boolean) ?? [];
}

/** A child with a first name is not unnamed, whatever its other names are. */
function asMiddleName(part: Part): Part {
  if (!part.isBabyName) return part;
  return {
    ...part,
    isBabyName: false,
    findings: [{ field: part.field, code: 'name-placeholder' }],
  };
}

function withInitialWarning(part: Part): Part {
  if (part.value === undefined || !isInitial(part.value)) return part;
  return { ...part, findings: [...part.findings, { field: part.field, code: 'name-initial' }] };
}

/** JOHN DOE and the like, spread over the columns. */
function isKnownDummy({ givenName, otherGivenNames = '', familyName }: Names): boolean {
  if (givenName === undefined || familyName === undefined) return false;
  return [`${givenName} ${familyName}`, `${givenName} ${otherGivenNames} ${familyName}`].some(
    isPlaceholderName,
  );
}
