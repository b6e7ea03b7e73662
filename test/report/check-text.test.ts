import { describe, expect, it } from 'vitest';
import type { CheckSummary } from '../../src/report/check-summary.ts';
import { checkText } from '../../src/report/check-text.ts';
import { viewCheck } from '../../src/report/check-view.ts';

const SUMMARY: CheckSummary = {
  file: 'people.csv',
  sha256: '0'.repeat(64),
  form: { kind: 'csv', delimiter: ';', encoding: 'windows-1252', double_encoded: false },
  header_line: 3,
  rows: 1200,
  layout: { name: 'Mosaic export', headers_found: 7, headers: 8 },
  columns: [
    { field: 'nhs_number', header: 'nhsNumber', column: 2, confidence: 'profile' },
    { field: 'family_name', header: 'Nachname', column: 3, confidence: 'job' },
  ],
  local_id: { header: 'mosaicId', column: 1 },
  columns_not_used: 3,
  headers_not_used: ['mosaicId', 'Mother\nNHS number', 'Ward\u001B[2J'],
  notices: [{ code: 'rows-above-header', count: 2, text: 'Rows above the header: 2.' }],
  traceable_rows: 1100,
  untraceable_rows: 100,
  untraceable: [
    { text: 'The row is empty.', action: 'Delete it.', count: 100, first_rows: [1, 2, 3, 4, 5] },
  ],
  cells: {
    unusable: [],
    suspicious: [],
    mended: [
      {
        field: 'nhs_number',
        code: 'nhs-number-decimal',
        text: 'Mended.',
        action: 'Nothing.',
        count: 1,
        first_rows: [9],
      },
    ],
  },
  duplicates: {
    rows_of_same_person: 100,
    first_rows_of_same_person: [3, 4],
    rows_with_shared_number: 2,
    first_rows: [7, 8],
  },
  requests: { at_least: 1000, verify: 900, search: 100, saved_by_dedupe: 100 },
  earlier_answers: null,
  rate_per_second: 5,
  seconds_at_least: 200,
  forecast: 'done on Friday',
};

describe('the text of a check', () => {
  it('tells all that was found', () => {
    expect(checkText(SUMMARY).split('\n')).toEqual([
      'people.csv: 1,200 rows',
      '  Text in WINDOWS-1252, cells parted by semicolons, header in line 3; layout:',
      '  Mosaic export (7 of its 8 headers)',
      '  Rows are counted from 1 below the header',
      '  * Rows above the header: 2.',
      '',
      'Columns',
      '  nhs_number               column 2, "nhsNumber" (as in this layout)',
      '  family_name              column 3, "Nachname" (named by the job)',
      '  local id                 column 1, "mosaicId" (for the lists and reports)',
      '  not sent                 "mosaicId", "Mother NHS number", "Ward [2J"',
      '',
      'What a run would send',
      '  1,100 rows can be traced, 100 cannot',
      '  1,000 requests at least: 900 to verify a number, 100 to search',
      '  100 requests saved, because rows hold the same person',
      '  3 min 20 s at 5 requests a second',
      '  done on Friday',
      '',
      'Rows that cannot be traced',
      '      100  The row is empty. (rows 1, 2, 3, 4, 5, ...)',
      '           Mend: Delete it.',
      '',
      'Rows with the NHS number of a row before, and other details',
      '        2  Two people may share a number, or one person stands here twice. (rows',
      '           7, 8)',
      '           Mend: Compare the rows with the records.',
      '',
      'Rows with the same person as a row before, by the same details',
      '      100  The person is sent once, and each row gets the answer. (rows 3, 4,',
      '           ...)',
      '           Mend: Nothing, unless the rows should be different people.',
      '',
      'Cells that were mended',
      '        1  Mended. (row 9)',
      '',
    ]);
  });

  it('leaves out what there is nothing of', () => {
    const form = { kind: 'xlsx', sheet: 'People', other_sheets: 0 } as const;
    const duplicates = {
      rows_of_same_person: 0,
      first_rows_of_same_person: [],
      rows_with_shared_number: 0,
      first_rows: [],
    };
    const text = checkText({
      ...SUMMARY,
      form,
      layout: null,
      forecast: null,
      duplicates,
      local_id: null,
      headers_not_used: [],
      requests: { at_least: 1, verify: 1, search: 0, saved_by_dedupe: 1 },
    });

    expect(text).toContain('Workbook, sheet "People", header in row 3; no published layout');
    expect(text).toContain('not sent                 none');
    expect(text).toContain('local id                 none that is known');
    expect(text).toContain('1 request at least: 1 to verify a number, 0 to search');
    expect(text).toContain('1 request saved');
    expect(text).not.toContain('Friday');
    expect(text).not.toContain('as a row before');
  });

  it('names the first thirty headers that are not used', () => {
    const headers = Array.from({ length: 1100 }, (_, at) => `c${at}`);
    const text = checkText({ ...SUMMARY, headers_not_used: headers });

    expect(text.replace(/\s+/g, ' ')).toContain('"c28", "c29", and 1,070 more What');
  });

  it('keeps to 80 columns', () => {
    expect(
      checkText(SUMMARY)
        .split('\n')
        .every((line) => line.length <= 80),
    ).toBe(true);
  });
});

describe('the page of a check', () => {
  it('shows the same', () => {
    expect(viewCheck(SUMMARY)).toMatchObject({
      file: 'people.csv',
      totals: [
        { value: '1,200' },
        { value: '1,100' },
        { value: '100' },
        { value: '100' },
        { value: '2' },
      ],
      notices: ['Rows above the header: 2.'],
      columns: [{ field: 'nhs_number', label: 'NHS number' }, { label: 'Family name' }],
      localId: 'column 1, "mosaicId" (for the lists and reports)',
      notUsed: '"mosaicId", "Mother NHS number", "Ward [2J"',
      sections: [
        {
          groups: [
            {
              text: 'The row is empty.',
              action: 'Delete it.',
              count: '100',
              rows: 'rows 1, 2, 3, 4, 5, ...',
            },
          ],
        },
        { groups: [{ rows: 'rows 7, 8' }] },
        { groups: [{ rows: 'rows 3, 4, ...' }] },
        { groups: [] },
        { groups: [] },
        { heading: 'Cells that were mended', groups: [{ count: '1', rows: 'row 9' }] },
      ],
    });
  });
});
