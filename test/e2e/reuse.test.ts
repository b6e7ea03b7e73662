/** What earlier runs were answered: nobody unchanged is asked about again, and nothing else is taken for an answer. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { stringify } from 'csv-stringify/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ended, runCli, startCli, until, type Variables } from '../support/cli.ts';
import {
  aCohort,
  aFolder,
  aPopulation,
  type Cohort,
  expectWholeRun,
  readOutputs,
  readTable,
} from '../support/runs.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../support/simulator-process.ts';

const ROWS = 120;
const KEY = { NHS_TRACE_KEY: randomBytes(32).toString('base64') };

const folder = aFolder();
let population: string;
let simulator: SimulatorProcess;
let cohort: Cohort;

beforeAll(async () => {
  population = await aPopulation(folder, 2000);
  simulator = await startSimulatorProcess({ folder, population });
  cohort = await aCohort(folder, population, 'nightly', ROWS);
});
afterAll(() => simulator.stop());

test('the second night asks nobody, and gives the same answers; one changed row is asked about', async () => {
  const night = nights('nights');
  const first = await night('first', cohort);
  const second = await night('second', cohort);

  expect(second.sent).toBe(0);
  expectWholeRun(second.out, cohort, 0);
  expect(second.summary.requests.saved_by_store).toBe(first.summary.requests.sent);
  expect(second.ended.stdout).toContain('more were not needed: earlier runs');
  for (const table of ['matched', 'exceptions'] as const) {
    const before = readOutputs(first.out)[table].map(({ trace_source: source, ...row }) => ({
      ...row,
      trace_source: source === 'provider' ? 'store' : source,
    }));
    // The message and the time are those of the question that was asked.
    const local = (row: object): boolean => 'trace_source' in row && row.trace_source === 'local';
    const now = readOutputs(second.out)[table];
    expect(now.filter((row) => !local(row))).toEqual(before.filter((row) => !local(row)));
    expect(now.map(timeless)).toEqual(before.map(timeless));
  }

  const changed = withChange(cohort);
  const third = await night('third', changed);
  expectWholeRun(third.out, changed, third.sent);
  expect(third.sent).toBeGreaterThan(0);
  expect(third.sent).toBeLessThan(12);
});

test('without a key everybody is asked about, and a warning says why', async () => {
  const night = nights('keyless');
  const first = await night('first', cohort, {});
  const second = await night('second', cohort, {});
  expect(second.sent).toBe(first.sent);
  expect(second.ended.stderr).toContain('NHS_TRACE_KEY is not set');
  expect(existsSync(join(folder, 'keyless', 'answer-store.sqlite'))).toBe(false);
});

test('another policy, or a job that does not say so, takes none of the answers', async () => {
  const night = nights('policies');
  const first = await night('first', cohort);
  const enrich = await night('enrich', cohort, KEY, 'reuse_answers_for: 30d\npolicy: enrich\n');
  expect(enrich.sent).toBeGreaterThan(0);
  expect(enrich.summary.requests.saved_by_store).toBe(0);
  const never = await night('never', cohort, KEY, 'policy: verify\n');
  expect(never.sent).toBe(first.sent);
});

test('what was left without an answer is asked about; a run that was killed keeps nothing until it is resumed', async () => {
  const night = nights('killed');
  const job = join(folder, 'killed', 'job.yaml');
  writeFileSync(job, 'name: night\nreuse_answers_for: 30d\n');
  const out = join(folder, 'killed', 'first');
  const asked = simulator.journal().length;
  const killed = startCli(
    ['run', cohort.path, '--job', job, '--out', out, ...at(simulator), '--rate', '40'],
    KEY,
  );
  await until(() => simulator.journal().length > asked + 10);
  killed.kill('SIGKILL');
  await killed.ended;
  expect((await runCli(['resume', out, '--rate', '2000'], KEY)).code).toBe(0);
  const second = await night('second', cohort);
  expect(second.sent).toBe(0);
  expectWholeRun(second.out, cohort, 0);

  const failing = await startSimulatorProcess({
    folder,
    population,
    rules: ['{ when: { requests: 20-60 }, do: { response_code: SMSP-0001 } }'],
  });
  const withFaults = nights('failing', failing);
  const one = await withFaults(
    'first',
    cohort,
    KEY,
    `${NIGHT}stop_after_unanswered: 200\nattempts: 1\n`,
  );
  const { failed } = one.summary.exceptions;
  expect([one.ended.code, failed > 0]).toEqual([3, true]);
  const two = await withFaults(
    'second',
    cohort,
    KEY,
    `${NIGHT}stop_after_unanswered: 200\nattempts: 1\n`,
  );
  expect(two.ended.code).toBe(0);
  expect(two.sent).toBeGreaterThanOrEqual(failed);
  expect(two.sent).toBeLessThan(one.sent);
  await failing.stop();
});

test('what another provider said is kept for nobody, and the trail names the one that was asked', async () => {
  mkdirSync(join(folder, 'elsewhere'));
  const job = join(folder, 'elsewhere', 'job.yaml');
  writeFileSync(job, `name: night\n${NIGHT}`);
  const out = join(folder, 'elsewhere', 'first');
  const other = await startSimulatorProcess({ folder, population });
  const asked = simulator.journal().length;
  const moved = startCli(
    ['run', cohort.path, '--job', job, '--out', out, ...at(simulator), '--rate', '40'],
    KEY,
  );
  await until(() => simulator.journal().length > asked + 5);
  moved.kill('SIGTERM');
  expect((await moved.ended).code).toBe(4);

  const refused = await runCli(['resume', out, '--endpoint', 'https://smsp.example.nhs.uk/'], KEY);
  expect(refused).toMatchObject({ code: 2 });
  expect(refused.stderr).toContain('test numbers');
  expect((await runCli(['resume', out, ...at(other), '--rate', '2000'], KEY)).code).toBe(0);
  await other.stop();

  const store = join(folder, 'elsewhere', 'answer-store.sqlite');
  if (existsSync(store)) {
    const kept = new DatabaseSync(store);
    expect(kept.prepare('SELECT count(*) AS n FROM answer').get()).toEqual({ n: 0 });
    kept.close();
  }
  const trail = readFileSync(join(out, 'audit.jsonl'), 'utf8').trim().split('\n');
  const resumed = trail.map((line) => JSON.parse(line)).filter((e) => e.event === 'run.resumed');
  expect(resumed.map((e) => e.detail.endpoint)).toEqual([new URL(other.url).href]);
});

test('nothing of a person can be read in the store; what has expired goes on record before it goes', async () => {
  const night = nights('sealed');
  const { out } = await night('first', cohort);
  const cells = readTable(cohort.path).slice(1).flat();
  const numbers = readOutputs(out).matched.map((row) => row['trace_nhs_number'] ?? '');
  const marks = new Set([...cells, ...numbers].filter((cell) => cell.length > 7));
  expect(marks.size).toBeGreaterThan(ROWS);
  const files = readdirSync(join(folder, 'sealed')).filter((name) =>
    name.startsWith('answer-store'),
  );
  expect(files).toContain('answer-store.sqlite');
  for (const name of files) {
    const bytes = readFileSync(join(folder, 'sealed', name)).toString('latin1');
    expect([...marks].filter((mark) => bytes.includes(mark))).toEqual([]);
  }

  const store = new DatabaseSync(join(folder, 'sealed', 'answer-store.sqlite'));
  const { changes } = store.prepare('UPDATE answer SET expires_at = 1 WHERE rowid % 2 = 0').run();
  const second = await night('second', cohort);
  expect(second.sent).toBeGreaterThan(0);
  const left = store.prepare('SELECT count(*) AS n FROM answer WHERE expires_at = 1').get();
  expect([Number(changes) > 0, left?.['n']]).toEqual([true, 0]);
  store.close();
  const entries = readFileSync(join(second.out, 'audit.jsonl'), 'utf8').trim().split('\n');
  expect(entries.map((line) => JSON.parse(line)).filter(isDeletion)).toMatchObject([
    { detail: { why: 'expired', count: changes } },
  ]);
  expect(await runCli(['audit', 'verify', second.out])).toMatchObject({ code: 0 });
});

function isDeletion({ event }: { readonly event: string }): boolean {
  return event === 'answers.deleted';
}

test('the result in one line, for a scheduler', async () => {
  const night = nights('brief');
  const { ended, summary, out } = await night('first', cohort, KEY, NIGHT, ['--brief']);
  const matched = Object.values(summary.outcomes).reduce((a, b) => a + b, 0);
  expect(ended.stdout).toMatch(
    new RegExp(`^${summary.run_id}: complete, ${ROWS} rows, ${matched} matched .*; ${out}\n$`),
  );
});

const NIGHT = 'reuse_answers_for: 30d\n';

interface Night {
  readonly ended: Ended;
  readonly out: string;
  readonly summary: ReturnType<typeof readOutputs>['summary'];
  /** Requests that the provider saw. */
  readonly sent: number;
}

/** Runs of one job whose run directories lie beside one another. */
function nights(name: string, of = simulator) {
  mkdirSync(join(folder, name));
  return async (
    run: string,
    { path }: Pick<Cohort, 'path'>,
    variables: Variables = KEY,
    job = NIGHT,
    args: readonly string[] = [],
  ): Promise<Night> => {
    const jobFile = join(folder, name, `${run}.yaml`);
    writeFileSync(jobFile, `name: night\n${job}`);
    const out = join(folder, name, run);
    const before = of.journal().length;
    const ended = await runCli(
      ['run', path, '--job', jobFile, '--out', out, ...at(of), '--rate', '2000', ...args],
      variables,
    );
    expect([0, 3]).toContain(ended.code);
    const sent = of.journal().length - before;
    return { ended, out, summary: readOutputs(out).summary, sent };
  };
}

const at = ({ url }: SimulatorProcess): readonly string[] => ['--endpoint', url];

/** The cohort with another postcode, or none, on its first row. */
function withChange({ path }: Cohort): Cohort {
  const [header = [], first = [], ...rest] = readTable(path);
  const column = header.findIndex((name) => /post/i.test(name));
  expect(column).toBeGreaterThan(-1);
  const changed = first.with(column, first[column] === 'LS1 1AA' ? 'LS1 1AB' : 'LS1 1AA');
  const to = join(folder, 'changed.csv');
  writeFileSync(to, stringify([header, changed, ...rest]));
  return { path: to, truthPath: '' };
}

function timeless<T extends object>(row: T): object {
  return { ...row, trace_at: '' };
}
