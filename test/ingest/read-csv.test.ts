import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Delimiter } from '../../src/domain/file-form.ts';
import { InputError } from '../../src/errors.ts';
import { countHeaders } from '../../src/ingest/map-columns.ts';
import { openTable, type Table } from '../../src/ingest/open-table.ts';

const CHUNK_BYTES = 64 * 1024;
let folder = '';
let path = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'read-csv-'));
  path = join(folder, 'people.csv');
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function opened(content: string | Buffer, wanted: Delimiter | 'auto' = 'auto') {
  await writeFile(path, content);
  return openAt(path, wanted);
}

function openAt(name: string, delimiter: Delimiter | 'auto' = 'auto'): Promise<Table> {
  const headersIn = (cells: readonly string[]): number => countHeaders(cells, {});
  return openTable(name, {
    delimiter,
    encoding: 'auto',
    headerRow: undefined,
    sheet: undefined,
    headersIn,
  });
}

async function cellsOf(file: Table): Promise<(readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  for await (const { cells } of file.rows) rows.push(cells);
  return rows;
}

async function read(content: string | Buffer, wanted: Delimiter | 'auto' = 'auto') {
  const file = await opened(content, wanted);
  return { headers: file.headers, rows: await cellsOf(file), delimiter: delimiterOf(file) };
}

function delimiterOf({ form }: Table): Delimiter | undefined {
  return form.kind === 'csv' ? form.delimiter : undefined;
}

async function faultOf(content: string | Buffer): Promise<string> {
  const error = await read(content).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  return error instanceof InputError ? error.message : '';
}

describe('the delimiter', () => {
  it.each([
    ['comma', ','],
    ['semicolon', ';'],
    ['tab', '\t'],
    ['pipe', '|'],
    ['tilde', '~'],
  ] as const)('finds a %s', async (_name, delimiter) => {
    const line = (...cells: string[]) => `${cells.join(delimiter)}\n`;
    const file = await read(line('Surname', 'DOB', 'Sex') + line('Testby', '17/09/1981', 'F'));

    expect(file).toEqual({
      delimiter,
      headers: ['Surname', 'DOB', 'Sex'],
      rows: [['Testby', '17/09/1981', 'F']],
    });
  });

  it.each([
    ['commas inside semicolon cells', 'Name;DOB\nTestby, Rowan;1981\nTestby, Sam;1982\n', ';'],
    ['semicolons inside comma cells', 'Name,Notes,DOB\nTestby,a;b;c;d,1981\n', ','],
    ['quoted delimiters', 'Name\tDOB\n"a,b,c,d"\t1981\n', '\t'],
    ['one column', 'NHS\n9990123454\n', ','],
    ['a sample that ends inside a quoted cell', `A;B\n1;2\n"x\n${';,'.repeat(200_000)}";\n`, ';'],
  ])('is not misled by %s', async (_name, content, delimiter) => {
    expect(delimiterOf(await opened(content))).toBe(delimiter);
  });

  it('takes the one that the job names, whatever the rows look like', async () => {
    expect(await read('a,b;c,d\n1,2;3,4\n', ';')).toMatchObject({
      headers: ['a,b', 'c,d'],
      rows: [['1,2', '3,4']],
    });
  });
});

describe('the rows', () => {
  it.each([
    ['LF', 'A,B\n1,2\n3,4\n'],
    ['CRLF', 'A,B\r\n1,2\r\n3,4\r\n'],
    ['CR', 'A,B\r1,2\r3,4\r'],
    ['CRLF, then LF', 'A,B\r\n1,2\n3,4\r\n'],
    ['LF, then CRLF', 'A,B\n1,2\r\n3,4\n'],
    ['no line end at the end', 'A,B\n1,2\n3,4'],
    ['a byte order mark', '\uFEFFA,B\n1,2\n3,4\n'],
    ['a byte order mark and quotes', '\uFEFF"A","B"\n"1","2"\n3,4\n'],
    ['blank lines between, before and after', '\n\nA,B\n\n1,2\n\n\n3,4\n\n'],
  ])('are read with %s', async (_name, content) => {
    expect(await read(content)).toMatchObject({
      headers: ['A', 'B'],
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
    });
  });

  it.each([
    ['a quoted delimiter', '"Testby, Rowan",x', ['Testby, Rowan', 'x']],
    ['doubled quotes', '"Rowan ""Ro"" Testby",x', ['Rowan "Ro" Testby', 'x']],
    ['quotes inside an unquoted cell', 'Rowan "Ro" Testby,x', ['Rowan "Ro" Testby', 'x']],
    ['an embedded line end', '"1 High Street\nTesttown",x', ['1 High Street\nTesttown', 'x']],
    ['an embedded CRLF', '"1 High Street\r\nTesttown",x', ['1 High Street\r\nTesttown', 'x']],
    ['blanks around cells', '  Testby ,\tx ', ['  Testby ', '\tx ']],
    ['leading zeros', '0001,00', ['0001', '00']],
    ['letters beyond ASCII', 'Łukasz Żółć,李', ['Łukasz Żółć', '李']],
    ['commas only', ',', ['', '']],
    ['fewer cells', 'x', ['x']],
    ['more cells', 'x,y,z', ['x', 'y', 'z']],
    ['a quoted empty cell', '"",x', ['', 'x']],
  ])('keep %s', async (_name, line, cells) => {
    expect((await read(`A,B\n1,2\n${line}\n3,4\n`, ',')).rows).toEqual([
      ['1', '2'],
      cells,
      ['3', '4'],
    ]);
  });

  it.each([
    ['plain rows', 'A,B\n1,2\n3,4\n', [2, 3]],
    ['blank lines', 'A,B\n\n1,2\n\n\n3,4\n', [3, 6]],
    ['embedded line ends', 'A,B\n"1\n1",2\n3,4\n', [2, 4]],
    ['embedded CRLF', 'A,B\r\n"1\r\n1",2\r\n3,4\r\n', [2, 4]],
  ])('know the line on which they begin: %s', async (_name, content, lines) => {
    const file = await opened(content);
    const found: number[] = [];

    for await (const { line } of file.rows) found.push(line);

    expect(found).toEqual(lines);
  });

  it('are none when there is only a header', async () => {
    expect(await read('A,B\n')).toMatchObject({ headers: ['A', 'B'], rows: [] });
  });

  it('may be left before the end', async () => {
    const file = await opened(`A,B\n${'1,2\n'.repeat(100_000)}`);

    for await (const row of file.rows) {
      expect(row.cells).toEqual(['1', '2']);
      break;
    }

    expect(await cellsOf(file)).toEqual([]);
  });

  it('are all read from a file of many chunks, letters across chunk borders included', async () => {
    const line = 'Żółć,é\n';
    const content = `A,B\n${line.repeat(40_000)}`;

    const { rows } = await read(content);

    expect(rows).toHaveLength(40_000);
    expect(new Set(rows.map((cells) => cells.join('|')))).toEqual(new Set(['Żółć|é']));
  });
});

describe('the digest', () => {
  it.each([
    ['plain', 'A,B\n1,2\n'],
    ['with a byte order mark and CRLF', '\uFEFFA,B\r\n1,é\r\n'],
    ['of many chunks', `A,B\n${'1,2\n'.repeat(100_000)}`],
  ])('is the SHA-256 of the bytes: %s', async (_name, content) => {
    const file = await opened(content);

    await cellsOf(file);

    expect(file.digest()).toBe(createHash('sha256').update(content).digest('hex'));
  });
});

describe('what is not a table in UTF-8', () => {
  it.each([
    ['an empty file', ''],
    ['a byte order mark alone', '\uFEFF'],
    ['blank lines alone', '\n\n\n'],
  ])('refuses %s', async (_name, content) => {
    expect(await faultOf(content)).toContain(`${path}: the file is empty`);
  });

  it('refuses a folder', async () => {
    const name = join(folder, 'a-folder');
    await mkdir(name, { recursive: true });

    await expect(openAt(name)).rejects.toThrow(
      new InputError(`${name} is a folder, not a CSV file.`),
    );
  });

  it('refuses a file that is not there', async () => {
    const name = join(folder, 'absent.csv');

    await expect(openAt(name)).rejects.toThrow(
      new InputError(`${name}: the file cannot be read (ENOENT).`),
    );
  });

  it.each([
    ['at once', 'A,B\n1,2\n"3,4\n5,6\n', 3],
    ['after embedded line ends', 'A,B\n"1\n1",2\n"3,4\n5,6\n', 4],
    ['after embedded CRLF', `A,B\r\n${'"1\r\n1",2\r\n'.repeat(9)}"3,4\r\n5,6\r\n`, 20],
  ])('names the line of a quote that is never closed: %s', async (_name, content, line) => {
    const message = await faultOf(content);

    expect(message).toContain(`${path}, line ${line}: a quotation mark`);
    expect(message).toContain('never closed');
  });

  it.each([
    ['of one cell', `A,B\n1,2\n${'x'.repeat(1_100_000)},3\n`],
    ['of a quoted cell', `A,B\n1,2\n"${'x'.repeat(1_100_000)}",3\n`],
    ['that a quote left open has made', `A,B\n1,2\n"x\n${'1,2\n'.repeat(400_000)}`],
  ])('refuses a row over a million characters %s', async (_name, content) => {
    expect(await faultOf(content)).toContain(`${path}, line 3: the row that begins here is over`);
  });

  const rows = (count: number) => Buffer.from('1,2\n'.repeat(count));
  const header = Buffer.from('A,B\n');
  const STRAY = Buffer.from([0xe9, 0x0a]);
  /** Header and one row, so long that exactly `short` bytes of the first chunk are left. */
  const chunkBut = (short: number) =>
    Buffer.concat([
      header,
      Buffer.alloc(CHUNK_BYTES - header.length - short - 1, 'x'),
      Buffer.from(','),
    ]);

  it.each([
    [
      'in the first row',
      [header, Buffer.from('Ren'), STRAY, Buffer.from('é,1\n')],
      'line 2, column 1',
    ],
    [
      'further down',
      [header, rows(5000), Buffer.from('é,Ren'), STRAY, rows(10)],
      'line 5002, column 2',
    ],
    [
      'beyond the first chunk',
      [header, Buffer.from('é,é\n'), rows(50_000), STRAY],
      'line 50003, column 1',
    ],
    [
      'as the last byte of the file',
      [header, rows(7), Buffer.from('1,'), Buffer.from([0xc3])],
      'line 9, column 2',
    ],
    [
      'after a letter that is split between two chunks',
      [chunkBut(1), Buffer.from('é\n'), rows(1000), STRAY],
      'line 1003, column 1',
    ],
    [
      'in the second line of a cell',
      [header, Buffer.from('é,"1\n2'), Buffer.from([0xe9]), Buffer.from('"\n')],
      'line 2, column 2',
    ],
  ])(
    'names the cell of a byte that is not UTF-8, where others are: %s',
    async (_name, parts, place) => {
      const message = await faultOf(Buffer.concat(parts));

      expect(message).toContain(`${path}, ${place}: the text is not UTF-8 here`);
      expect(message).toContain('CSV UTF-8');
    },
  );

  it.each([
    ['early', 'A,B\n1,2\n3,\0\n', 'line 3, column 2'],
    ['beyond the first chunk', `A,B\n${'1,2\n'.repeat(30_000)}3,\0\n`, 'line 30002, column 2'],
  ])('names the cell of a NUL: %s', async (_name, content, place) => {
    expect(await faultOf(content)).toContain(`${path}, ${place}: there is a NUL character`);
  });

  it.each([
    ['a byte that Windows-1252 leaves out', 'Ren\x81e'],
    ['a sign between letters', 'Jos\x82phine'],
    ['a capital after a small letter', 'Ren\x8ee'],
    ['a currency sign before a letter', '\xa3ukasz'],
  ])('refuses what makes no sense as Windows-1252: %s', async (_name, cell) => {
    expect(await faultOf(Buffer.from(`A,B\n1,2\n1,${cell}\n`, 'latin1'))).toContain(
      `${path}, line 3, column 2: the text is not UTF-8, and makes no sense as Windows-1252`,
    );
  });
});

describe('the encoding', () => {
  const TEXT = 'Surname,DOB\nSeán O’Né,17/09/1981\nMüller,01/02/1980\n';
  const LINES = [
    ['Seán O’Né', '17/09/1981'],
    ['Müller', '01/02/1980'],
  ];
  const windows = Buffer.from(TEXT.replace('’', '\x92'), 'latin1');

  it.each([
    ['UTF-8', Buffer.from(TEXT), 'utf-8'],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${TEXT}`), 'utf-8'],
    ['UTF-8 with its mark encoded twice', Buffer.from(`ï»¿${TEXT}`), 'utf-8'],
    ['UTF-16 LE', Buffer.from(`\uFEFF${TEXT}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 LE without its mark', Buffer.from(TEXT, 'utf16le'), 'utf-16le'],
    ['UTF-16 BE', Buffer.from(`\uFEFF${TEXT}`, 'utf16le').swap16(), 'utf-16be'],
    ['UTF-16 BE without its mark', Buffer.from(TEXT, 'utf16le').swap16(), 'utf-16be'],
    ['Windows-1252', windows, 'windows-1252'],
  ])('is found: %s', async (_name, content, encoding) => {
    const file = await opened(content);

    expect(file.form).toMatchObject({ encoding, isDoubleEncoded: false });
    expect(file.headers).toEqual(['Surname', 'DOB']);
    expect(await cellsOf(file)).toEqual(LINES);
  });

  it.each([
    ['throughout', 'Surname,DOB\nSeÃ¡n,1\nOâ€™NÃ©,2\n', true],
    ['in one cell of two', 'Surname,DOB\nSeÃ¡n,1\nMüller,2\n', false],
    ['in no cell', TEXT, false],
    ['nowhere, though it looks like it', 'Surname,DOB\nPÍŽA,1\n', false],
  ])('is seen to be doubled: %s', async (_name, content, isDoubleEncoded) => {
    expect((await opened(content)).form).toMatchObject({ encoding: 'utf-8', isDoubleEncoded });
  });
});

describe('the header row', () => {
  const HEADER = 'NHS number,Surname,DOB';
  const PERSON = '9990123454,Testby,17/09/1981';

  it.each([
    ['first', [HEADER, PERSON], 1, []],
    ['under a title', ['Patients of the week', HEADER, PERSON], 2, [1]],
    ['under notes and blank lines', ['Title,,', '', 'Run by:,me,', HEADER, PERSON], 4, [1, 3]],
    ['under the word for the delimiter', ['sep=,', HEADER, PERSON], 2, [1]],
    ['unknown', ['A,B,C', '1,2,3'], 1, []],
  ])('is found %s', async (_name, lines, headerLine, linesAbove) => {
    expect(await opened(`${lines.join('\n')}\n`)).toMatchObject({ headerLine, linesAbove });
  });

  it('is not looked for below rows that could be people', async () => {
    expect(await faultOf(`${PERSON}\n${PERSON}\n${HEADER}\n${PERSON}\n`)).toContain(
      'the header row seems to be in line 3',
    );
  });

  it('is refused when a quotation mark is left open in it', async () => {
    expect(await faultOf(`NHS number,DOB,Sex,"x,Notes\n${PERSON},a,"y\n`)).toContain(
      'line 1, column 4: a quotation mark (") opens in the header row',
    );
  });

  it('is refused when it is as wide as two rows', async () => {
    expect(await faultOf(`${HEADER},ID1,,Sample,x\n${PERSON}\n`)).toContain(
      'line 1: the header row has 7 cells, and the rows below it have far fewer',
    );
  });

  it.each([
    ['rows', `${HEADER}\n${PERSON},\n${PERSON},\n`, 4],
    ['the header', `${HEADER},\n${PERSON}\n${PERSON}\n`, 3],
    ['one row', `${HEADER}\n${PERSON},\n${PERSON}\n`, 3],
  ])('fits when a delimiter ends %s', async (_name, content, width) => {
    expect((await opened(content)).headers).toHaveLength(width);
  });
});
