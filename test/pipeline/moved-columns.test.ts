import { describe, expect, it } from 'vitest';
import { createMovedColumns } from '../../src/pipeline/moved-columns.ts';

const NAMES = ['Sample', 'Testby', 'Invent', 'Nobody', 'Example', 'Placebo', 'Fiction', 'Madeup'];
const BEFORE = NAMES.map((name, at) => [
  `H${at}`,
  name,
  at % 2 === 0 ? 'F' : 'M',
  `0${at}/01/1980`,
]);

/** Judges the rows with their second cell, or another, as `change` has it. */
function judge(change: (cell: string, row: number) => string, at = 1): void {
  const moves = createMovedColumns('exceptions.csv', ['ID', 'Surname', 'Sex', 'DOB']);
  for (const [row, before] of BEFORE.entries())
    moves.count(before.with(at, change(before[at] ?? '', row)), before);
  moves.judge();
}

describe('a column that was moved on its own', () => {
  it.each([
    ['sorted', (_: string, row: number) => NAMES.toSorted()[row] ?? ''],
    ['moved down, its last cell lost', (_: string, row: number) => NAMES[row - 1] ?? ''],
    ['moved up, and one cell typed anew', (_: string, row: number) => NAMES[row + 1] ?? 'Fresh'],
  ])('is refused: %s', (_name, change) => {
    expect(() => judge(change)).toThrow('column "Surname": its cells stand in other rows');
  });
});

describe('a column that people mended', () => {
  it.each([
    ['nothing', (cell: string) => cell, 1],
    ['every cell', (cell: string) => `${cell}-Smith`, 1],
    ['two rows whose cells had been exchanged', exchanged(0, 1), 1],
    ['four of them', exchanged(0, 3), 1],
    ['one code for the other throughout', (cell: string) => (cell === 'F' ? 'M' : 'F'), 2],
    ['the same name for all', () => 'Sample', 1],
    ['emptied', () => '', 1],
  ] as const)('is taken: %s', (_name, change, at) => {
    expect(() => judge(change, at)).not.toThrow();
  });
});

/** Rows from one to another in the opposite order. */
function exchanged(from: number, to: number): (cell: string, row: number) => string {
  return (cell, row) => (row < from || row > to ? cell : (NAMES[from + to - row] ?? ''));
}
