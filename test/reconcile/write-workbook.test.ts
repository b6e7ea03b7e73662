/** exceptions.xlsx, read back with a library that shares nothing with ours. */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as xlsx from '@e965/xlsx';
import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExceptionCode } from '../../src/domain/exception.ts';
import type { DecidedRow } from '../../src/reconcile/decide-rows.ts';
import { writeRows } from '../../src/reconcile/write-rows.ts';
import { aNumber } from '../support/people.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'write-workbook-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

function anException(
  row: number,
  cells: readonly string[] = ['0001', 'Testby'],
  code: ExceptionCode = 'possible-match',
): DecidedRow {
  return {
    row,
    cells,
    decision: {
      kind: 'exception',
      code,
      reason: 'Postcode: PDS holds another.',
      action: 'Compare.',
      candidate: aNumber('9990341702'),
      status: '04',
    },
    responseCode: 'SMSP-0000',
    step: 'names',
    source: 'provider',
    messageId: 'MESSAGE',
    at: '2026-11-22T16:45:00.000Z',
  };
}

async function written(
  rows: readonly DecidedRow[],
  headers: readonly string[] = ['Id', 'Surname'],
) {
  const paths = {
    matched: join(folder, 'matched.csv'),
    exceptions: join(folder, 'exceptions.csv'),
    workbook: join(folder, 'exceptions.xlsx'),
  };
  await writeRows(rows, headers, rows.length, paths);
  const bytes = await readFile(paths.workbook);
  const book = xlsx.read(bytes, { cellStyles: true, cellFormula: true, sheetStubs: false });
  const csv: string[][] = parse(await readFile(paths.exceptions));
  return { book, csv, bytes };
}

/** Every cell as text; empty where there is none. */
function table(sheet: xlsx.WorkSheet | undefined): readonly string[][] {
  return xlsx.utils.sheet_to_json(sheet ?? {}, { header: 1, defval: '', raw: true });
}

describe('the workbook', () => {
  it('holds what exceptions.csv holds, and again a sheet for each cause that occurred', async () => {
    const { book, csv } = await written([
      anException(1, ['1', 'A'], 'failed'),
      anException(2, ['2', 'B'], 'unusable'),
      anException(3, ['3', ''], 'failed'),
    ]);

    expect(book.SheetNames).toEqual(['All', 'unusable', 'failed']);
    expect(table(book.Sheets['All'])).toEqual(csv);
    expect(table(book.Sheets['failed'])).toEqual([csv[0], csv[1], csv[3]]);
    expect(table(book.Sheets['unusable'])).toEqual([csv[0], csv[2]]);
  });

  it('holds its header when there is no exception', async () => {
    const { book, csv } = await written([]);

    expect(book.SheetNames).toEqual(['All']);
    expect(table(book.Sheets['All'])).toEqual(csv);
  });

  it('holds strings alone: NHS numbers keep their zeros, and nothing runs', async () => {
    const cells = [
      '=1+1',
      '+44',
      '-1',
      '@SUM(A1)',
      '\tx',
      '\rx',
      '＝1',
      '0012345678',
      '2026-01-01',
      '1e5',
    ];
    const { book, csv } = await written(
      [anException(1, cells)],
      cells.map((_cell, at) => (at === 0 ? '=HYPERLINK("x")' : `Column ${at}`)),
    );

    const sheet = book.Sheets['All'] ?? {};
    expect(table(sheet)).toEqual(csv);
    const found = Object.entries(sheet).filter(([name]) => /^[A-Z]+\d+$/.test(name));
    expect(found.length).toBeGreaterThan(40);
    for (const [, cell] of found) {
      expect(cell).toMatchObject({ t: expect.stringMatching(/^[sz]$/), z: '@' });
      expect(cell).not.toHaveProperty('f');
    }
  });

  it.each([
    ['markup', '<c t="n"><v>1</v></c>&amp;\'"]]>'],
    ['blanks at both ends', '  two  '],
    ['line breaks', 'one\ntwo'],
    ['a carriage return', 'one\rtwo'],
    ['control characters', 'a\u0000b\u0007c\u001F'],
    ['what looks like an escape', '_x0041_ _x005F_'],
    ['other scripts', 'Łoś Müller 李 👩‍⚕️'],
    ['what XML cannot hold', 'a\uFFFE\uFFFFb'],
  ])('carries %s as it stood', async (_name, text) => {
    const { book } = await written([anException(1, ['1', text])]);

    expect(table(book.Sheets['All'])[1]?.[1]).toBe(text);
  });

  it('mends half a character, and cuts a cell that is longer than Excel takes', async () => {
    const { book } = await written([anException(1, ['\uD800', 'x'.repeat(40_000)])]);

    const [half, long] = table(book.Sheets['All'])[1] ?? [];
    expect(half).toBe('\uFFFD');
    expect(long).toBe(`${'x'.repeat(32_766)}…`);
  });

  it('has filters, a header that stays, widths, and on paper the protective label', async () => {
    const { book, bytes } = await written([anException(1), anException(2)]);

    expect(book.Sheets['All']?.['!autofilter']).toEqual({ ref: 'A1:O3' });
    expect(book.Sheets['All']?.['!cols']).toHaveLength(15);
    const xml = strFromU8(unzipSync(bytes)['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
    expect(xml).toContain(
      '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>',
    );
    expect(xml).toContain('NHS Confidential: Personal Data about a patient');
    expect(xml).toContain('page &amp;P of &amp;N');
  });

  it('names columns beyond Z', async () => {
    const headers = Array.from({ length: 60 }, (_none, at) => `H${at}`);
    const { book, csv } = await written([anException(1, headers)], headers);

    expect(table(book.Sheets['All'])).toEqual(csv);
  });

  it('holds more rows than are compressed at once', async () => {
    const codes = ['failed', 'no-match', 'duplicate'] as const;
    const rows = Array.from({ length: 2501 }, (_none, at) =>
      anException(at + 1, [String(at), 'x'], codes[at % 3]),
    );

    const { book, csv } = await written(rows);

    expect(table(book.Sheets['All'])).toEqual(csv);
    expect(table(book.Sheets['no-match'])).toHaveLength(835);
  });

  it('belongs to its owner alone, and leaves nothing beside it', async () => {
    await written([anException(1)]);

    expect((await stat(join(folder, 'exceptions.xlsx'))).mode & 0o777).toBe(0o600);
    expect((await readdir(folder)).sort()).toEqual([
      'exceptions.csv',
      'exceptions.xlsx',
      'matched.csv',
    ]);
  });
});
