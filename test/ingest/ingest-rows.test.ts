import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IngestedRow } from '../../src/domain/record.ts';
import { InputError } from '../../src/errors.ts';
import { type IngestOptions, ingestFile } from '../../src/ingest/ingest-rows.ts';
import { normaliseRecord } from '../../src/normalise/normalise-record.ts';

const HEADER = 'NHS number,Surname,Forename,DOB,Sex,Postcode';
const ROWAN = '999 012 3454,Testby,Rowan,17/09/1981,F,M1 1AE';
let folder = '';
let path = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingest-rows-'));
  path = join(folder, 'people.csv');
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

function options(changes: Partial<IngestOptions> = {}): IngestOptions {
  const dateOrder = changes.dateOrder ?? 'dmy';
  return {
    delimiter: 'auto',
    columns: {},
    dateOrder,
    normalise: (cells) =>
      normaliseRecord(cells, {
        dateOrder,
        acceptsExcelSerials: false,
        acceptsTestNumbers: true,
        today: '20261122',
      }),
    ...changes,
  };
}

async function ingest(
  lines: readonly string[],
  changes: Partial<IngestOptions> = {},
): Promise<IngestedRow[]> {
  await writeFile(path, `${lines.join('\n')}\n`);
  const rows: IngestedRow[] = [];
  for await (const row of (await ingestFile(path, options(changes))).rows) rows.push(row);
  return rows;
}

const fates = (rows: readonly IngestedRow[]) => rows.map(({ fate }) => fate);
const problems = (rows: readonly IngestedRow[]) =>
  rows.map(({ fate }) => (fate.kind === 'local' ? fate.problem.kind : fate.subject.route));

describe('a good row', () => {
  it('becomes a subject, with its cells as they stood', async () => {
    const [row] = await ingest([HEADER, ROWAN]);

    expect(row).toEqual({
      row: 1,
      cells: ['999 012 3454', 'Testby', 'Rowan', '17/09/1981', 'F', 'M1 1AE'],
      findings: [],
      fate: {
        kind: 'trace',
        subject: {
          route: 'verify',
          demographics: {
            nhsNumber: '9990123454',
            familyName: 'Testby',
            givenName: 'Rowan',
            birthDate: '19810917',
            gender: '2',
            postcode: 'M1 1AE',
          },
        },
      },
    });
  });

  it('is searched for without a number', async () => {
    expect(problems(await ingest([HEADER, ',Testby,Rowan,17/09/1981,F,M1 1AE']))).toEqual([
      'search',
    ]);
  });
});

describe('rows that are not sent', () => {
  it.each([
    ['fewer cells', 'x,y', ['x', 'y', '', '', '', ''], 2],
    ['more cells', 'a,b,c,d,e,f,g,h', ['a', 'b', 'c', 'd', 'e', 'f,g,h'], 8],
    [
      'more cells, all after the last empty',
      `${ROWAN},,`,
      ['999 012 3454', 'Testby', 'Rowan', '17/09/1981', 'F', 'M1 1AE,,'],
      8,
    ],
    ['more cells, the surplus quoted', 'a,b,c,d,e,"f,1",g', ['a', 'b', 'c', 'd', 'e', 'f,1,g'], 7],
  ])('%s: ragged, nothing lost and nothing shifted', async (_name, line, cells, count) => {
    const [first, ragged, last] = await ingest([HEADER, ROWAN, line, ROWAN]);

    expect(ragged).toEqual({
      row: 2,
      cells,
      findings: [],
      fate: {
        kind: 'local',
        problem: { kind: 'ragged', cells: count, expected: 6 },
      },
    });
    expect(last).toEqual({ ...first, row: 3 });
  });

  it('joins surplus cells by the delimiter of the file', async () => {
    const [row] = await ingest(['NHS;DOB', '1;2;3']);

    expect(row?.cells).toEqual(['1', '2;3']);
  });

  it.each([
    ['commas only', ',,,,,'],
    ['commas and blanks', ' , ,\t,,,'],
    ['fewer commas', ',,'],
    ['more commas', ',,,,,,,,'],
    ['blanks only', '   '],
  ])('%s: an empty row, which is counted', async (_name, line) => {
    const rows = await ingest([HEADER, ROWAN, line, ROWAN]);

    expect(problems(rows)).toEqual(['verify', 'empty', 'verify']);
    expect(rows.map(({ row, cells }) => [row, cells.length])).toEqual([
      [1, 6],
      [2, 6],
      [3, 6],
    ]);
  });

  it('does not count blank lines', async () => {
    const rows = await ingest([HEADER, '', ROWAN, '', '', ROWAN]);

    expect(rows.map(({ row }) => row)).toEqual([1, 2]);
  });

  it('says what is missing, and whether there is a number', async () => {
    const rows = await ingest([
      HEADER,
      ',Testby,Rowan,,F,',
      '9990123454,Testby,Rowan,,F,',
      ',,Rowan,17/09/1981,,',
    ]);

    expect(fates(rows)).toEqual([
      {
        kind: 'local',
        problem: { kind: 'not-enough', missing: ['birth_date'] },
      },
      {
        kind: 'local',
        problem: { kind: 'not-enough', missing: ['birth_date'] },
        nhsNumber: '9990123454',
      },
      {
        kind: 'local',
        problem: { kind: 'not-enough', missing: ['family_name', 'gender'] },
      },
    ]);
  });

  it('postpones a newborn without a name', async () => {
    const [row] = await ingest([HEADER, ',Testby,Baby,20/11/2026,F,M1 1AE']);

    expect(row?.fate).toMatchObject({ kind: 'local', problem: { kind: 'postponed' } });
  });
});

describe('the file as a whole', () => {
  it('knows headers, columns, delimiter and digest', async () => {
    await writeFile(path, `${HEADER}\n${ROWAN}\n`);

    const file = await ingestFile(path, options());
    for await (const _row of file.rows);

    expect(file.headers).toEqual(HEADER.split(','));
    expect(file.form).toMatchObject({ kind: 'csv', delimiter: ',' });
    expect(Object.fromEntries(file.columns)).toMatchObject({ nhs_number: 0, postcode: 5 });
    expect(file.digest()).toMatch(/^[0-9a-f]{64}$/);
  });

  it('needs a row below the header', async () => {
    await expect(ingest([HEADER])).rejects.toThrow(
      new InputError(`${path}: there is a header row, but no row below it.`),
    );
  });

  it('takes the columns that the job names', async () => {
    const [row] = await ingest(['Nr,Geb', '9990123454,17/09/1981'], {
      columns: { nhs_number: 'Nr', birth_date: 'Geb' },
    });

    expect(row?.fate.kind).toBe('trace');
  });

  it('refuses columns that cannot be told, before any row', async () => {
    await writeFile(path, 'a,b\n1,2\n');

    await expect(ingestFile(path, options())).rejects.toThrow(InputError);
  });
});

it('refuses a header with a person in it, though one row below is as wide', async () => {
  const rows = ingest([
    `${HEADER},${ROWAN}`.replaceAll('999 012', 'x'),
    ...Array<string>(9).fill(ROWAN),
    `${ROWAN},${ROWAN}`,
  ]);

  await expect(rows).rejects.toThrow('the header row has 12 cells');
});

describe('a second table below', () => {
  const other = 'Forename,Surname,NHS number,DOB,Sex,Postcode';

  it('stops the run, with its line', async () => {
    const rows = ingest([HEADER, ROWAN, '', other, 'Rowan,Testby,9990123454,17/09/1981,F,']);

    await expect(rows).rejects.toThrow(InputError);
    await expect(rows).rejects.toThrow('people.csv, line 4: this row looks like the header');
  });

  it.each([
    ['the same columns by other names', 'nhs_no,last_name,first_name,date_of_birth,gender,'],
    ['a person with names like headers', ',Last,Name,17/09/1981,F,'],
  ])('is none of %s', async (_name, line) => {
    expect(await ingest([HEADER, ROWAN, line])).toHaveLength(2);
  });
});

describe('whole columns', () => {
  const born = (date: string) => `,Testby,Rowan,${date},F,M1 1AE`;
  const ofGender = (code: string) => `,Testby,Rowan,17/09/1981,${code},M1 1AE`;
  const times = (count: number, line: string) => Array<string>(count).fill(line);

  it.each([
    ['dmy', 'mdy', '09/17/1981', 'day', 'month'],
    ['mdy', 'dmy', '17/09/1981', 'month', 'day'],
  ] as const)(
    'stop the run when dates read as %s are %s',
    async (dateOrder, other, date, read, is) => {
      const rows = ingest([HEADER, ...times(3, born(date))], { dateOrder });

      await expect(rows).rejects.toThrow(InputError);
      await expect(rows).rejects.toThrow(
        `column 4 ("DOB"): 3 dates, the first in row 1, have 13 or more where the ${is} should be, when read ${read} first`,
      );
      await expect(rows).rejects.toThrow(`date_order: ${other}`);
    },
  );

  it.each(['3', '4', 'Z'])('stop the run when genders are identity codes: %s', async (code) => {
    const rows = ingest([HEADER, ...times(3, ofGender(code))]);

    await expect(rows).rejects.toThrow(InputError);
    await expect(rows).rejects.toThrow('gender identity');
    await expect(rows).rejects.toThrow('columns:\n  gender:');
  });

  it.each([
    ['two dates the other way, in two rows', [...times(2, born('09/17/1981'))]],
    ['two identity codes', [...times(2, ofGender('Z'))]],
    ['three dates of 4,000', [...times(3997, ROWAN), ...times(3, born('09/17/1981'))]],
    ['three identity codes of 4,000', [...times(3997, ROWAN), ...times(3, ofGender('4'))]],
  ])('are not judged by single slips: %s', async (_name, lines) => {
    const rows = await ingest([HEADER, ...lines]);

    expect(rows).toHaveLength(lines.length);
    expect(problems(rows).filter((kind) => kind === 'not-enough').length).toBeGreaterThan(1);
  });

  it.each([
    ['three of 3,000 dates', [...times(2997, ROWAN), ...times(3, born('09/17/1981'))]],
    ['three of 3,000 genders', [...times(2997, ROWAN), ...times(3, ofGender('3'))]],
  ])('are judged by one row in a thousand: %s', async (_name, lines) => {
    await expect(ingest([HEADER, ...lines])).rejects.toThrow(InputError);
  });

  it('never repeat what stands in a cell', async () => {
    await expect(ingest([HEADER, ...times(5, born('09/17/1981'))])).rejects.not.toThrow(
      /1981|Testby|Rowan/,
    );
  });
});

describe('what is noticed of the file', () => {
  async function noticesOf(lines: readonly string[]) {
    await writeFile(path, `${lines.join('\n')}\n`);
    const file = await ingestFile(path, options());
    let rows = 0;
    for await (const _row of file.rows) rows += 1;
    return { rows, notices: file.notices() };
  }

  it.each([
    ['nothing', [HEADER, ROWAN], 1, []],
    [
      'notes above',
      ['Title', 'By me', HEADER, ROWAN],
      1,
      [{ code: 'rows-above-header', count: 2 }],
    ],
    [
      'a column that may hold the number',
      [HEADER.replace('NHS number', 'Mother NHS number'), ROWAN],
      1,
      [{ code: 'columns-alike', count: 1 }],
    ],
    [
      'a column that may hold the sex',
      [HEADER.replace('Sex', 'Sex at birth'), ROWAN],
      1,
      [{ code: 'columns-alike', count: 1 }],
    ],
    [
      'a gender identity and sexual health, which PDS does not hold',
      [`${HEADER.replace('Sex', 'Gender identity')},Sexual health`, `${ROWAN},`],
      1,
      [],
    ],
    [
      'what the program wrote itself',
      [`${HEADER},trace_row,exception_code,trace_id`, `${ROWAN},7,incomplete,1`],
      1,
      [{ code: 'own-output', count: 2 }],
    ],
    ['another column for the number', [`${HEADER},Mother NHS number`, `${ROWAN},`], 1, []],
    ['few blank rows below', [HEADER, ROWAN, ...Array(100).fill(',,,,,')], 101, []],
    [
      'many blank rows below',
      [HEADER, ROWAN, ',,,,,', ROWAN, ...Array(101).fill(',,,,,')],
      3,
      [{ code: 'blank-rows-below', count: 101 }],
    ],
    [
      'a spreadsheet that is full',
      [HEADER, ...Array(65_535).fill('x,,,,,')],
      65_535,
      [{ code: 'row-limit', count: 65_536 }],
    ],
    [
      'headers that are there twice',
      [`${HEADER},Ward,Ward`, `${ROWAN},,`],
      1,
      [{ code: 'duplicate-headers', count: 2 }],
    ],
  ])('%s', async (_name, lines, rows, notices) => {
    expect(await noticesOf(lines)).toEqual({ rows, notices });
  });

  it('stops at rows that an open quote has swallowed', async () => {
    await expect(
      ingest([`${HEADER},Notes`, `${ROWAN},"x`, `${ROWAN},y`, `${ROWAN},"z`]),
    ).rejects.toThrow(
      'line 2, column 7: a quotation mark (") opens here and closes only further down',
    );
  });
});
