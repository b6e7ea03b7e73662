import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { openXlsx } from '../../src/ingest/read-xlsx.ts';
import { type Cell, MAIN, makeXlsx, makeZip, XML } from '../support/make-xlsx.ts';

let folder = '';
let path = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'read-xlsx-'));
  path = join(folder, 'people.xlsx');
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function read(content: Buffer, sheet?: string) {
  await writeFile(path, content);
  const source = await openXlsx(path, sheet);
  const rows: (readonly string[])[] = [];
  const lines: number[] = [];
  for await (const { cells, line } of source.rows) {
    rows.push(cells);
    lines.push(line);
  }
  return { rows, lines, form: source.form, remarks: source.remarks(1) };
}

async function faultOf(content: Buffer, sheet?: string): Promise<string> {
  const error = await read(content, sheet).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  return error instanceof InputError ? error.message : '';
}

const workbook = (rows: readonly (readonly Cell[])[]) => makeXlsx({ sheets: [{ rows }] });

describe('a cell', () => {
  it.each<[string, Cell, string]>([
    ['a text', ' Testby & "Co" <é> ', ' Testby & "Co" <é> '],
    ['digits as a text', '0012', '0012'],
    ['a rounded number as a text', '9.99E+09', '9.99E+09'],
    ['a number', 9990123454, '9990123454'],
    [
      'a number in scientific notation',
      { xml: '<c r="REF"><v>9.990123454E9</v></c>' },
      '9990123454',
    ],
    ['a number with a fraction', { xml: '<c r="REF"><v>1.5</v></c>' }, '1.5'],
    ['a number beyond a safe one', { xml: '<c r="REF"><v>1E+30</v></c>' }, '1E+30'],
    ['a number with leading zeros', { xml: '<c r="REF" s="2"><v>123</v></c>' }, '0000000123'],
    ['a day', { day: 29846 }, '1981-09-17'],
    ['a day with a time', { day: 29846.75 }, '1981-09-17T18:00:00'],
    ['the first day', { day: 1 }, '1900-01-01'],
    ['the day before the day that never was', { day: 59 }, '1900-02-28'],
    ['the day that never was', { day: 60 }, '1900-02-29'],
    ['the day after', { day: 61 }, '1900-03-01'],
    ['no day', { day: 9990123454 }, '9990123454'],
    ['a day before all', { day: -1 }, '-1'],
    ['an ISO date', { xml: '<c r="REF" t="d"><v>1981-09-17T00:00:00</v></c>' }, '1981-09-17'],
    ['a truth', { xml: '<c r="REF" t="b"><v>1</v></c>' }, 'TRUE'],
    ['an error', { xml: '<c r="REF" t="e"><v>#N/A</v></c>' }, '#N/A'],
    ['a formula', { xml: '<c r="REF" t="str"><f>A1</f><v>x</v></c>' }, 'x'],
    [
      'an inline text in pieces',
      {
        xml: '<c r="REF" t="inlineStr"><is><r><t>Test</t></r><r><t>by</t></r><rPh><t>no</t></rPh></is></c>',
      },
      'Testby',
    ],
    [
      'an escaped character',
      { xml: '<c r="REF" t="inlineStr"><is><t>a_x000A_b</t></is></c>' },
      'a\nb',
    ],
    ['CDATA', { xml: '<c r="REF" t="str"><v><![CDATA[<&]]></v></c>' }, '<&'],
  ])('is read as %s', async (_name, cell, text) => {
    expect((await read(workbook([['x', cell]]))).rows).toEqual([['x', text]]);
  });

  it('counts days from 1904 when the workbook does', async () => {
    const content = makeXlsx({ sheets: [{ rows: [[{ day: 28384 }]] }], is1904: true });

    expect((await read(content)).rows).toEqual([['1981-09-17']]);
  });

  it('stands in its own column, whatever is empty before it', async () => {
    const far: Cell = { xml: '<c r="AB1"><v>1</v></c>' };

    expect((await read(workbook([[undefined, 'x', undefined, far]]))).rows).toEqual([
      ['', 'x', ...Array(25).fill(''), '1'],
    ]);
  });

  it('with a formula that was never calculated is counted', async () => {
    const { rows, remarks } = await read(workbook([['x', { xml: '<c r="REF"><f>A1</f></c>' }]]));

    expect({ rows, remarks }).toEqual({
      rows: [['x']],
      remarks: [{ code: 'formulas-without-values', count: 1 }],
    });
  });
});

describe('what is hidden or merged', () => {
  const sheet = (before: string, row3: string, after: string): Buffer =>
    makeXlsx({
      sheets: [{ rows: [] }],
      members: [
        {
          name: 'xl/worksheets/sheet1.xml',
          content: `${XML}<worksheet ${MAIN}>${before}<sheetData><row r="1"><c><v>1</v></c><c><v>2</v></c></row><row r="2" hidden="1"/><row r="3"${row3}><c><v>3</v></c></row></sheetData>${after}</worksheet>`,
        },
      ],
    });

  it.each([
    ['a row', sheet('', ' hidden="1"', ''), [{ code: 'hidden-rows', count: 1 }]],
    [
      'columns, as far as the sheet is filled',
      sheet('<cols><col min="2" max="16384" hidden="true"/></cols>', '', ''),
      [{ code: 'hidden-columns', count: 1 }],
    ],
    [
      'cells over several rows below the header',
      sheet(
        '',
        '',
        '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="A2:B2"/><mergeCell ref="A2:A3"/></mergeCells>',
      ),
      [{ code: 'merged-cells', count: 1 }],
    ],
    ['nothing', sheet('<cols><col min="3" max="9" hidden="1"/></cols>', ' hidden="0"', ''), []],
  ])('is counted: %s', async (_name, content, remarks) => {
    expect((await read(content)).remarks).toEqual(remarks);
  });
});

describe('a text of more than a spreadsheet can hold', () => {
  const pieces = `<t>${'x'.repeat(600_000)}</t>`.repeat(2);

  it.each([
    [
      'in a cell',
      'xl/worksheets/sheet1.xml',
      `<worksheet ${MAIN}><sheetData><row><c t="inlineStr"><is>${pieces}</is></c></row></sheetData></worksheet>`,
    ],
    ['in the shared texts', 'xl/sharedStrings.xml', `<sst ${MAIN}><si>${pieces}</si></sst>`],
  ])('is refused: %s', async (_name, name, content) => {
    const book = makeXlsx({ sheets: [{ rows: [] }], members: [{ name, content: XML + content }] });

    await expect(read(book)).rejects.toThrow('over 1048576 characters long');
  });
});

it('refuses a cell far to the right, which would make every row as wide', async () => {
  const far: Cell = { xml: '<c r="BXY1"><v>1</v></c>' };

  await expect(read(workbook([['x', far]]))).rejects.toThrow(
    'a cell of row 1 stands in column 2001, and 2000 are read; delete what stands there',
  );
});

describe('the rows', () => {
  it('know where they stand; blank ones are left out', async () => {
    const { rows, lines } = await read(workbook([['A'], [], [' '], ['B']]));

    expect({ rows, lines }).toEqual({ rows: [['A'], ['B']], lines: [1, 4] });
  });
});

describe('the sheet', () => {
  const sheets = [
    { name: 'Notes', state: 'hidden', rows: [['no']] },
    { name: 'People', rows: [['yes']] },
    { name: 'More', rows: [['more']] },
  ] as const;

  it('is the first visible one', async () => {
    const { rows, form } = await read(makeXlsx({ sheets }));

    expect(rows).toEqual([['yes']]);
    expect(form).toEqual({ kind: 'xlsx', sheet: 'People', is1904: false, otherSheets: ['More'] });
  });

  it.each(['Notes', 'More'])('is the one that the job names: %s', async (name) => {
    expect((await read(makeXlsx({ sheets }), name)).form).toMatchObject({ sheet: name });
  });

  it('must be there', async () => {
    expect(await faultOf(makeXlsx({ sheets }), 'Nobody')).toContain(
      'there is no such sheet. There are: "Notes", "People", "More"',
    );
  });
});

describe('what is refused', () => {
  const sheet = (inside: string, before = XML) => ({
    name: 'xl/worksheets/sheet1.xml',
    content: `${before}<worksheet ${MAIN}><sheetData>${inside}</sheetData></worksheet>`,
  });
  const withSheet = (inside: string, before?: string) =>
    makeXlsx({ sheets: [{ rows: [] }], members: [sheet(inside, before)] });
  const BOMB = `<a>${' '.repeat(2000)}</a>`.repeat(20_000);
  const LONG = `<row><c t="str"><v>${'x'.repeat(20_000_000)}</v></c></row>`;

  it.each([
    ['a zip of other things', makeZip([{ name: 'a.txt', content: 'x' }]), 'a zip archive'],
    ['a binary workbook', makeZip([{ name: 'xl/workbook.bin', content: 'x' }]), '.xlsb'],
    ['an OpenDocument', makeZip([{ name: 'content.xml', content: 'x' }]), '.ods'],
    ['a Word document', makeZip([{ name: 'word/document.xml', content: 'x' }]), 'Word'],
    ['a workbook that is cut off', workbook([['x']]).subarray(0, 900), 'damaged or cut off'],
    ['a DOCTYPE', withSheet('', `${XML}<!DOCTYPE x [<!ENTITY e "x">]>`), 'doctype'],
    ['XML that is cut off', withSheet('<row>').subarray(), 'malformed'],
    ['rows out of order', withSheet('<row r="2"/><row r="1"/>'), 'not in order after row 2'],
    ['a row beyond the last', withSheet('<row r="1048577"/>'), 'not in order'],
    ['cells out of order', withSheet('<row r="1"><c r="B1"/><c r="A1"/></row>'), 'cells of row 1'],
    ['a column that is none', withSheet('<row r="1"><c r="1A"/></row>'), 'cells of row 1'],
    [
      'a text that is not there',
      withSheet('<row r="1"><c t="s"><v>7</v></c></row>'),
      'lost its text',
    ],
    ['elements far too deep', withSheet('<a>'.repeat(100)), 'too-deep'],
    ['a bomb', withSheet(BOMB), 'unpacks to far more'],
    ['a cell without end', withSheet(LONG), 'too-much-text'],
  ])('%s', async (_name, content, says) => {
    expect(await faultOf(content)).toContain(says);
  });

  it('more members than a workbook has', async () => {
    const many = Array.from({ length: 10_000 }, (_, at) => ({ name: `x/${at}`, content: '' }));

    expect(await faultOf(makeXlsx({ sheets: [{ rows: [] }], members: many }))).toContain(
      'unpacks to far more',
    );
  });

  it('two members of one name, of which a program shows the one or the other', async () => {
    const members = [sheet('<row r="1"/>'), sheet('<row r="2"/>')];

    expect(await faultOf(makeXlsx({ sheets: [{ rows: [] }], members }))).toContain('damaged');
  });

  it('no archive within the archive is opened: only the parts of a workbook are', async () => {
    const inner = makeXlsx({ sheets: [{ rows: [] }], members: [sheet(BOMB)] });
    const members = [{ name: 'xl/embeddings/a.xlsx', content: inner }];

    expect((await read(makeXlsx({ sheets: [{ rows: [['x']] }], members }))).rows).toEqual([['x']]);
  });

  it.each(['../a.xml', '/etc/a.xml', 'C:/a.xml'])('a member called %s', async (name) => {
    const members = [{ name, content: '' }];

    expect(await faultOf(makeXlsx({ sheets: [{ rows: [] }], members }))).toContain('damaged');
  });

  it('a member larger than the archive says', async () => {
    const member = { ...sheet('<row r="1"/>'), claimedSize: 10 };

    expect(await faultOf(makeXlsx({ sheets: [{ rows: [] }], members: [member] }))).toContain(
      'damaged or cut off',
    );
  });
});
