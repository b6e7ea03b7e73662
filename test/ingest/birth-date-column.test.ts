import { describe, expect, it } from 'vitest';
import { createBirthDateColumn, dateOfSerial } from '../../src/ingest/birth-date-column.ts';

function faultOf(cells: readonly string[], rows = cells.length): string | undefined {
  const column = createBirthDateColumn();
  for (const [at, cell] of cells.entries()) column.count(cell, at + 1);
  return column.fault(rows);
}

const LOW = ['1981-05-09', '1990-03-12', '1988-11-08', '1970-01-02', '1966-10-10'];
const UK = ['17/09/1981', '13/02/1975', '25/12/1960', '30/06/1999', '19/07/1955'];
const US = ['09/17/1981', '02/13/1975', '12/25/1960', '06/30/1999', '07/19/1955'];

describe('dates that a spreadsheet turned round', () => {
  it.each([
    ['a UK file in a US spreadsheet', UK],
    ['a US file in a UK spreadsheet', US],
  ])('are seen: %s', (_name, texts) => {
    expect(faultOf([...texts, ...LOW])).toContain('5 cells, the first in row 6, are dates');
  });

  it('are seen with a time, and with a few typed in later', () => {
    const many = Array.from({ length: 6 }, () => LOW.map((date) => `${date}T00:00:00`)).flat();

    expect(faultOf([...UK, ...many, '1981-09-17'])).toContain('30 cells');
  });

  it.each([
    ['texts alone', UK],
    ['dates alone', LOW],
    ['dates after the 12th among them', [...UK, ...LOW, '1981-09-17']],
    ['texts up to the 12th among them', [...UK, ...LOW, '01/02/1981', '02/03/1981']],
    ['two texts only', [...UK.slice(0, 2), ...LOW, ...LOW]],
  ])('are not %s', (_name, cells) => {
    expect(faultOf(cells)).toBeUndefined();
  });
});

it.each([
  ['29846', '1981-09-17'],
  ['="29846"', '1981-09-17'],
  ['29846.5', '1981-09-17'],
  ['61', '1900-03-01'],
])('reads the day number %s', (cell, date) => {
  expect(dateOfSerial(cell)).toBe(date);
});

describe('year, day, month', () => {
  it.each([
    ['1981-17-09', '1975-13-02', '1960-25-12'],
    ['19811709', '19751302', '19602512'],
  ])('is seen in three cells: %s, %s, %s', (...cells) => {
    expect(faultOf([...LOW, ...cells])).toContain('3 dates, the first in row 6, begin with the');
  });

  it('is not seen in two cells, in 20/10/1950 without its strokes, nor in nonsense', () => {
    const cells = ['1981-17-09', '1975-13-02', '20101950', '1981-99-09'];

    expect(faultOf(cells)).toBeUndefined();
  });
});

describe('dates moved to the day before', () => {
  const shifted = ['1981-09-16T23:00:00', '16/09/1981 23:00', '1981-09-16 23:00:00.000'];

  it('are seen by their time', () => {
    expect(faultOf([...shifted, '1981-12-16 00:00:00'])).toContain('3 dates, the first in row 1');
  });

  it('are not seen among times of birth', () => {
    expect(faultOf([...shifted, '1981-09-16 11:20'])).toBeUndefined();
  });
});
