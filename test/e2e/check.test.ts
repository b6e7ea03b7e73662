/** `check` as a process: text, JSON and page; nothing of a person in any of them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../support/cli.ts';
import { aFolder } from '../support/runs.ts';

const folder = aFolder();
const input = join(folder, 'people.csv');
const LINES = [
  'Extract of the week',
  'NHS number;Surname;Maiden name;Previous surname;DOB;Sex;Ward',
  '"9,990,123,454";Quixotiana;;Zephyrine;17/09/1981;F;Juniper',
  '999 012 3454;Bartholomewson;;;1/02/1980;M;Juniper',
  '9.99E+09;Marmadukeson;;;03/04/1955;F;Juniper',
  'Total: 3',
];
const CELLS = /Quixotiana|Zephyrine|Bartholomewson|Marmadukeson|Juniper|999.?012|1981|1955/i;
writeFileSync(input, `${LINES.join('\r\n')}\r\n`);

test('JSON: one object, with all that was found and no cell', async () => {
  const page = join(folder, 'check.html');
  const ended = await runCli(['check', input, '--json', '--html', page]);

  expect(ended).toMatchObject({ code: 0 });
  expect(JSON.parse(ended.stdout)).toMatchObject({
    form: { kind: 'csv', delimiter: ';', encoding: 'utf-8', double_encoded: false },
    header_line: 2,
    rows: 4,
    layout: null,
    columns_not_used: 1,
    notices: [{ code: 'rows-above-header', count: 1 }],
    traceable_rows: 3,
    untraceable: [{ count: 1, first_rows: [4] }],
    cells: {
      unusable: [{ code: 'nhs-number-scientific', count: 1, first_rows: [3] }],
      mended: [{ field: 'nhs_number', code: 'nhs-number-thousands', count: 1, first_rows: [1] }],
    },
    duplicates: { rows_of_same_person: 0, rows_with_shared_number: 1, first_rows: [2] },
    requests: { at_least: 3, verify: 2, search: 1 },
  });
  expect(ended.stdout.replace(/"sha256": "[^"]*"/, '')).not.toMatch(CELLS);
  const html = readFileSync(page, 'utf8');
  expect(html).toContain('a spreadsheet has rounded it to scientific notation');
  expect(html).not.toMatch(/https?:\/\/(?!www\.w3)/);
  expect(html.replace(/<style>[\s\S]*?<\/style>/g, '')).not.toMatch(CELLS);
});

test('text: the same, for people', async () => {
  const ended = await runCli(['check', input]);

  expect(ended).toMatchObject({ code: 0 });
  expect(ended.stdout).toContain(
    'Rows above the header that were taken for notes and left out: 1.',
  );
  expect(ended.stdout).toContain(
    'The row is a total or a footer of the file, not a person. (row 4)',
  );
  expect(ended.stdout).not.toMatch(CELLS);
});

test.each([
  ['the file itself', input, 'must end in .html'],
  [
    'a folder that is not there',
    join(folder, 'nowhere', 'page.html'),
    'cannot be written (ENOENT)',
  ],
])(
  'a page in the place of %s is refused, and the file stays as it is',
  async (_name, page, words) => {
    const ended = await runCli(['check', input, '--html', page]);

    expect(ended).toMatchObject({ code: 2 });
    expect(ended.stderr).toContain(words);
    expect(readFileSync(input, 'utf8')).toBe(`${LINES.join('\r\n')}\r\n`);
  },
);
