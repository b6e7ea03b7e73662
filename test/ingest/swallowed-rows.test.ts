import { describe, expect, it } from 'vitest';
import { mapColumns } from '../../src/ingest/map-columns.ts';
import { bareReturnCell, isRunTogether, swallowingCell } from '../../src/ingest/swallowed-rows.ts';

const HEADERS = ['NHS number', 'Surname', 'DOB', 'Notes'];
const COLUMNS = mapColumns(HEADERS, {}, 'people.csv');

function found(note: string): number | undefined {
  return swallowingCell(['', 'Testby', '17/09/1981', note], 4, ',', COLUMNS);
}

describe('a cell that holds whole rows', () => {
  it.each(['x\n,Rowan,17/09/1981,"y', 'x\r\n999 012 3454,Rowan,,y', 'x\n9990123454,a,b,c\n,,,'])(
    'is %j',
    (note) => {
      expect(found(note)).toBe(3);
    },
  );

  it.each(['1 High Street\nTesttown\nTestshire, M1 1AE', 'x,Rowan,17/09/1981,y', 'a\nb,c,d,e', ''])(
    'is not %j',
    (note) => {
      expect(found(note)).toBeUndefined();
    },
  );
});

describe('a row that ends with a bare CR', () => {
  it('is told in a row that is wider than the header', () => {
    expect(bareReturnCell(['a', 'b\rc', 'd'], 2)).toBe(1);
  });

  it.each([
    ['as wide as the header', ['a', 'b\rc'], 2],
    ['a CRLF', ['a', 'b\r\nc', 'd'], 2],
    ['a CR at the end', ['a', 'b', 'd\r'], 2],
  ])('is none: %s', (_name, cells, width) => {
    expect(bareReturnCell(cells, width)).toBeUndefined();
  });
});

describe('rows that run together', () => {
  const isIt = (note: string): boolean =>
    isRunTogether(['', 'Testby', '17/09/1981', note], 4, ',', COLUMNS);

  it('are where a number goes on in another line', () => {
    expect(isRunTogether(['999\n0123454', '', '', ''], 4, ',', COLUMNS)).toBe(true);
  });

  it.each([
    ['"x\ny'],
    ['"x"9990123454'],
    ['x\n9990123454,Rowan,17'],
    ['"x,9990123454,Rowan'],
    ['a,b\nc,17/09/1981,d'],
  ])('are %j', (note) => {
    expect(isIt(note)).toBe(true);
  });

  it.each([
    ['1 High Street\nTesttown, Testshire'],
    ['"Good", she said'],
    ['x\nSeen 17/09/1981, well'],
    ['9990123454,a,b'],
  ])('are not %j', (note) => {
    expect(isIt(note)).toBe(false);
  });
});
