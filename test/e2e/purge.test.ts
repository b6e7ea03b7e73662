/** Runs past their retention go, with a record of it; nothing else goes. */
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endProcesses, runCli, startCli, until, type Variables } from '../support/cli.ts';
import { aCohort, aFolder, aPopulation, type Cohort } from '../support/runs.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../support/simulator-process.ts';

const DAY_MS = 86_400_000;
const JOB = `name: kept
operator: { organisation: ZZ9, role: data quality }
reuse_answers_for: 30d
outputs: [mesh, dbs-codes]
bring_back: [postcode]
retention: 30d
`;

const folder = aFolder();
const key: Variables = { NHS_TRACE_KEY: randomBytes(32).toString('base64') };
let cohort: Cohort;
let simulator: SimulatorProcess;
/** A directory with one finished run, and the store beside it; to be copied. */
let template: string;
let number = '';

beforeAll(async () => {
  const population = await aPopulation(folder, 1000);
  cohort = await aCohort(folder, population, 'nightly', 40);
  simulator = await startSimulatorProcess({ folder, population });
  template = join(folder, 'template');
  mkdirSync(template);
  writeFileSync(join(folder, 'job.yaml'), JOB);
  const ended = await runCli(runArgs(join(template, 'one'), '500'), key);
  expect(ended).toMatchObject({ code: 0 });
  number =
    /\b999\d{7}\b/.exec(readFileSync(join(template, 'one', 'matched.csv'), 'utf8'))?.[0] ?? '';
  expect(number).not.toBe('');
});
afterAll(() => endProcesses());

test('a run past the retention of its job goes, and the record proves what and when', async () => {
  const runs = aCopy();
  aged(join(runs, 'one'), 31);
  copied(join(template, 'one'), join(runs, 'young'));
  const sha = createHash('sha256')
    .update(readFileSync(join(runs, 'one', 'audit.jsonl')))
    .digest('hex');

  const dry = await purge('--runs', runs, '--dry-run');
  expect(dry).toMatchObject({ code: 0 });
  expect(dry.stdout).toContain('would purge');
  expect(readdirSync(runs).sort()).toEqual(['answer-store.sqlite', 'one', 'young']);

  const ended = await purge('--runs', runs, '--user', 'ann', '--reason', 'schedule 7');
  expect(ended).toMatchObject({ code: 0 });
  expect(existsSync(join(runs, 'one'))).toBe(false);
  expect(existsSync(join(runs, 'young', 'ledger.sqlite'))).toBe(true);

  const trail = join(runs, 'purged.jsonl');
  expect(statSync(trail).mode & 0o777).toBe(0o600);
  expect(await runCli(['audit', 'verify', trail])).toMatchObject({ code: 0 });
  expect(entriesOf(trail).at(-1)).toMatchObject({
    event: 'run.purged',
    user: 'ann',
    organisation: 'ZZ9',
    detail: {
      why: 'older than 30 days, as its job says',
      reason: 'schedule 7',
      finished: true,
      rows: 40,
      input_sha256: createHash('sha256').update(readFileSync(cohort.path)).digest('hex'),
      audit_sha256: sha,
    },
  });
  expect(readFileSync(trail, 'utf8')).not.toContain(number);
});

test('--older-than beats the job, either way', async () => {
  const runs = aCopy();
  aged(join(runs, 'one'), 31);
  expect(await purge('--runs', runs, '--older-than', '32d')).toMatchObject({ code: 0 });
  expect(existsSync(join(runs, 'one'))).toBe(true);
  expect(await purge('--runs', runs, '--older-than', '3d')).toMatchObject({ code: 0 });
  expect(existsSync(join(runs, 'one'))).toBe(false);
  expect(await purge('--runs', runs, '--older-than', '3 weeks')).toMatchObject({ code: 2 });
  expect(await purge(runs, '--older-than', '3d')).toMatchObject({ code: 2 });
});

test('a run that is named goes whatever its age; what is not its own stays', async () => {
  const runs = aCopy();
  const run = join(runs, 'one');
  writeFileSync(join(run, 'notes.txt'), 'mine');
  writeFileSync(join(run, 'RESP_mine.csv'), 'mine');
  writeFileSync(
    join(run, `matched.csv.${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}.part`),
    number,
  );
  mkdirSync(join(run, 'queue'));
  writeFileSync(join(run, 'queue', 'items.sqlite'), number);
  const ended = await purge(run);
  expect(ended).toMatchObject({ code: 0 });
  expect(ended.stdout).toContain('2 files in it are not the run');
  expect(readdirSync(run).sort()).toEqual(['RESP_mine.csv', 'notes.txt']);
});

test('a directory that is no run, a link, and a foreign ledger are left alone', async () => {
  const runs = aCopy();
  const outside = mkdtempSync(join(folder, 'outside-'));
  copied(join(template, 'one'), join(outside, 'run'));
  symlinkSync(join(outside, 'run'), join(runs, 'link'));
  mkdirSync(join(runs, 'foreign'));
  const foreign = new DatabaseSync(join(runs, 'foreign', 'ledger.sqlite'));
  foreign.exec('CREATE TABLE accounts (a); PRAGMA user_version = 3');
  foreign.close();
  mkdirSync(join(runs, 'photos'));
  writeFileSync(join(runs, 'photos', 'matched.csv'), 'mine');
  const one = join(runs, 'one');
  copied(one, join(runs, 'linked-inside'));
  const target = join(outside, 'target');
  writeFileSync(target, 'mine');
  symlinkSync(
    target,
    join(runs, 'linked-inside', 'exceptions.xlsx.00000000-0000-0000-0000-000000000000.part'),
  );
  aged(join(outside, 'run'), 99);
  aged(join(runs, 'linked-inside'), 99);
  aged(one, 99);

  const ended = await purge('--runs', runs, '--force');
  expect(ended).toMatchObject({ code: 2, stderr: '' });
  expect(existsSync(one)).toBe(false);
  expect(existsSync(join(outside, 'run', 'ledger.sqlite'))).toBe(true);
  expect(existsSync(target)).toBe(true);
  expect(existsSync(join(runs, 'linked-inside', 'ledger.sqlite'))).toBe(true);
  expect(existsSync(join(runs, 'foreign', 'ledger.sqlite'))).toBe(true);
  expect(await purge(join(runs, 'photos'))).toMatchObject({ code: 2 });
  expect(await purge(`${join(runs, 'link')}/`, '--force')).toMatchObject({ code: 2 });
  expect(existsSync(join(outside, 'run', 'ledger.sqlite'))).toBe(true);
  expect(existsSync(join(runs, 'photos', 'matched.csv'))).toBe(true);
});

test('a run that somebody works on stays even with --force; one that was killed needs --force', async () => {
  const runs = mkdtempSync(join(folder, 'runs-'));
  const run = join(runs, 'slow');
  const asked = simulator.journal().length;
  const working = startCli(runArgs(run, '2'), key);
  await until(() => simulator.journal().length > asked);
  const busy = await purge(run, '--force');
  expect(busy).toMatchObject({ code: 2 });
  expect(busy.stdout).toContain('another process is working on');
  working.kill('SIGKILL');
  await working.ended;
  const killed = await purge(run);
  expect(killed).toMatchObject({ code: 2 });
  expect(killed.stdout).toContain('nhs-trace resume');
  expect(existsSync(join(run, 'ledger.sqlite'))).toBe(true);
  expect(await purge(run, '--force')).toMatchObject({ code: 0 });
  expect(existsSync(run)).toBe(false);
});

test('answers that have expired go from the store beside the runs, the others stay', async () => {
  const runs = aCopy();
  const path = join(runs, 'answer-store.sqlite');
  const store = new DatabaseSync(path);
  store.exec('UPDATE answer SET expires_at = 1 WHERE rowid % 2 = 0');
  const [all, expired] = [countOf(store, '1'), countOf(store, 'expires_at = 1')];
  store.close();
  const ended = await purge('--runs', runs);
  expect(ended.stdout).toContain(`${expired} answers that had expired`);
  const after = new DatabaseSync(path);
  expect([expired > 0, countOf(after, '1')]).toEqual([true, all - expired]);
  after.close();
  const trail = join(runs, 'purged.jsonl');
  expect(entriesOf(trail).at(-1)).toMatchObject({
    event: 'answers.deleted',
    organisation: 'ZZ9',
    detail: { why: 'expired', count: expired },
  });
  expect(await runCli(['audit', 'verify', trail])).toMatchObject({ code: 0 });
});

test('what cannot go on record is not deleted', async () => {
  const runs = aCopy();
  symlinkSync(join(folder, 'elsewhere'), join(runs, 'purged.jsonl'));
  expect(await purge(join(runs, 'one'))).toMatchObject({ code: 2 });
  expect(existsSync(join(runs, 'one', 'ledger.sqlite'))).toBe(true);
});

function purge(...args: readonly string[]) {
  return runCli(['purge', ...args, '--log-level', 'error']);
}

function runArgs(out: string, rate: string): readonly string[] {
  const job = join(folder, 'job.yaml');
  return [
    'run',
    cohort.path,
    '--job',
    job,
    '--out',
    out,
    '--endpoint',
    simulator.url,
    '--rate',
    rate,
  ];
}

function aCopy(): string {
  const runs = mkdtempSync(join(folder, 'runs-'));
  copied(join(template, 'one'), join(runs, 'one'));
  const store = 'answer-store.sqlite';
  cpSync(join(template, store), join(runs, store));
  return runs;
}

/** A run of its owner's alone, as the first one was. */
function copied(run: string, to: string): void {
  cpSync(run, to, { recursive: true });
  chmodSync(to, 0o700);
}

/** Lets a run have ended so many days ago. */
function aged(run: string, days: number): void {
  const ledger = new DatabaseSync(join(run, 'ledger.sqlite'));
  const at = new Date(Date.now() - days * DAY_MS).toISOString();
  ledger
    .prepare("UPDATE about SET value = json_set(value, '$.at', ?) WHERE key = 'standing'")
    .run(at);
  ledger.close();
}

function countOf(store: DatabaseSync, where: string): number {
  return Number(store.prepare(`SELECT count(*) AS n FROM answer WHERE ${where}`).get()?.['n']);
}

function entriesOf(path: string): readonly Readonly<Record<string, unknown>>[] {
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
