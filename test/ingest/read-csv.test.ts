import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { type CsvFile, type Delimiter, openCsv } from '../../src/ingest/read-csv.ts';

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
  return openCsv(path, wanted);
}

async function cellsOf(file: CsvFile): Promise<(readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  for await (const { cells } of file.rows) rows.push(cells);
  return rows;
}

async function read(content: string | Buffer, wanted: Delimiter | 'auto' = 'auto') {
  const file = await opened(content, wanted);
  return { headers: file.headers, rows: await cellsOf(file), delimiter: file.delimiter };
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
    ['a sample that ends inside a quoted cell', 'A;B\n1;2\n"x\n;,,,,,,,,', ';'],
  ])('is not misled by %s', async (_name, content, delimiter) => {
    expect((await opened(content)).delimiter).toBe(delimiter);
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

    await expect(openCsv(name, 'auto')).rejects.toThrow(
      new InputError(`${name} is a folder, not a CSV file.`),
    );
  });

  it('refuses a file that is not there', async () => {
    const name = join(folder, 'absent.csv');

    await expect(openCsv(name, 'auto')).rejects.toThrow(
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

  const LATIN_1_E_ACUTE = Buffer.from([0xe9, 0x0a]);
  const rows = (count: number) => Buffer.from('1,2\n'.repeat(count));
  const header = Buffer.from('A,B\n');
  /** Header and one row, so long that exactly `short` bytes of the first chunk are left. */
  const chunkBut = (short: number) =>
    Buffer.concat([
      header,
      Buffer.alloc(CHUNK_BYTES - header.length - short - 1, 'x'),
      Buffer.from(','),
    ]);

  it.each([
    ['in the first row', [header, Buffer.from('Ren'), LATIN_1_E_ACUTE], 2],
    ['in the header', [Buffer.from('Pr'), LATIN_1_E_ACUTE, rows(3)], 1],
    ['further down', [header, rows(5000), LATIN_1_E_ACUTE, rows(10)], 5002],
    ['beyond the first chunk', [header, rows(50_000), LATIN_1_E_ACUTE], 50_002],
    ['as the last byte of the file', [header, rows(7), Buffer.from([0xc3])], 9],
    [
      'split between two chunks',
      [chunkBut(1), Buffer.from([0xc3]), Buffer.from([0x28, 0x0a]), rows(1000)],
      2,
    ],
    [
      'after a letter that is split between two chunks',
      [chunkBut(1), Buffer.from('é\n'), rows(1000), LATIN_1_E_ACUTE],
      1003,
    ],
    [
      'after a replacement character',
      [header, Buffer.from('\uFFFD,2\n'), rows(1000), LATIN_1_E_ACUTE],
      1003,
    ],
  ])('names the line of a byte that is not UTF-8: %s', async (_name, parts, line) => {
    const message = await faultOf(Buffer.concat(parts));

    expect(message).toContain(`${path}, line ${line}: the text is not UTF-8`);
    expect(message).toContain('CSV UTF-8');
  });

  it('refuses UTF-16 with its byte order mark', async () => {
    expect(await faultOf(Buffer.from('\uFEFFA,B\n1,2\n', 'utf16le'))).toContain('CSV UTF-8');
  });

  it('refuses UTF-16 without one', async () => {
    expect(await faultOf(Buffer.from('A,B\n1,2\n', 'utf16le'))).toContain('UTF-16');
  });

  it.each([
    ['early', 'A,B\n1,2\n3,\0\n', 3],
    ['beyond the first chunk', `A,B\n${'1,2\n'.repeat(30_000)}3,\0\n`, 30_002],
  ])('names the line of a NUL: %s', async (_name, content, line) => {
    expect(await faultOf(content)).toContain(`${path}, line ${line}: there is a NUL character`);
  });
});
