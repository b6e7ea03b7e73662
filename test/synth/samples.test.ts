/** The samples are what samples/README.md says they are made with. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeCohort, writePopulation } from '../../src/synth/write-files.ts';

const SAMPLES = resolve(import.meta.dirname, '../../samples');
const MADE_WITH = { seed: 'sample', today: '20261122' };
const folder = mkdtempSync(join(tmpdir(), 'samples-'));
const read = (directory: string, name: string) => readFileSync(join(directory, name), 'utf8');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the samples can be made again', () => {
  it('population.csv', async () => {
    await writePopulation(join(folder, 'population.csv'), { ...MADE_WITH, count: 20_000 });

    expect(read(folder, 'population.csv') === read(SAMPLES, 'population.csv')).toBe(true);
  });

  it.each([
    ['nightly-data-quality', 'nightly', 600],
    ['cohort-backfill', 'backfill', 600],
    ['social-care-matching', 'social-care', 400],
  ] as const)('%s.csv', async (name, style, count) => {
    const populationPath = join(SAMPLES, 'population.csv');
    const [cohort, truth] = [join(folder, `${name}.csv`), join(folder, `${name}.truth.csv`)];

    await writeCohort(cohort, truth, { ...MADE_WITH, style, count, populationPath });

    expect(read(folder, `${name}.csv`)).toBe(read(SAMPLES, `${name}.csv`));
    expect(read(folder, `${name}.truth.csv`)).toBe(read(SAMPLES, `${name}.truth.csv`));
  });
});
