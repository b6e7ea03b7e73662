import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeCohort } from '../../src/synth/cohort.ts';
import { type CohortStyle, cohortHeader } from '../../src/synth/cohort-style.ts';
import { makePopulation } from '../../src/synth/population.ts';
import { populationColumns } from '../../src/synth/population-entry.ts';
import type { TruthRow } from '../../src/synth/truth.ts';
import {
  readPopulation,
  readTruth,
  writeCohort,
  writePopulation,
} from '../../src/synth/write-files.ts';

const today = '20250601';
const options = { seed: 'files', count: 5000, today };
let folder = '';
let populationPath = '';
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'synth-'));
  populationPath = at('population.csv');
  await writePopulation(populationPath, options);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function textRows(path: string): Promise<readonly (readonly string[])[]> {
  const rows: string[][] = parse(await readFile(path));
  return rows;
}

describe('writePopulation', () => {
  test('writes what makePopulation makes, under its header', async () => {
    const [header, ...rows] = await textRows(populationPath);
    expect(header).toEqual([...populationColumns]);
    expect(rows).toEqual([...makePopulation(options)].map((entry) => Object.values(entry)));
  });

  test('gives the file to its owner alone and leaves nothing else behind', async () => {
    expect((await stat(populationPath)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toContain('population.csv');
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('says how many rows it wrote', async () => {
    expect(await writePopulation(at('few.csv'), { ...options, count: 3 })).toEqual({ rows: 3 });
    expect(await writePopulation(at('none.csv'), { ...options, count: 0 })).toEqual({ rows: 0 });
  });

  test('leaves an old file as it was, and no temporary one, when it is stopped', async () => {
    await writeFile(at('kept.csv'), 'old');
    const stopped = writePopulation(at('kept.csv'), options, { signal: AbortSignal.abort() });
    await expect(stopped).rejects.toThrow(/abort/i);
    expect(await readFile(at('kept.csv'), 'utf8')).toBe('old');
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe.each(['nightly', 'backfill', 'social-care'] as const)(
  'writeCohort, %s',
  (style: CohortStyle) => {
    const cohortOptions = { seed: 'files', count: 500, style, today };

    test('writes the cohort and its truth, row for row', async () => {
      const [cohortPath, truthPath] = [at(`${style}.csv`), at(`${style}-truth.csv`)];
      const population = await readPopulation(populationPath);
      const expected = [...makeCohort({ ...cohortOptions, population })];

      const written = await writeCohort(cohortPath, truthPath, {
        ...cohortOptions,
        populationPath,
      });

      const [header, ...rows] = await textRows(cohortPath);
      expect(written).toEqual({ rows: 500 });
      expect(header).toEqual(cohortHeader(style));
      expect(rows).toEqual(expected.map(({ cells }) => cells));
      const truth: TruthRow[] = [];
      for await (const row of readTruth(truthPath)) truth.push(row);
      expect(truth).toEqual(expected.map((row) => row.truth));
      expect((await stat(cohortPath)).mode & 0o777).toBe(0o600);
      expect((await stat(truthPath)).mode & 0o777).toBe(0o600);
    });
  },
);

describe('reading back', () => {
  test('a cohort from the file is the cohort from memory', async () => {
    const fromFile = await readPopulation(populationPath);
    const cohortOptions = { seed: 1, count: 100, style: 'nightly' as const, today };
    expect([...makeCohort({ ...cohortOptions, population: fromFile })]).toEqual([
      ...makeCohort({ ...cohortOptions, population: makePopulation(options) }),
    ]);
  });

  test('names the column that is missing', async () => {
    await writeFile(at('short.csv'), 'nhs_number,status\n9990000018,current\n');
    await expect(readPopulation(at('short.csv'))).rejects.toThrow(/superseded_by/);
  });

  test('fails for a file that is not there', async () => {
    await expect(readPopulation(at('absent.csv'))).rejects.toThrow(/ENOENT/);
  });
});
