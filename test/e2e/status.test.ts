/** A run looked at by another process: while it reads, traces, waits, and however it ended. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { MINUTE_MS, wallTime } from '../../src/domain/wall-clock.ts';
import { runCli, startCli, until } from '../support/cli.ts';
import { aCohort, aFolder, aPopulation, type Cohort, readOutputs } from '../support/runs.ts';
import { startSimulatorProcess } from '../support/simulator-process.ts';
import { peopleIn } from './support/people-of-file.ts';

const ROWS = 200;
const NOTHING_KNOWN = { reason: null, waiting_for: null, waiting_until: null };

const folder = aFolder();
let population: string;
let cohort: Cohort;

beforeAll(async () => {
  population = await aPopulation(folder, 1000);
  cohort = await aCohort(folder, population, 'nightly', ROWS);
});

test('from the first request to the last: going on, killed, stopped, finished', async () => {
  const simulator = await startSimulatorProcess({ folder, population });
  const runs = join(folder, 'runs');
  const out = join(runs, 'first');
  const args = ['--endpoint', simulator.url, '--rate', '20', '--out', out, '--run-id', 'first'];
  const run = startCli(['run', cohort.path, ...args]);
  await until(() => simulator.journal().length > 30);

  const going = await until(async () => {
    const seen = await statusOf(out);
    return seen.requests.sent > 20 && seen.rows.done > 20 && seen;
  });
  expect(going).toMatchObject({
    ...NOTHING_KNOWN,
    run_id: 'first',
    job: 'nightly-data-quality',
    directory: out,
    state: 'tracing',
    going_on: true,
    ended_at: null,
    rows: { read: ROWS, total: ROWS, to_do: ROWS - going.rows.done, unanswered: 0 },
    requests: { limit_per_second: 20 },
  });
  expect(going.rows.matched + going.rows.exceptions).toBe(going.rows.done);
  expect(going.requests.per_second).toBeGreaterThan(1);
  expect(going.requests.per_second).toBeLessThanOrEqual(20);
  expect(Date.parse(going.expected_end)).toBeGreaterThan(Date.parse(going.seen_at));
  expect(Date.parse(going.requests.last_at)).toBeGreaterThan(Date.parse(going.started_at));

  run.kill('SIGKILL');
  await run.ended;
  expect(await statusOf(out)).toMatchObject({ state: 'killed', going_on: false, ended_at: null });
  const { stdout: ofKilled } = await runCli(['status', out]);
  expect(ofKilled).toContain(`nhs-trace resume ${out}`);

  const resumed = startCli(['resume', out]);
  await until(async () => (await statusOf(out)).going_on);
  resumed.kill('SIGINT');
  expect((await resumed.ended).code).toBe(4);
  const stopped = await statusOf(out);
  expect(stopped).toMatchObject({ state: 'stopped', going_on: false, expected_end: null });
  expect(stopped.rows.done).toBeGreaterThanOrEqual(going.rows.done);

  expect((await runCli(['resume', out, '--rate', '500'])).code).toBe(0);
  await simulator.stop();
  const { summary, matched, exceptions } = readOutputs(out);
  const before = readdirSync(out).toSorted();
  const finished = await statusOf(out);
  expect(finished).toMatchObject({
    ...NOTHING_KNOWN,
    state: 'finished',
    ended_at: expect.any(String),
    rows: { done: ROWS, to_do: 0, matched: matched.length, exceptions: exceptions.length },
    requests: { sent: summary.requests.sent, per_second: 0 },
  });
  expect(Object.keys(finished)).toEqual(Object.keys(going));
  expect(readdirSync(out).toSorted()).toEqual(before);

  const { stdout: list } = await runCli(['status', runs]);
  expect(list).toMatch(/^first {2}finished {2}.*200 of 200 rows \(100\.0%\), \d+ matched\n$/);
  const shown = [ofKilled, list, JSON.stringify([going, finished])].join();
  for (const { family_name, nhs_number } of peopleIn(population)) {
    expect(shown).not.toContain(nhs_number);
    expect(shown).not.toMatch(new RegExp(`\\b${family_name}\\b`));
  }
});

test('a run that waits for its hours says until when; whoever watches it sees it end', async () => {
  const opensAtMs = Date.now() + 2 * 60 * MINUTE_MS;
  const simulator = await startSimulatorProcess({ folder, population });
  const window = `${timeOf(opensAtMs)}-${timeOf(opensAtMs + 60 * MINUTE_MS)}`;
  const { run, out } = aRun('hours', simulator.url, `window: ${window}`);

  const seen = await until(async () => {
    const status = await statusOf(out);
    return status.state === 'waiting' && status;
  });

  expect(seen.waiting_for).toBe('hours');
  expect(Math.abs(Date.parse(seen.waiting_until) - opensAtMs)).toBeLessThan(MINUTE_MS);
  expect(seen.requests).toMatchObject({ sent: 0, last_at: null, per_second: 0 });
  const watching = startCli(['status', out, '--watch']);
  await watching.says(`waiting for the sending hours until ${timeOf(opensAtMs)}`);
  run.kill('SIGINT');
  await run.ended;
  expect(await watching.ended).toMatchObject({ code: 0 });
  expect(watching.stdout()).toMatch(/state +stopped/);
  await simulator.stop();
});

test('a provider that asks to wait, and one that refuses us', async () => {
  const busy = ['{ when: { requests: 5 }, do: { busy: { retry_after: 60 } } }'];
  const refusal = ['{ when: { requests: 5 }, do: { response_code: SMSP-0005 } }'];
  const [waits, refuses] = await Promise.all(
    [busy, refusal].map((rules) => startSimulatorProcess({ folder, population, rules })),
  );
  const waiting = aRun('busy', waits?.url ?? '');
  const refused = aRun('refused', refuses?.url ?? '');
  expect((await refused.run.ended).code).toBe(5);

  const halted = await statusOf(refused.out);
  expect(halted).toMatchObject({ state: 'halted', going_on: false });
  expect(halted.reason).toContain('SMSP-0005');
  const seen = await until(async () => {
    const status = await statusOf(waiting.out);
    return status.state === 'waiting' && status;
  });
  expect(seen.waiting_for).toBe('provider');
  const waitsFor = Date.parse(seen.waiting_until) - Date.parse(seen.seen_at);
  expect(waitsFor).toBeGreaterThan(10_000);
  expect(waitsFor).toBeLessThanOrEqual(60_000);

  const { runs } = JSON.parse((await runCli(['status', folder, '--json'])).stdout);
  const ids = runs.map((one: { run_id: string }) => one.run_id);
  expect(ids.indexOf('refused')).toBeLessThan(ids.indexOf('hours'));
  waiting.run.kill('SIGINT');
  await waiting.run.ended;
  await Promise.all([waits?.stop(), refuses?.stop()]);
});

test.each([
  ['a directory without runs', 'empty', /not a run directory, and no run is in it/],
  ['no directory', 'nowhere', /there is no directory/],
])('%s', async (_what, name, words) => {
  const path = join(folder, name);
  if (name === 'empty') mkdirSync(path);
  const ended = await runCli(['status', path]);
  expect(ended).toMatchObject({ code: 2, stdout: '' });
  expect(ended.stderr).toMatch(words);
});

interface Status {
  readonly state: string;
  readonly going_on: boolean;
  readonly reason: string;
  readonly waiting_for: string;
  readonly waiting_until: string;
  readonly started_at: string;
  readonly expected_end: string;
  readonly seen_at: string;
  readonly rows: Readonly<Record<'done' | 'matched' | 'exceptions', number>>;
  readonly requests: {
    readonly sent: number;
    readonly last_at: string;
    readonly per_second: number;
  };
}

/** Until the run is there, nothing is known of it. */
function statusOf(out: string): Promise<Status> {
  return until(async () => {
    const ended = await runCli(['status', out, '--json']);
    return ended.code === 0 && (JSON.parse(ended.stdout) as Status);
  });
}

function aRun(name: string, endpoint: string, settings = '') {
  const job = join(folder, `${name}.yaml`);
  writeFileSync(job, `name: looked-at\nconcurrency: 2\nrate: 50\n${settings}\n`);
  const out = join(folder, name);
  const args = ['--job', job, '--endpoint', endpoint, '--out', out, '--run-id', name];
  return { run: startCli(['run', cohort.path, ...args]), out };
}

/** `19:00`, in London. */
function timeOf(atMs: number): string {
  const { minute } = wallTime(atMs, 'Europe/London');
  return [Math.floor(minute / 60), minute % 60].map((n) => String(n).padStart(2, '0')).join(':');
}
