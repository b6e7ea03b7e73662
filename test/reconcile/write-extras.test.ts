import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ExtraRules } from '../../src/domain/extra-output.ts';
import { writeExtras } from '../../src/reconcile/write-extras.ts';
import { aLocalRow } from '../support/people.ts';

const AT = '2026-11-22T16:45:00.000Z';
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'write-extras-'));
});
afterEach(() => rm(folder, { recursive: true }));

function* unusableRows(count: number) {
  for (let row = 1; row <= count; row += 1) {
    const about = { responseCode: '', step: '', source: 'local', messageId: '' } as const;
    const words = { reason: '', action: '', status: '03' } as const;
    const decision = { kind: 'exception', code: 'unusable', ...words } as const;
    const cells = [`=${row}`, ''];
    const answered = { ...aLocalRow(row), cells, at: AT };
    yield { answered, decided: { row, cells, decision, at: AT, ...about } };
  }
}

function written(rules: ExtraRules, count: number, expectedRows = count): Promise<void> {
  const paths = {
    mesh: join(folder, 'RESP_x.csv'),
    dbsCodes: join(folder, 'dbs-codes.csv'),
    details: join(folder, 'details.csv'),
  };
  return writeExtras(unusableRows(count), ['Id', 'x'], expectedRows, rules, paths);
}

it('writes only what the job asks for', async () => {
  await written({ outputs: [], bring_back: [], date_order: 'dmy' }, 3);
  expect(await readdir(folder)).toEqual([]);
  await written({ outputs: ['dbs-codes'], bring_back: ['death_date'], date_order: 'dmy' }, 3);
  expect((await readdir(folder)).sort()).toEqual(['dbs-codes.csv', 'details.csv']);
});

it('carries cells as they are, for machines', async () => {
  await written({ outputs: ['dbs-codes'], bring_back: [], date_order: 'dmy' }, 2);
  const text = await readFile(join(folder, 'dbs-codes.csv'), 'utf8');
  expect(text).toBe('UNIQUE REFERENCE,TRACE_ROW,TRACE_CODE,NHS_NUMBER\n=1,1,,\n=2,2,,\n');
});

it('leaves nothing behind when a row is missing', async () => {
  const rules: ExtraRules = {
    outputs: ['mesh', 'dbs-codes'],
    bring_back: ['postcode'],
    date_order: 'dmy',
  };
  await expect(written(rules, 2500, 2501)).rejects.toThrow('2500 rows were written out');
  expect(await readdir(folder)).toEqual([]);
});
