/** Exceptions that people have mended, given back: only those are traced, and nothing gets lost. */
import { randomBytes } from 'node:crypto';
import { chmodSync, copyFileSync, cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ended, runCli, startCli, until, type Variables } from '../support/cli.ts';
import { redisTest, startRedis } from '../support/redis-server.ts';
import {
  aFolder,
  aPopulation,
  comparable,
  type Row,
  readOutputs,
  readTable,
} from '../support/runs.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../support/simulator-process.ts';

const HEADER = ['Id', 'Surname', 'Forename', 'DOB', 'Sex', 'Postcode', 'Notes'];
const PEOPLE = 24;

const folder = aFolder();
let people: readonly Row[];
let population: string;
let simulator: SimulatorProcess;
/** A finished run; each test works on a copy. */
let finished: string;
let truth: readonly string[][];

beforeAll(async () => {
  population = await aPopulation(folder, 2000);
  people = parse(readFileSync(population), { columns: true }) as Row[];
  simulator = await startSimulatorProcess({ folder, population });
  truth = people
    .filter((person) => isUsual(person))
    .slice(0, PEOPLE)
    .map((person, at) => {
      numbers.push(person['nhs_number'] ?? '');
      return cellsOf(person, at);
    });
  // Every second row is damaged: the date of birth is missing or wrong, or the family name.
  const input = join(folder, 'people.csv');
  writeFileSync(input, stringify([HEADER, ...truth.map(damaged)]));
  finished = join(folder, 'finished');
  const ended = await runCli([
    ...['run', input, '--out', finished, '--endpoint', simulator.url],
    ...['--rate', '500', '--job', 'cohort-backfill'],
  ]);
  expect(ended).toMatchObject({ code: 0 });
});
afterAll(() => simulator.stop());

test('what people mended is traced, and nothing else; a spreadsheet may have saved the file', async () => {
  const { out, file } = aCopy('spreadsheet');
  const before = readOutputs(out);
  expect(before.exceptions.length).toBeGreaterThan(8);
  const mended: Row[] = rowsOf(file)
    .slice(1)
    .map((row) => ({ ...row, ...mendOf(row) }))
    .map((row) => ({ ...row, exception_code: 'done', trace_nhs_number: '1234567890' }))
    .reverse()
    .slice(1);
  const left = rowsOf(file)[0]?.['trace_row'];
  const kept = rowsOf(file).at(-1)?.['trace_row'];
  const columns = [
    'trace_row',
    'Notes',
    ...HEADER.slice(0, -1),
    'exception_code',
    'trace_nhs_number',
  ];
  writeFileSync(
    file,
    stringify(mended, {
      header: true,
      columns,
      delimiter: ';',
      record_delimiter: 'windows',
      bom: true,
    }),
  );
  const asked = simulator.journal().length;

  const ended = await correct(out, file);

  expect(ended).toMatchObject({ code: 0 });
  const after = readOutputs(out);
  const sent = simulator.journal().length - asked;
  expect(sent).toBeGreaterThanOrEqual(mended.length - 4);
  expect(after.summary.requests.sent).toBe(before.summary.requests.sent + sent);
  expectEveryRowOnce(out);
  const matched = after.matched.map((row) => row['trace_row']);
  for (const row of mended) {
    const number = Number(row['trace_row']);
    expect([number, numberOf(after.matched, number)]).toEqual([number, numbers[number - 1]]);
  }
  expect(matched).not.toContain(left);
  expect(matched).not.toContain(kept);
  // Who was matched before has the same answer, letter by letter.
  for (const row of before.matched) expect(after.matched).toContainEqual(row);
  const corrections = rowsOf(join(out, 'corrections.csv'));
  expect(corrections.map((row) => row['trace_row']).sort()).toEqual(
    mended.map((row) => row['trace_row']).sort(),
  );
  expect(corrections[0]).toMatchObject({ corrected_by: 'mender', now: 'traced' });
  expect(ended.stdout).toMatch(/\d+ {2}unusable → traced/);
});

test('rows of another run, or beside the wrong trace_row, are refused: nobody is overwritten', async () => {
  const { out, file } = aCopy('other-run');
  const before = comparable(out);
  const rows = rowsOf(file);
  const turned = rows.map((row, at) => ({ ...row, trace_row: rows.at(-1 - at)?.['trace_row'] }));
  writeFileSync(file, stringify(turned, { header: true }));

  const ended = await correct(out, file);

  expect(ended).toMatchObject({ code: 2 });
  expect(ended.stderr).toContain('of another run');
  expect(comparable(out)).toEqual(before);
});

test('no row is changed when the audit trail cannot be written', async () => {
  const { out, file } = aCopy('no-trail');
  const before = rowsOf(file);
  writeFileSync(
    file,
    stringify(
      before.map((row) => ({ ...row, Notes: 'seen' })),
      { header: true },
    ),
  );
  const failed = await runCli(['correct', out, file, '--user', 'mender'], {
    NHS_TRACE_AUDIT_RECIPIENT: 'nobody',
  });
  expect(failed).toMatchObject({ code: 2 });

  expect((await correct(out, file)).stdout).toContain('rows that came back were corrected');
  const events = readFileSync(join(out, 'audit.jsonl'), 'utf8').trim().split('\n');
  const corrected = events
    .map((line) => JSON.parse(line))
    .filter((e) => e.event === 'run.corrected');
  expect(corrected).toMatchObject([{ detail: { mended: before.length } }]);
});

test('the same command again, and a file in which nothing was changed, send nothing', async () => {
  const { out, file } = aCopy('again');
  const unchanged = join(folder, 'unchanged.csv');
  copyFileSync(file, unchanged);
  const before = comparable(out);
  const asked = simulator.journal().length;
  const none = await correct(out, unchanged);
  expect(none).toMatchObject({ code: 0 });
  expect(none.stdout).toContain('No row was changed');
  expect(comparable(out)).toEqual(before);
  expect(existsSync(join(out, 'corrections.csv'))).toBe(false);
  expect(simulator.journal().length).toBe(asked);

  mendAll(file);
  const first = await correct(out, file);
  const once = comparable(out);
  const askedOnce = simulator.journal().length;
  const second = await correct(out, file);
  expect(comparable(out)).toEqual(once);
  expect(simulator.journal().length).toBe(askedOnce);
  expect(second.stdout.split('\n')[0]).toBe(first.stdout.split('\n')[0]);
  // An old copy, in which nobody has mended anything, does not undo what was mended.
  expect((await correct(out, unchanged)).code).toBe(0);
  expect(comparable(out)).toEqual(once);
});

test('cells that are not used for tracing are carried without a request; what was is kept', async () => {
  const { out, file } = aCopy('notes');
  const rows = rowsOf(file).map((row) => ({ ...row, Notes: "'=SUM(A1)" }));
  writeFileSync(file, stringify(rows, { header: true }));
  const asked = simulator.journal().length;
  expect((await correct(out, file)).code).toBe(0);
  expect(simulator.journal().length).toBe(asked);
  for (const row of readOutputs(out).exceptions) expect(row['Notes']).toBe("'=SUM(A1)");

  const back = rowsOf(join(out, 'exceptions.csv')).map((row) => ({ ...row, Notes: '' }));
  writeFileSync(file, stringify(back, { header: true }));
  expect((await correct(out, file)).code).toBe(0);
  expect(comparable(out)).toEqual(comparable(finished));
  expect(simulator.journal().length).toBe(asked);
  const corrections = rowsOf(join(out, 'corrections.csv'));
  expect(corrections).toHaveLength(2 * rows.length);
  expect(corrections.map((row) => row['earlier_cells'])).toContain('Notes: =SUM(A1)');
});

test('killed in the middle, the same command or resume ends as if nothing had happened', async () => {
  const unbroken = aCopy('unbroken');
  mendAll(unbroken.file);
  expect((await correct(unbroken.out, unbroken.file)).code).toBe(0);

  for (const goOn of ['correct', 'resume']) {
    const { out, file } = aCopy(`killed-${goOn}`);
    mendAll(file);
    const asked = simulator.journal().length;
    const killed = startCli(['correct', out, file, '--user', 'mender', '--rate', '10']);
    await until(() => simulator.journal().length > asked + 2);
    killed.kill('SIGKILL');
    expect((await killed.ended).signal).toBe('SIGKILL');
    const ended = goOn === 'correct' ? await correct(out, file) : await runCli(['resume', out]);
    expect(ended).toMatchObject({ code: 0 });
    expect(comparable(out)).toEqual(comparable(unbroken.out));
    expect(withoutTimes(out)).toEqual(withoutTimes(unbroken.out));
  }
});

test('cells mended on any sheet of exceptions.xlsx are those that are traced', async () => {
  const { out, file } = aCopy('workbook');
  const viaCsv = aCopy('workbook-as-csv');
  const book = `${file}.xlsx`;
  const wrong = rowsOf(file).filter((row) => row['exception_code'] === 'no-match');
  expect(wrong.length).toBeGreaterThan(3);
  const rows = rowsOf(file).map((row) =>
    row['exception_code'] === 'no-match' ? { ...row, Surname: mendOf(row)['Surname'] } : row,
  );
  writeFileSync(viaCsv.file, stringify(rows, { header: true }));
  expect((await correct(viaCsv.out, viaCsv.file)).code).toBe(0);
  // Every second one on the sheet of all, the others on the sheet of their cause.
  editWorkbook(join(out, 'exceptions.xlsx'), book, (cells, sheet) => {
    const at = wrong.findIndex((row) => cells.includes(row['trace_message_id'] ?? '-'));
    const row = wrong[at];
    if (row === undefined || (at % 2 === 0) !== (sheet === 'sheet1.xml')) return cells;
    return cells.replace('>Wrongname<', `>${mendOf(row)['Surname']}<`);
  });

  const ended = await correct(out, book);

  expect(ended).toMatchObject({ code: 0 });
  const found = readOutputs(out).matched.map((row) => [row['trace_row'], row['trace_nhs_number']]);
  const foundByCsv = readOutputs(viaCsv.out).matched;
  expect(found).toEqual(foundByCsv.map((row) => [row['trace_row'], row['trace_nhs_number']]));
  expect(found.length).toBe(readOutputs(finished).matched.length + wrong.length);
});

test('a row that was mended in two ways on two sheets is refused', async () => {
  const { out, file } = aCopy('two-ways');
  const book = `${file}.xlsx`;
  editWorkbook(join(out, 'exceptions.xlsx'), book, (cells, sheet) =>
    cells.replace('>Wrongname<', `>${sheet === 'sheet1.xml' ? 'One' : 'Other'}<`),
  );
  const asked = simulator.journal().length;
  const ended = await correct(out, book);
  expect(ended).toMatchObject({ code: 2 });
  expect(ended.stderr).toContain('sheet "no-match", row 2: row');
  expect(ended.stderr).toContain('on sheet "All", row');
  expect(simulator.journal().length).toBe(asked);
});

test('dates that a spreadsheet has rewritten are no mends; those with the month first are refused', async () => {
  const { out, file } = aCopy('dates');
  const withDates = (form: (year: string, month: string, day: string) => string): void => {
    const rows = rowsOf(join(out, 'exceptions.csv')).map((row) => {
      const [year = '', month = '', day = ''] = (row['DOB'] ?? '').split('-');
      return { ...row, DOB: day === '' ? '' : form(year, month, day) };
    });
    writeFileSync(file, stringify(rows, { header: true }));
  };
  const asked = simulator.journal().length;
  withDates((year, month, day) => `${day}/${month}/${year}`);
  const british = await correct(out, file);
  expect(british).toMatchObject({ code: 0 });
  expect(british.stdout).toContain('No row was changed');
  withDates((year, month, day) => `${Number(month)}/${Number(day)}/${year}`);
  const american = await correct(out, file);
  expect(american).toMatchObject({ code: 2 });
  expect(american.stderr).toContain('column 4 ("DOB"): day and month');
  expect(simulator.journal().length).toBe(asked);
  expect(comparable(out)).toEqual(comparable(finished));
});

test.each([
  ['a column that was renamed', (text: string) => text.replace('Surname', 'Family'), 'Surname'],
  ['a column that is missing', (text: string) => withoutColumn(text, 'Sex'), '"Sex" is not there'],
  ['no header row', (text: string) => text.slice(text.indexOf('\n') + 1), 'header row'],
  ['no trace_row', (text: string) => withoutColumn(text, 'trace_row'), 'trace_row'],
  ['a row that comes twice', (text: string) => text + text.split('\n')[1], 'already'],
  ['a row that is none', (text: string) => editRow(text, 'trace_row', '9999'), 'no row of the run'],
  [
    'a row without its number',
    (text: string) => editRow(text, 'trace_row', ''),
    'no row of the run',
  ],
  [
    'a column that was moved on its own',
    (text: string) => movedDown(text, 'Postcode'),
    'other rows',
  ],
  [
    'a row that was matched',
    (text: string) => editRow(text, 'trace_row', matchedRow()),
    'matched.csv',
  ],
])('%s is refused before anything is sent', async (name, damage, words) => {
  const { out, file } = aCopy(`refused-${name.replaceAll(' ', '-')}`);
  mendAll(file);
  writeFileSync(file, damage(readFileSync(file, 'utf8')));
  const asked = simulator.journal().length;
  const ended = await correct(out, file);
  expect(ended).toMatchObject({ code: 2 });
  expect(ended.stderr).toContain(words);
  expect(simulator.journal().length).toBe(asked);
  expect(comparable(out)).toEqual(comparable(finished));
  for (const person of truth) expect(ended.stderr).not.toContain(person[1]);
});

redisTest(
  'the run directory put back from before, while the queue has answers about other people: each has their own',
  async () => {
    const redis = await startRedis();
    const key = { NHS_TRACE_KEY: randomBytes(32).toString('base64') };
    const queue = ['--queue', redis.url];
    const expected = aCopy('never-lost');
    mendAll(expected.file);
    expect((await correct(expected.out, expected.file)).code).toBe(0);

    const lost = aCopy('lost');
    const strangers = people.filter((person) => isUsual(person)).slice(PEOPLE);
    const mixedUp = rowsOf(lost.file).map((row, at) => ({
      ...row,
      ...mendOf(row, cellsOf(strangers[at] ?? {}, 0)),
    }));
    writeFileSync(lost.file, stringify(mixedUp, { header: true }));
    const killed = startCli(
      ['correct', lost.out, lost.file, '--user', 'mender', '--workers', '0', ...queue],
      key,
    );
    const inQueue = async (list: string): Promise<number> => {
      const [key] = await redis.client.keys(`*:${list}`);
      if (key === undefined) return 0;
      return list === 'wait' ? redis.client.llen(key) : redis.client.zcard(key);
    };
    await until(async () => (await inQueue('wait')) > 0);
    const items = await inQueue('wait');
    killed.kill('SIGKILL');
    await killed.ended;
    const worker = startCli(['worker', ...queue], key);
    await until(async () => (await inQueue('completed')) === items);
    worker.kill('SIGTERM');
    await worker.ended;

    const { out, file } = aCopy('put-back');
    mendAll(file);
    const ended = await correct(out, file, queue, key);
    expect([ended.code, ended.stderr.slice(-1500)]).toMatchObject([0, /./]);
    expect(comparable(out)).toEqual(comparable(expected.out));
    expect(await inQueue('completed')).toBe(0);
    await redis.stop();
  },
);

/** The column one row further down, its last cell in the first. */
function movedDown(text: string, header: string): string {
  const rows: Row[] = parse(text, { columns: true });
  const moved = rows.map((row, at) => ({ ...row, [header]: rows.at(at - 1)?.[header] ?? '' }));
  return stringify(moved, { header: true });
}

/** NHS numbers of the rows, in order. */
const numbers: string[] = [];

function isUsual(person: Row): boolean {
  const names = [person['family_name'], person['given_name']];
  const twins = people.filter(
    (other) =>
      other['family_name'] === person['family_name'] &&
      other['birth_date'] === person['birth_date'],
  );
  return (
    person['status'] === 'current' &&
    person['is_sensitive'] === '' &&
    person['birth_date']?.length === 8 &&
    person['death_date'] === '' &&
    person['postcode'] !== '' &&
    ['1', '2'].includes(person['gender'] ?? '') &&
    Number(person['birth_date']?.slice(6)) > 12 &&
    names.every((name) => /^[A-Z][a-z]{4,}$/.test(name ?? '')) &&
    twins.length === 1
  );
}

function cellsOf(person: Row, at: number): string[] {
  const date = person['birth_date'] ?? '';
  return [
    `00${at + 1}`,
    person['family_name'] ?? '',
    person['given_name'] ?? '',
    `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`,
    person['gender'] ?? '',
    person['postcode'] ?? '',
    '',
  ];
}

function damaged(cells: readonly string[], at: number): string[] {
  const [id = '', family = '', given = '', date = '', ...rest] = cells;
  if (at % 4 === 1) return [id, family, given, '', ...rest];
  return at % 4 === 3 ? [id, 'Wrongname', given, date, ...rest] : [...cells];
}

function aCopy(name: string): { out: string; file: string } {
  const out = join(folder, name);
  cpSync(finished, out, { recursive: true });
  chmodSync(out, 0o700);
  const file = join(folder, `${name}.csv`);
  copyFileSync(join(out, 'exceptions.csv'), file);
  return { out, file };
}

/** Saves a workbook with its rows edited, each the XML of one. */
function editWorkbook(
  from: string,
  to: string,
  edit: (cells: string, sheet: string) => string,
): void {
  const parts = unzipSync(readFileSync(from));
  for (const [part, bytes] of Object.entries(parts)) {
    const sheet = /worksheets\/(.*)$/.exec(part)?.[1];
    if (sheet === undefined) continue;
    const text = strFromU8(bytes).replace(/<row .*?<\/row>/g, (row) => edit(row, sheet));
    parts[part] = strToU8(text);
  }
  writeFileSync(to, zipSync(parts));
}

function rowsOf(path: string): Row[] {
  return parse(readFileSync(path), { columns: true }) as Row[];
}

/** The cells as they should have been. A spreadsheet has dropped the zeros of the id. */
function mendOf(row: Row, as = truth[Number(row['trace_row']) - 1]): Row {
  const [, family = '', given = '', date = '', sex = '', postcode = ''] = as ?? [];
  const id = String(Number(row['trace_row']));
  return { Id: id, Surname: family, Forename: given, DOB: date, Sex: sex, Postcode: postcode };
}

function mendAll(file: string): void {
  const rows = rowsOf(file).map((row) => ({ ...row, ...mendOf(row) }));
  writeFileSync(file, stringify(rows, { header: true }));
}

function correct(
  out: string,
  file: string,
  more: readonly string[] = [],
  variables: Variables = {},
): Promise<Ended> {
  const args = ['correct', out, file, '--user', 'mender', '--rate', '500', ...more];
  return runCli(args, variables);
}

function numberOf(matched: readonly Row[], row: number): string | undefined {
  return matched.find((found) => found['trace_row'] === String(row))?.['trace_nhs_number'];
}

function matchedRow(): string {
  return readOutputs(finished).matched[0]?.['trace_row'] ?? '';
}

/** The local id has kept its zeros, whatever a spreadsheet did. */
function expectEveryRowOnce(out: string): void {
  const tables = ['matched.csv', 'exceptions.csv'].map((name) =>
    readTable(join(out, name)).slice(1),
  );
  const numbers = tables.map((rows) => rows.map((cells) => Number(cells[HEADER.length])));
  for (const inFile of numbers) expect(inFile).toEqual([...inFile].sort((a, b) => a - b));
  expect(numbers.flat().sort((a, b) => a - b)).toEqual(truth.map((_cells, at) => at + 1));
  for (const cells of tables.flat()) expect(cells[0]).toBe(`00${cells[HEADER.length]}`);
}

function withoutTimes(out: string): Row[] {
  return rowsOf(join(out, 'corrections.csv')).map(({ corrected_at: _at, ...rest }) => rest);
}

function withoutColumn(text: string, name: string): string {
  const rows = (parse(text, { columns: true }) as Row[]).map(({ [name]: _cell, ...rest }) => rest);
  return stringify(rows, { header: true });
}

function editRow(text: string, column: string, cell: string): string {
  const [first, ...rest] = parse(text, { columns: true }) as Row[];
  return stringify([{ ...first, [column]: cell }, ...rest], { header: true });
}
