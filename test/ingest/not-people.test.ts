import { describe, expect, it } from 'vitest';
import { mapColumns } from '../../src/ingest/map-columns.ts';
import { whatElse } from '../../src/ingest/not-people.ts';

const HEADERS = ['NHS number', 'Surname', 'DOB', 'Notes'];
const COLUMNS = mapColumns(HEADERS, {}, 'people.csv');

function kindOf(cells: readonly string[]): string | undefined {
  return whatElse(cells, HEADERS, COLUMNS)?.kind;
}

describe('rows that are no people', () => {
  it.each([
    [['Total: 25']],
    [['Grand total', '25', '', '']],
    [['', 'TOTALS', '', '25']],
    [['25 records', '', '', '']],
    [['(25 rows affected)']],
    [['End of report']],
    [['Printed on 25/11/2026 at 10:00', '', '', '']],
    [['Page 1 of 3']],
    [['-----', '-----', '', '']],
  ])('%j is a footer', (cells) => {
    expect(kindOf(cells)).toBe('footer');
  });

  it('knows the header again', () => {
    expect(kindOf(['NHS NUMBER', 'surname', 'D.O.B.', 'x'])).toBe('header-again');
  });

  it.each([
    [['9990123454', 'Total', '17/09/1981', '']],
    [['', 'Total', '17/09/1981', '']],
    [['', 'Page', 'unknown', '1']],
    [['', 'Totalby', '', '']],
    [['', '', '', '']],
  ])('%j is none', (cells) => {
    expect(kindOf(cells)).toBeUndefined();
  });
});
