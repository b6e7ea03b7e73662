/** A provider that says of one person in four what is not so, in good form or bad. */
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runCli } from '../support/cli.ts';
import {
  aCohort,
  aFolder,
  aPopulation,
  expectWholeRun,
  readOutputs,
  scoreOf,
} from '../support/runs.ts';
import { startSimulatorProcess } from '../support/simulator-process.ts';
import { LIES, startLyingProvider } from './support/lying-provider.ts';

const ROWS = 150;

const folder = aFolder();
const population = await aPopulation(folder, 1000);
const simulator = await startSimulatorProcess({ folder, population });
const provider = await startLyingProvider(simulator.url, LIES, { share: 0.25, seed: '1' });
afterAll(async () => {
  await provider.stop();
  await simulator.stop();
});

test.each([
  ['nightly-data-quality', 'nightly'],
  ['cohort-backfill', 'backfill'],
  ['social-care-matching', 'social-care'],
] as const)('%s: nobody is given a number that is not theirs', async (job, style) => {
  const cohort = await aCohort(folder, population, style, ROWS);
  const out = join(folder, job);
  const options = ['--endpoint', provider.url, '--rate', '400'];

  const first = await runCli(['run', cohort.path, '--job', job, '--out', out, ...options]);
  // What it says of many may look so wrong that a person must look.
  const { code } = first.code === 5 ? await runCli(['resume', out, ...options]) : first;

  expect([0, 3]).toContain(code);
  expectWholeRun(out, cohort);
  expect((await scoreOf(out, cohort)).wrong).toEqual([]);
  expect(readOutputs(out).matched.length).toBeGreaterThan(ROWS / 4);
});

test('every lie was told', () => {
  expect(LIES.filter(({ name }) => !provider.told.has(name)).map(({ name }) => name)).toEqual([]);
});
