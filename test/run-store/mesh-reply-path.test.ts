import { basename } from 'node:path';
import { expect, test } from 'vitest';
import {
  createRunFolder,
  discardRunFolder,
  meshReplyPath,
} from '../../src/run-store/run-folder.ts';
import { aFolder } from '../support/runs.ts';

const folder = aFolder();

test.each([
  ['cohort.csv', 'RESP_cohort_20261122164500.csv'],
  ['MPTREQ_20261122160000.csv', 'RESP_MPTREQ_20261122160000_20261122164500.csv'],
  ['my cohort (2).v3.xlsx', 'RESP_my_cohort__2__v3_20261122164500.csv'],
  [`${'é'.repeat(240)}.csv`, `RESP_${'_'.repeat(100)}_20261122164500.csv`],
])('the reply to %s is %s', (input, name) => {
  const run = createRunFolder(`${folder}/run`);
  expect(basename(meshReplyPath(run, input, '2026-11-22T16:45:00.123Z'))).toBe(name);
  discardRunFolder(run);
});
