/** The samples of published layouts: recognised, every column of them, and traced. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Field } from '../../src/domain/field.ts';
import { runCli } from '../support/cli.ts';
import { aFolder, readOutputs } from '../support/runs.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../support/simulator-process.ts';

const samples = fileURLToPath(new URL('../../samples/', import.meta.url));
const folder = aFolder();
let simulator: SimulatorProcess;

beforeAll(async () => {
  simulator = await startSimulatorProcess({ folder, population: join(samples, 'population.csv') });
});
afterAll(() => simulator.stop());

const NAMES: readonly Field[] = ['family_name', 'given_name'];
const CASES: readonly (readonly [
  file: string,
  layout: string,
  fields: readonly Field[],
  traced: number,
])[] = [
  ['data-dictionary', 'NHS Data Dictionary', [...NAMES, 'gender', 'postcode'], 1],
  [
    'emis-admin-patient',
    'EMIS Admin_Patient',
    [...NAMES, 'other_given_names', 'gender', 'postcode'],
    1,
  ],
  [
    'systmone-srpatient',
    'SystmOne SRPatient',
    [...NAMES, 'previous_family_name', 'other_given_names'],
    0,
  ],
  ['client-level-data', 'Adult social care client-level data', [...NAMES, 'gender', 'postcode'], 1],
  [
    'liquidlogic-dim-person',
    'Liquidlogic DIM_PERSON',
    [...NAMES, 'birth_date_is_estimated', 'gender'],
    0,
  ],
  ['mosaic-export', 'Mosaic export', [...NAMES, 'gender', 'postcode'], 1],
  ['sus', 'SUS / CDS', ['gender', 'postcode'], 0],
  [
    'pds-mesh-request',
    'PDS MESH request',
    [...NAMES, 'other_given_names', 'gender', 'postcode'],
    1,
  ],
];

test('each sample has its case', () => {
  const files = readdirSync(join(samples, 'profiles')).map((name) => name.replace('.csv', ''));
  expect(CASES.map(([file]) => file).sort()).toEqual(files.sort());
});

test.each(CASES)('%s is recognised as %s, and traced', async (name, layout, fields, traced) => {
  const input = join(samples, 'profiles', `${name}.csv`);
  const checked = JSON.parse((await runCli(['check', input, '--json'])).stdout);

  expect(checked.layout.name).toBe(layout);
  expect(checked.layout.headers_found).toBe(checked.layout.headers);
  expect(checked.columns.map(({ field }: { field: Field }) => field).sort()).toEqual(
    ['nhs_number', 'birth_date', ...fields].sort(),
  );
  expect(
    checked.columns.every((column: { confidence: string }) => column.confidence === 'profile'),
  ).toBe(true);
  expect(checked.untraceable_rows).toBe(0);

  const out = join(folder, name);
  const args = ['--out', out, '--rate', '100', '--endpoint', simulator.url];
  expect((await runCli(['run', input, ...args])).code).toBe(0);
  const { outcomes, exceptions } = readOutputs(out).summary;
  // Without names, a number and a date of birth are too little to be sure (docs/matching.md).
  const doubtful = fields.includes('family_name') ? 0 : 6;
  expect(outcomes).toMatchObject({ verified: 6 - traced - doubtful, traced });
  expect(exceptions['possible-match']).toBe(doubtful);
});
