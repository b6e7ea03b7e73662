/** The three jobs as docs/jobs.md works them through, on their samples, and over several nights. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'csv-stringify/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli, startCli, until } from '../support/cli.ts';
import {
  aFolder,
  type Cohort,
  expectWholeRun,
  type Row,
  readOutputs,
  readTable,
  scoreOf,
} from '../support/runs.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../support/simulator-process.ts';

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const POPULATION = path('samples/population.csv');
const JOBS = ['nightly-data-quality', 'cohort-backfill', 'social-care-matching'] as const;

/** Row 203 is planted: a namesake of the same sex and birth date, whom PDS does not hold (docs/jobs.md). */
const WRONG = {
  'nightly-data-quality': [],
  'cohort-backfill': [203],
  'social-care-matching': [],
} as const;

const folder = aFolder();
let simulator: SimulatorProcess;

beforeAll(async () => {
  simulator = await startSimulatorProcess({ folder, population: POPULATION });
});
afterAll(() => simulator.stop());

test.each(JOBS)('%s: its sample comes to what docs/jobs.md says, right and wrong', async (job) => {
  const out = join(folder, job);
  const before = simulator.journal().length;
  await run(sample(job).path, job, out);
  expectWholeRun(out, sample(job), simulator.journal().length - before);
  expect((await scoreOf(out, sample(job))).wrong).toEqual(WRONG[job]);
  const { matched, exceptions, summary } = readOutputs(out);
  const figures = [matched.length + exceptions.length, matched.length, exceptions.length];
  expect(figuresInDocs().get(job)).toEqual([...figures, summary.requests.sent]);
});

test('nightly: who has died, moved practice or changed since last night is brought back', async () => {
  const first = readOutputs(join(folder, JOBS[0]));
  const verified = first.matched.filter((row) => row['trace_outcome'] === 'verified');
  const [dead, moved, renamed] = verified
    .filter((row) => detailsOf(JOBS[0], row)['pds_restricted'] === 'no')
    .map((row) => row['trace_nhs_number']);
  const population = join(folder, 'next-night.csv');
  const [header = [], ...people] = readTable(POPULATION);
  const change = (cells: readonly string[], column: string, value: string): string[] =>
    cells.with(header.indexOf(column), value);
  const withFormerName = (cells: readonly string[]): string[] => {
    const former = cells[header.indexOf('family_name')] ?? '';
    return change(change(cells, 'family_name', 'Newname'), 'previous_family_names', former);
  };
  writeFileSync(
    population,
    stringify([
      header,
      ...people.map((cells) => {
        if (cells[0] === dead) return change(cells, 'death_date', '20261120');
        if (cells[0] === moved) return change(cells, 'gp_practice_code', 'Z00001');
        return cells[0] === renamed ? withFormerName(cells) : cells;
      }),
    ]),
  );
  const next = await startSimulatorProcess({ folder, population });
  const out = join(folder, 'next-night');
  await run(sample(JOBS[0]).path, JOBS[0], out, next);
  await next.stop();
  const ofNumber = (number: string | undefined, of: string): Row => {
    const found = tableOf(join(folder, of, 'details.csv'));
    return found.find((row) => row['trace_nhs_number'] === number) ?? {};
  };
  expect(ofNumber(dead, JOBS[0])['pds_deceased']).toBe('no');
  expect(ofNumber(dead, 'next-night')).toMatchObject({
    ...{ pds_deceased: 'yes', pds_death_date: '2026-11-20' },
  });
  expect(ofNumber(moved, JOBS[0])['pds_gp_practice_code']).not.toBe('Z00001');
  expect(ofNumber(moved, 'next-night')['pds_gp_practice_code']).toBe('Z00001');
  expect(ofNumber(renamed, JOBS[0])['pds_family_name']).not.toBe('Newname');
  expect(ofNumber(renamed, 'next-night')).toMatchObject({ pds_family_name: 'Newname' });
});

test('backfill: the day’s requests are spent, the rest waits for the next night, and a restart spends no more', async () => {
  const job = join(folder, 'backfill.yaml');
  writeFileSync(job, 'name: backfill\npolicy: trace\nrate: 200\ndaily_limit: 60\npriority: low\n');
  // Apart from the other jobs, whose requests would count for the same day.
  const out = join(folder, 'apart', 'backfill');
  const before = simulator.journal().length;
  const sent = (): number => simulator.journal().length - before;
  const { url } = simulator;
  const going = startCli([
    ...['run', sample('cohort-backfill').path, '--job', job],
    ...['--out', out, '--endpoint', url],
  ]);
  await until(() => sent() >= 60, 30_000);
  const standing = await until(async () => {
    const status = JSON.parse((await runCli(['status', out, '--json'])).stdout) as Row;
    return status['state'] === 'waiting' ? status : undefined;
  });
  expect(standing).toMatchObject({ state: 'waiting', waiting_for: 'daily-limit' });
  going.kill('SIGTERM');
  expect((await going.ended).code).toBe(4);
  const again = startCli(['resume', out]);
  await until(async () => {
    const status = JSON.parse((await runCli(['status', out, '--json'])).stdout) as Row;
    return status['state'] === 'waiting';
  });
  again.kill('SIGTERM');
  expect((await again.ended).code).toBe(4);
  expect(sent()).toBe(60);
});

test('social care: an estimated date of birth is never searched with, and a restricted person’s place is nowhere', async () => {
  const out = join(folder, JOBS[2]);
  const { matched, exceptions } = readOutputs(out);
  const estimated = (row: Row): boolean => row['DOB Estimated'] === 'Y';
  expect(exceptions.filter(estimated).length).toBeGreaterThan(3);
  for (const row of matched.filter(estimated))
    expect(row['trace_outcome']).toMatch(/verified|superseded/);
  for (const row of exceptions.filter(estimated).filter((found) => found['NHS Number'] === ''))
    expect(row).toMatchObject({ exception_code: 'unusable', trace_message_id: '' });

  const restricted = tableOf(POPULATION).filter((person) => person['is_sensitive'] === 'Y');
  expect(restricted.length).toBeGreaterThan(10);
  const input = new Set(readTable(sample(JOBS[2]).path).flat());
  const report = readFileSync(join(out, 'report.html'), 'utf8');
  for (const { postcode = '' } of restricted)
    if (postcode !== '' && !input.has(postcode)) expect(report).not.toContain(postcode);
  for (const row of exceptions.filter((found) => found['exception_code'] === 'possible-match'))
    expect(row['exception_candidate']).toMatch(/^(\d{10})?$/);
});

function sample(job: string): Cohort {
  return { path: path(`samples/${job}.csv`), truthPath: path(`samples/${job}.truth.csv`) };
}

async function run(input: string, job: string, out: string, of = simulator): Promise<void> {
  const args = ['run', input, '--job', job, '--out', out, '--endpoint', of.url, '--rate', '500'];
  expect(await runCli(args)).toMatchObject({ code: 0 });
}

function tableOf(file: string): Row[] {
  const [header = [], ...rows] = readTable(file);
  return rows.map((cells) => Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])));
}

function detailsOf(run_: string, { trace_row: row }: Row): Row {
  return (
    tableOf(join(folder, run_, 'details.csv')).find((found) => found['trace_row'] === row) ?? {}
  );
}

/** Job to rows, matched, exceptions, requests. */
function figuresInDocs(): Map<string, number[]> {
  const lines = readFileSync(path('docs/jobs.md'), 'utf8').split('\n');
  const found = lines.flatMap((line) => {
    const [, job, figures] =
      /^\| `([\w-]+)` \| `samples\/[^`]+` \|((?: \d+ \|)+)$/.exec(line) ?? [];
    return job === undefined || figures === undefined
      ? []
      : [[job, figures.split('|').map(Number).slice(0, -1)] as const];
  });
  return new Map(found);
}
