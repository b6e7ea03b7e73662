/** A run's files beside those of the run that nothing disturbed. */
import { comparable, type Row } from '../support/runs.ts';

export interface Compared {
  /** Rows of the input in neither file. */
  readonly lost: readonly number[];
  /** Rows that stand there twice, in one file or in both. */
  readonly twice: readonly number[];
  /** A sentence for each file that differs, with the first row that does. */
  readonly differing: readonly string[];
}

/** Message ids and times apart, row for row, in order. */
export function compareOutputs(directory: string, reference: string): Compared {
  return compareTables(comparable(directory), comparable(reference));
}

const FILES = ['matched.csv', 'exceptions.csv'];

export function compareTables(
  mine: readonly (readonly Row[])[],
  reference: readonly (readonly Row[])[],
): Compared {
  const wanted = reference.flat().map(rowNumber);
  const counts = Map.groupBy(mine.flat().map(rowNumber), (row) => row);
  return {
    lost: wanted.filter((row) => !counts.has(row)),
    twice: [...counts].filter(([, found]) => found.length > 1).map(([row]) => row),
    differing: FILES.flatMap((name, at) => difference(name, mine[at] ?? [], reference[at] ?? [])),
  };
}

function difference(name: string, mine: readonly Row[], reference: readonly Row[]): string[] {
  const length = Math.max(mine.length, reference.length);
  for (let at = 0; at < length; at += 1) {
    const columns = differingColumns(mine[at], reference[at]);
    if (columns.length === 0) continue;
    const row = rowNumber(mine[at] ?? reference[at] ?? {});
    return [`${name} from row ${row} on, in ${columns.join(', ')}`];
  }
  return [];
}

/** By name: what stands in them may be about somebody. */
function differingColumns(mine: Row = {}, reference: Row = {}): string[] {
  const names = new Set([...Object.keys(mine), ...Object.keys(reference)]);
  return [...names].filter((name) => mine[name] !== reference[name]);
}

function rowNumber(row: Row): number {
  return Number(row['trace_row']);
}
