/** The files that a job asks for beside those of every run, against the simulator. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from '../support/cli.ts';
import { aFolder, expectPrivate, readOutputs, readTable } from '../support/runs.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../support/simulator-process.ts';

const sample = (name: string): string =>
  fileURLToPath(new URL(`../../samples/${name}`, import.meta.url));

const JOB = `name: for-loaders
policy: verify
rate: 500
accept_corrections: true
outputs: [mesh, dbs-codes]
bring_back: [family_name, death_date, postcode, telephone, gp_practice_code]
`;

const folder = aFolder();
const out = join(folder, 'run');
const input = sample('nightly-data-quality.csv');
let simulator: SimulatorProcess;
let meshName = '';

beforeAll(async () => {
  const population = sample('population.csv');
  simulator = await startSimulatorProcess({ folder, population });
  const job = join(folder, 'job.yaml');
  writeFileSync(job, JOB);
  const args = ['run', input, '--job', job, '--out', out, '--endpoint', simulator.url];
  const ended = await runCli(args);
  expect(ended).toMatchObject({ code: 0 });
  const run = readOutputs(out).summary.timing.started_at.replace(/\D/g, '').slice(0, 14);
  meshName = `RESP_nightly-data-quality_${run}.csv`;
}, 120_000);
afterAll(() => simulator.stop());

type Row = Readonly<Record<string, string>>;

function readNamed(name: string): readonly Row[] {
  return parse(readFileSync(join(out, name)), { columns: true }) as Row[];
}

test('the MESH reply holds each row once, in order, and no number that matched.csv does not have', () => {
  const mesh = readNamed(meshName);
  const rows = readTable(input).slice(1);
  expect(mesh.map((row) => row['UNIQUE REFERENCE'])).toEqual(
    rows.map(([id = ''], at) => id.trim() || `TRACE_ROW_${at + 1}`),
  );
  expect(mesh.map((row) => row['INTERNAL_ID'])).toEqual(rows.map((_row, at) => String(at + 1)));
  expect(readTable(join(out, meshName))[0]).toHaveLength(29);

  const { matched, exceptions } = readOutputs(out);
  expect(matched.length).toBeGreaterThan(0);
  expect(exceptions.length).toBeGreaterThan(0);
  for (const row of matched) {
    const reply = mesh[Number(row['trace_row']) - 1];
    expect(reply?.['MATCHED_NHS_NO']).toBe(row['trace_nhs_number']);
    expect(row['trace_outcome'] === 'superseded' ? ['90'] : ['00', '92']).toContain(
      reply?.['ERROR/SUCCESS_CODE'],
    );
    expect(reply?.['FAMILY_NAME']).not.toBe('');
  }
  const MESH: Row = { 'no-match': '98', 'multiple-matches': '97', 'possible-match': '97' };
  for (const row of exceptions) {
    const reply = mesh[Number(row['trace_row']) - 1];
    expect(['', '0000000000', '9999999999']).toContain(reply?.['MATCHED_NHS_NO']);
    const expected = MESH[row['exception_code'] ?? ''];
    if (expected !== undefined) expect(reply?.['ERROR/SUCCESS_CODE']).toBe(expected);
    expect([reply?.['FAMILY_NAME'], reply?.['POSTCODE']]).toEqual(['', '']);
  }
});

test('a restricted person is code 92, S, without address, practice or telephone', () => {
  const population = parse(readFileSync(sample('population.csv')), { columns: true }) as Row[];
  const isSensitive = (row: Row): boolean =>
    !['', '0', 'N', 'false'].includes(row['is_sensitive'] ?? '');
  const sensitive = new Set(population.filter(isSensitive).map((row) => row['nhs_number']));
  const found = readNamed(meshName).filter((row) => sensitive.has(row['MATCHED_NHS_NO']));
  expect(found.length).toBeGreaterThan(0);
  for (const row of found) {
    expect(['90', '92']).toContain(row['ERROR/SUCCESS_CODE']);
    expect(row['SENSITIVITY_FLAG']).toBe('S');
    for (const name of ['ADDRESS_LINE1', 'POSTCODE', 'GP_PRACTICE_CODE', 'TELEPHONE_NUMBER'])
      expect(row[name]).toBe('');
  }
});

test('details.csv holds each matched row once, and says who has died or is known otherwise', () => {
  const { matched } = readOutputs(out);
  const details = readNamed('details.csv');
  expect(details.map((row) => [row['trace_row'], row['trace_nhs_number']])).toEqual(
    matched.map((row) => [row['trace_row'], row['trace_nhs_number']]),
  );
  const population = parse(readFileSync(sample('population.csv')), { columns: true }) as Row[];
  const people = new Map(population.map((row) => [row['nhs_number'], row]));
  for (const row of details) {
    const person = people.get(row['trace_nhs_number'] ?? '');
    expect(row['pds_deceased']).toBe(person?.['death_date'] ? 'yes' : 'no');
    expect(row['pds_death_date']?.replaceAll('-', '')).toBe(person?.['death_date'] ?? '');
    expect(row['pds_family_name']?.toUpperCase()).toBe(person?.['family_name']?.toUpperCase());
    const withheld = [row['pds_postcode'], row['pds_gp_practice_code'], row['pds_telephone']];
    if (row['pds_restricted'] === 'yes') expect(withheld).toEqual(['', '', '']);
    else if (row['pds_deceased'] === 'no') expect(withheld[1]).toBe(person?.['gp_practice_code']);
    if (row['pds_deceased'] === 'yes') expect(row['differs']?.split(' ')).toContain('death_date');
  }
  expect(details.some((row) => row['pds_deceased'] === 'yes')).toBe(true);
});

test('DBS codes agree, the files are private, and `report` writes them again', async () => {
  const codes = readNamed('dbs-codes.csv');
  const { matched, exceptions } = readOutputs(out);
  expect(codes).toHaveLength(matched.length + exceptions.length);
  const DBS: Row = { verified: '30', traced: '20', superseded: '40', corrected: '33' };
  for (const row of matched) {
    const code = codes[Number(row['trace_row']) - 1];
    expect(code?.['TRACE_CODE']).toBe(DBS[row['trace_outcome'] ?? '']);
    expect(code?.['NHS_NUMBER']).toBe(row['trace_nhs_number']);
  }
  for (const row of exceptions)
    expect(codes[Number(row['trace_row']) - 1]?.['NHS_NUMBER']).toBe('');
  const names = [meshName, 'dbs-codes.csv', 'details.csv'];
  expectPrivate(out, names);
  const before = names.map((name) => readFileSync(join(out, name)));
  for (const name of names) writeFileSync(join(out, name), '');
  expect((await runCli(['report', out])).code).toBe(0);
  expect(names.map((name) => readFileSync(join(out, name)))).toEqual(before);
});
