import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DecidedRow } from '../../src/reconcile/decide-rows.ts';
import { writeRows } from '../../src/reconcile/write-rows.ts';
import { aNumber } from '../support/people.ts';

const HEADERS = ['Id', 'Surname'];
const TRACE =
  'trace_row,trace_nhs_number,trace_outcome,trace_nhs_number_status,trace_response_code,trace_step,trace_source,trace_message_id,trace_at';
const EXCEPTION = 'exception_code,exception_reason,exception_action,exception_candidate';
let folder = '';
let paths = { matched: '', exceptions: '', workbook: '' };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'write-rows-'));
  paths = {
    matched: join(folder, 'matched.csv'),
    exceptions: join(folder, 'exceptions.csv'),
    workbook: join(folder, 'exceptions.xlsx'),
  };
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

function aMatch(row: number, cells: readonly string[] = ['0001', 'Testby']): DecidedRow {
  return {
    row,
    cells,
    decision: { kind: 'match', outcome: 'traced', nhsNumber: aNumber(), status: '01' },
    responseCode: 'SMSP-0000',
    step: 'names',
    source: 'provider',
    messageId: 'MESSAGE',
    at: '2026-11-22T16:45:00.000Z',
  };
}

function anException(row: number, cells: readonly string[] = ['0001', 'Testby']): DecidedRow {
  return {
    ...aMatch(row, cells),
    decision: {
      kind: 'exception',
      code: 'possible-match',
      reason: 'Postcode: PDS holds another.',
      action: 'Compare, field by field.',
      candidate: aNumber('9990341702'),
      status: '04',
    },
  };
}

async function written(rows: readonly DecidedRow[], headers = HEADERS) {
  const totals = await writeRows(rows, headers, rows.length, paths);
  return {
    totals,
    matched: await readFile(paths.matched, 'utf8'),
    exceptions: await readFile(paths.exceptions, 'utf8'),
  };
}

const table = (text: string) => parse(text) as string[][];

describe('the two files', () => {
  it('hold their headers, the cells as they were, and what is said of the row', async () => {
    const { matched, exceptions } = await written([aMatch(1), anException(2)]);

    expect(matched).toBe(
      `Id,Surname,${TRACE}\n0001,Testby,1,9990123454,traced,01,SMSP-0000,names,provider,MESSAGE,2026-11-22T16:45:00.000Z\n`,
    );
    expect(exceptions).toBe(
      `Id,Surname,${TRACE},${EXCEPTION}\n0001,Testby,2,,,04,SMSP-0000,names,provider,MESSAGE,2026-11-22T16:45:00.000Z,possible-match,Postcode: PDS holds another.,"Compare, field by field.",9990341702\n`,
    );
  });

  it('hold each row once, in order, more than is written at once', async () => {
    const rows = Array.from({ length: 3500 }, (_, at) =>
      at % 3 === 0 ? anException(at + 1) : aMatch(at + 1),
    );

    const { totals, matched, exceptions } = await written(rows);

    const rowsOf = (text: string) =>
      table(text)
        .slice(1)
        .map((cells) => Number(cells[2]));
    const numbers = rows.map(({ row }) => row);
    expect(rowsOf(matched)).toEqual(numbers.filter((row) => row % 3 !== 1));
    expect(rowsOf(exceptions)).toEqual(numbers.filter((row) => row % 3 === 1));
    expect(totals).toMatchObject({
      rows: 3500,
      outcomes: { traced: 2333 },
      exceptions: { 'possible-match': 1167 },
    });
  });

  it('are there with their headers when there is nothing to say', async () => {
    const { matched, exceptions } = await written([]);

    expect(matched).toBe(`Id,Surname,${TRACE}\n`);
    expect(exceptions).toBe(`Id,Surname,${TRACE},${EXCEPTION}\n`);
  });

  it('leave the candidate empty when there is none', async () => {
    const { candidate: _none, ...decision } = anException(1).decision as Extract<
      DecidedRow['decision'],
      { kind: 'exception' }
    >;

    const { exceptions } = await written([{ ...anException(1), decision }]);

    expect(table(exceptions)[1]?.at(-1)).toBe('');
  });

  it('belong to their owner alone, and nothing is left beside them', async () => {
    await written([aMatch(1)]);

    expect((await stat(paths.matched)).mode & 0o777).toBe(0o600);
    expect((await stat(paths.exceptions)).mode & 0o777).toBe(0o600);
    expect((await readdir(folder)).sort()).toEqual([
      'exceptions.csv',
      'exceptions.xlsx',
      'matched.csv',
    ]);
  });
});

describe('original cells', () => {
  const CELLS = [
    ['leading zeros', '000123'],
    ['blanks around', '  Testby '],
    ['quotes', 'Rowan "Ro" Testby'],
    ['a comma', 'Testby, Rowan'],
    ['a line end', '1 High Street\nTesttown'],
    ['a CRLF', '1 High Street\r\nTesttown'],
    ['a CR', '1 High Street\rTesttown'],
    ['a tab inside', 'a\tb'],
    ['letters beyond ASCII', 'Łukasz Żółć 李'],
    ['nothing', ''],
    ['a decimal', '9990123454.0'],
    ['an exponent', '9.99E+09'],
    ['an apostrophe in front', "'0123"],
  ] as const;

  it.each(CELLS)('stand in both files as they were: %s', async (_name, cell) => {
    const cells = [cell, 'x'];

    const { matched, exceptions } = await written([aMatch(1, cells), anException(2, cells)]);

    expect(table(matched)[1]?.slice(0, 2)).toEqual(cells);
    expect(table(exceptions)[1]?.slice(0, 2)).toEqual(cells);
  });

  it('never break a line unless they are in quotes', async () => {
    const { matched } = await written([aMatch(1, ['a\rb', 'c\r'])]);

    expect(matched).toContain('"a\rb","c\r",1,');
  });

  it.each(['=1+1', '+44 20', '-', '@home', '\tx', '\rx', '=HYPERLINK("http://x")'])(
    'that a spreadsheet would run get a quote in exceptions.csv alone: %j',
    async (cell) => {
      const cells = [cell, 'x'];

      const { matched, exceptions } = await written([aMatch(1, cells), anException(2, cells)]);

      expect(table(matched)[1]?.[0]).toBe(cell);
      expect(table(exceptions)[1]?.[0]).toBe(`'${cell}`);
    },
  );

  it('keep header cells in both files', async () => {
    const headers = ['NHS "number"', 'Name\n(full)'];

    const { matched, exceptions } = await written([aMatch(1), anException(2)], headers);

    expect(table(matched)[0]?.slice(0, 2)).toEqual(headers);
    expect(table(exceptions)[0]?.slice(0, 2)).toEqual(headers);
  });
});

describe('when it fails', () => {
  const expectNothingNew = async () => {
    expect((await readdir(folder)).sort()).toEqual([]);
  };

  it.each([
    ['a row is missing', [aMatch(1), aMatch(3)], 3],
    ['a row comes twice', [aMatch(1), anException(1)], 2],
    ['there are too few rows', [aMatch(1)], 2],
    ['there are too many rows', [aMatch(1), aMatch(2)], 1],
  ])('leaves no file: %s', async (_name, rows, expected) => {
    await expect(writeRows(rows, HEADERS, expected, paths)).rejects.toThrow(/row/);

    await expectNothingNew();
  });

  it('leaves no file when the rows stop half-way', async () => {
    function* broken(): Iterable<DecidedRow> {
      for (let row = 1; row <= 2500; row += 1) yield row % 2 === 0 ? aMatch(row) : anException(row);
      throw new Error('the ledger cannot be read');
    }

    await expect(writeRows(broken(), HEADERS, 5000, paths)).rejects.toThrow('ledger');

    await expectNothingNew();
  });

  it('leaves the files of an earlier run as they were', async () => {
    await writeFile(paths.matched, 'old');
    await writeFile(paths.exceptions, 'old');

    await expect(writeRows([aMatch(2)], HEADERS, 1, paths)).rejects.toThrow();

    expect(await readFile(paths.matched, 'utf8')).toBe('old');
    expect(await readFile(paths.exceptions, 'utf8')).toBe('old');
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('leaves no file when the second one cannot be begun', async () => {
    const exceptions = join(folder, 'absent', 'exceptions.csv');

    await expect(writeRows([aMatch(1)], HEADERS, 1, { ...paths, exceptions })).rejects.toThrow(
      /ENOENT/,
    );

    await expectNothingNew();
  });
});
