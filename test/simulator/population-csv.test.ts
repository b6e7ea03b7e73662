import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isDate, isFullDate, isNewStyleNumber } from '../../src/simulator/person.ts';
import { POPULATION_COLUMNS } from '../../src/simulator/population-columns.ts';
import { readPopulation } from '../../src/simulator/population-csv.ts';
import { SimulatorFileError } from '../../src/simulator/simulator-error.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'population-'));
});
afterAll(() => rm(folder, { recursive: true }));

const RIGHT = {
  nhs_number: '9990123454',
  status: 'current',
  family_name: 'Testbourne',
  given_name: 'Rowan',
  gender: '2',
  birth_date: '19670423',
};
type Cells = Partial<Record<(typeof POPULATION_COLUMNS)[number], string>>;

function lineOf(cells: Cells): string {
  return POPULATION_COLUMNS.map((name) => `"${cells[name] ?? ''}"`).join(',');
}

async function read(...rows: Cells[]) {
  return readText([POPULATION_COLUMNS.join(','), ...rows.map(lineOf)].join('\r\n'));
}

async function readText(text: string | Buffer) {
  const path = join(folder, 'people.csv');
  await writeFile(path, text);
  return readPopulation(path);
}

/** The faults of a file, each as a sentence. */
async function faultsOf(...rows: Cells[]): Promise<readonly string[]> {
  const error: unknown = await read(...rows).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(SimulatorFileError);
  return error instanceof SimulatorFileError ? error.faults : [];
}

test('the columns, as the generator of populations writes them', () => {
  expect(POPULATION_COLUMNS.join()).toBe(
    'nhs_number,status,superseded_by,title,family_name,given_name,other_given_names,gender,' +
      'birth_date,death_date,address_line_1,address_line_2,address_line_3,address_line_4,' +
      'address_line_5,postcode,telephone,gp_practice_code,is_sensitive,previous_family_names,' +
      'previous_postcodes',
  );
});

test('a row with everything', async () => {
  const everything: Cells = {
    ...RIGHT,
    title: 'MX',
    family_name: 'Ñandú',
    other_given_names: 'Ash Quill',
    birth_date: '196704',
    death_date: '2010',
    address_line_2: '1, HIGH ""STREET""',
    address_line_4: 'MOCKFORD',
    postcode: 'ZZ99 3CZ',
    telephone: '01632960123',
    gp_practice_code: 'Z99999',
    is_sensitive: 'Y',
    previous_family_names: 'One|Two Three',
    previous_postcodes: 'ZZ99 1AB',
  };
  expect(await read(everything)).toEqual([
    {
      nhsNumber: '9990123454',
      status: 'current',
      title: 'MX',
      familyName: 'Ñandú',
      givenName: 'Rowan',
      otherGivenNames: 'Ash Quill',
      gender: '2',
      birthDate: '196704',
      deathDate: '2010',
      addressLines: ['', '1, HIGH "STREET"', '', 'MOCKFORD', ''],
      postcode: 'ZZ99 3CZ',
      telephone: '01632960123',
      practiceCode: 'Z99999',
      isSensitive: true,
      previousFamilyNames: ['One', 'Two Three'],
      previousPostcodes: ['ZZ99 1AB'],
    },
  ]);
});

test('a row with as little as there can be, and rows that only point elsewhere', async () => {
  const people = await read(
    RIGHT,
    { nhs_number: '9990000018', status: 'superseded', superseded_by: '9990123454' },
    { nhs_number: '9990000026', status: 'invalidated' },
  );
  expect(people).toHaveLength(3);
  expect(people[0]).toMatchObject({
    isSensitive: false,
    addressLines: undefined,
    title: undefined,
  });
  expect(people[1]).toMatchObject({ status: 'superseded', supersededBy: '9990123454' });
});

test('a byte order mark, blank lines and another order of columns do no harm', async () => {
  const names = [...POPULATION_COLUMNS].reverse();
  const cells: Cells = RIGHT;
  const text = `\ufeff${names.join(',')}\n\n${names.map((name) => cells[name] ?? '').join(',')}\n\n`;
  expect(await readText(text)).toMatchObject([
    { nhsNumber: '9990123454', familyName: 'Testbourne' },
  ]);
});

test('a header alone is a population of nobody', async () => {
  expect(await read()).toEqual([]);
});

describe('says what is wrong, and where', () => {
  test.each<[Cells, string]>([
    [
      { nhs_number: '9990123455' },
      'row 2, column nhs_number: must be ten digits with a right check digit',
    ],
    [{ nhs_number: '' }, 'row 2, column nhs_number: must be ten digits with a right check digit'],
    [
      { nhs_number: '9990123454' },
      'row 2, column nhs_number: the same number stands in a row above',
    ],
    [{ status: 'dead' }, 'row 2, column status: must be one of current, superseded, invalidated'],
    [
      { superseded_by: '9990123454' },
      'row 2, column superseded_by: must be empty with this status',
    ],
    [
      { status: 'superseded' },
      'row 2, column superseded_by: must be ten digits with a right check digit',
    ],
    [
      { status: 'superseded', superseded_by: '9990000026' },
      'row 2, column superseded_by: leads to a number that is not in the file',
    ],
    [
      { status: 'superseded', superseded_by: '9990000018' },
      'row 2, column superseded_by: leads back to itself',
    ],
    [{ gender: 'F' }, 'row 2, column gender: must be one of 0, 1, 2, 9'],
    [{ gender: '' }, 'row 2, column gender: must be one of 0, 1, 2, 9'],
    [{ birth_date: '' }, 'row 2, column birth_date: must be a date, YYYYMMDD, YYYYMM or YYYY'],
    [
      { birth_date: '19670230' },
      'row 2, column birth_date: must be a date, YYYYMMDD, YYYYMM or YYYY',
    ],
    [
      { birth_date: '1967-04-23' },
      'row 2, column birth_date: must be a date, YYYYMMDD, YYYYMM or YYYY',
    ],
    [
      { death_date: 'yes' },
      'row 2, column death_date: must be empty or a date, YYYYMMDD, YYYYMM or YYYY',
    ],
    [{ is_sensitive: 'N' }, 'row 2, column is_sensitive: must be Y or empty'],
  ])('%o', async (cells, fault) => {
    expect(await faultsOf(RIGHT, { ...RIGHT, nhs_number: '9990000018', ...cells })).toEqual([
      fault,
    ]);
  });

  test('many faults at once, but no more than twenty', async () => {
    expect(
      await faultsOf({ ...RIGHT, gender: 'x', birth_date: 'x' }, RIGHT, { ...RIGHT, status: '' }),
    ).toHaveLength(5);
    const faults = await faultsOf(...Array.from({ length: 50 }, () => ({ ...RIGHT, gender: 'x' })));
    expect(faults).toHaveLength(20);
  });

  test('a header that is not the one', async () => {
    const header = POPULATION_COLUMNS.join(',').replace('gender', 'sex').replace('title', 'status');
    await expect(readText(`${header}\n`)).rejects.toThrow(
      /people\.csv: header: the column title is missing[\s\S]*gender is missing[\s\S]*sex is not a column[\s\S]*status stands there twice/,
    );
  });

  test('an empty file, a row that is too short, an open quote, no file', async () => {
    await expect(readText('')).rejects.toThrow(/the file is empty/);
    const header = `${POPULATION_COLUMNS.join(',')}\n`;
    await expect(readText(`${header}${lineOf(RIGHT)}\n1,2\n`)).rejects.toThrow(
      /row 2 cannot be read \(CSV_RECORD_INCONSISTENT/,
    );
    await expect(readText(`${header}"1,2\n`)).rejects.toThrow(
      /row 1 cannot be read \(CSV_QUOTE_NOT_CLOSED/,
    );
    await expect(readPopulation(join(folder, 'none.csv'))).rejects.toThrow(/none\.csv: .*ENOENT/);
  });
});

test('a hundred thousand people are read in a few seconds', async () => {
  const rows: string[] = [POPULATION_COLUMNS.join(',')];
  for (let number = 999_000_000; rows.length <= 100_000; number += 1) {
    const sum = [...String(number)].reduce(
      (total, digit, place) => total + Number(digit) * (10 - place),
      0,
    );
    const check = (11 - (sum % 11)) % 11;
    if (check === 10) continue;
    rows.push(
      lineOf({
        ...RIGHT,
        nhs_number: `${number}${check}`,
        address_line_1: `${number} HIGH STREET`,
      }),
    );
    if (number === 999_999_999) break;
  }
  const started = performance.now();
  const people = await readText(rows.join('\n'));
  expect(people).toHaveLength(100_000);
  expect(performance.now() - started).toBeLessThan(15_000);
});

describe('numbers and dates', () => {
  test.each([
    '9990000018',
    '9990000026',
    '9990000034',
    '9990123454',
    '9990202605',
    '9990341702',
    '9991112227',
    '9992001143',
    '9992468130',
    '0000000000',
    '9990000042',
    '9992718285',
  ])('%s has a right check digit', (number) => {
    expect(isNewStyleNumber(number)).toBe(true);
    const wrong = number.slice(0, 9) + ((Number(number[9]) + 1) % 10);
    expect(isNewStyleNumber(wrong)).toBe(false);
  });

  test.each(['999000000', '999041100', '999123456', '999137731'])(
    '%s has no check digit',
    (prefix) => {
      for (const digit of '0123456789') expect(isNewStyleNumber(prefix + digit)).toBe(false);
    },
  );

  test('days of the calendar', () => {
    for (const day of ['20240229', '20000229', '19671231']) expect(isFullDate(day)).toBe(true);
    for (const day of [
      '20230229',
      '19000229',
      '19670431',
      '19671301',
      '19670400',
      '00000101',
      '1967042',
      '196704',
      'abcdefgh',
    ]) {
      expect(isFullDate(day)).toBe(false);
    }
    for (const date of ['1967', '196712', '19671231']) expect(isDate(date)).toBe(true);
    for (const date of ['', '196', '196713', '19671', '0000']) expect(isDate(date)).toBe(false);
  });
});
