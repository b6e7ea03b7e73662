/** The disk of the run directory is full: the run stops and says so, and `resume` makes the same files. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openAuditTrail } from '../../src/audit/audit-trail.ts';
import { recipientFor } from '../../src/audit/auditor.ts';
import type { AuditEvent } from '../../src/domain/audit.ts';
import { type Ended, runCli, type StartedProcess, startCli, until } from '../support/cli.ts';
import { canFillDisk, limitFiles } from '../support/file-limit.ts';
import {
  aCohort,
  aFolder,
  aPopulation,
  type Cohort,
  comparable,
  expectWholeRun,
  type Row,
  readOutputs,
} from '../support/runs.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../support/simulator-process.ts';

const CONCURRENCY = 8;
const ROWS = 400;

const diskTest = test.skipIf(!canFillDisk);
const folder = aFolder();
let population: string;
let cohort: Cohort;
let unbroken: readonly Row[][];
let unbrokenRequests: number;

beforeAll(async () => {
  population = await aPopulation(folder, 1000);
  cohort = await aCohort(folder, population, 'nightly', ROWS);
  const simulator = await aSimulator();
  const out = join(folder, 'unbroken');
  expect((await aRun(simulator, out, '400').ended).code).toBe(0);
  await simulator.stop();
  unbroken = comparable(out);
  unbrokenRequests = readOutputs(out).summary.requests.sent;
});

diskTest(
  'before anything was sent: nothing is left behind, and the same command works',
  async () => {
    const simulator = await aSimulator();
    const out = join(folder, 'at-once');
    const run = aRun(simulator, out, '400');
    limitFiles(run.pid, 0);
    const ended = await run.ended;
    expect(ended.code).toBe(5);
    expect(ended.stderr).toMatch(/cannot be written \(\w+\).*give the same command again/s);
    expect(ended.stderr).not.toContain('    at ');
    expect(existsSync(out)).toBe(false);
    expect(simulator.journal()).toEqual([]);
    expect((await aRun(simulator, out, '400').ended).code).toBe(0);
    await simulator.stop();
  },
);

diskTest('while rows are read: nothing was sent, and resume reads them again', async () => {
  const simulator = await aSimulator();
  const out = join(folder, 'reading');
  const run = aRun(simulator, out, '400');
  limitFiles(run.pid, 120_000);
  expectStop(await run.ended, out);
  expect(simulator.journal()).toEqual([]);
  await expectResumed(simulator, out);
});

diskTest('in the middle: no more is asked again than was in flight', async () => {
  const simulator = await aSimulator();
  const out = join(folder, 'middle');
  const run = aRun(simulator, out, '100');
  await until(() => simulator.journal().length > 60);
  limitFiles(run.pid, statSync(join(out, 'ledger.sqlite')).size);
  expectStop(await run.ended, out);
  await expectResumed(simulator, out);
});

diskTest('while no place is due for long: it is the pace of the runs that meets it', async () => {
  const simulator = await aSimulator();
  const out = join(folder, 'at-rest');
  const run = aRun(simulator, out, '0.4');
  await until(() => simulator.journal().length === 1);
  limitFiles(run.pid, 0);
  expectStop(await run.ended, out);
  expect(await runCli(['resume', out, '--rate', '400'])).toMatchObject({ code: 0 });
  await simulator.stop();
  expectWholeRun(out, cohort);
});

diskTest(
  'when it is the audit trail that takes no more: nothing leaves that is not on record',
  async () => {
    const simulator = await aSimulator();
    const out = join(folder, 'trail');
    const trail = join(out, 'audit.jsonl');
    const killed = aRun(simulator, out, '200');
    await until(() => simulator.journal().length > 5);
    killed.kill('SIGKILL');
    await killed.ended;
    await makeLargest(trail, join(out, 'audit.key'));
    const run = startCli(['resume', out]);
    await until(() => simulator.journal().length > 20);
    limitFiles(run.pid, statSync(trail).size);
    expectStop(await run.ended, out);
    // The provider writes its journal when it has answered.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const onRecord = readFileSync(trail, 'utf8');
    const seen = simulator.journal().map(({ messageId }) => String(messageId));
    expect(seen.filter((messageId) => !onRecord.includes(messageId))).toEqual([]);
    await expectResumed(simulator, out, 2 * CONCURRENCY);
    expect(await runCli(['audit', 'verify', out])).toMatchObject({ code: 0 });
  },
);

/** Larger than every file of SQLite may become: a process wrote much into it, and was killed. */
async function makeLargest(path: string, keyFile: string): Promise<void> {
  const trail = await openAuditTrail({
    path,
    writer: { user: 'ann', organisation: 'ZZ9', role: 'data quality', runId: 'trail' },
    recipient: await recipientFor(undefined, keyFile),
    now: () => new Date(),
    system: {},
  });
  const event: AuditEvent = { event: 'outputs.written', detail: 'あ'.repeat(290_000) };
  await trail.addAll(Array.from({ length: 10 }, () => event));
  await trail.close();
}

diskTest('while the results are written: those of before stay as they are', async () => {
  const simulator = await aSimulator();
  const out = join(folder, 'results');
  expect((await aRun(simulator, out, '400').ended).code).toBe(0);
  const before = contents(out);
  // Enough for what is written into the ledger again, and not for a file of results.
  const report = startCli(['report', out]);
  limitFiles(report.pid, 40_000);
  expectStop(await report.ended, out);
  expect(contents(out)).toEqual(before);
  await expectResumed(simulator, out, 0);
});

function contents(out: string): readonly [string, string][] {
  const names = readdirSync(out).filter((name) => !name.startsWith('ledger'));
  return names.map((name) => [name, readFileSync(join(out, name), 'latin1')]);
}

function aSimulator(): Promise<SimulatorProcess> {
  return startSimulatorProcess({ folder, population, args: ['--latency', '40'] });
}

function aRun(simulator: SimulatorProcess, out: string, rate: string): StartedProcess {
  return startCli([
    ...['run', cohort.path, '--out', out, '--endpoint', simulator.url],
    ...['--rate', rate, '--concurrency', String(CONCURRENCY)],
  ]);
}

function expectStop({ code, stderr }: Ended, out: string): void {
  expect(code).toBe(5);
  expect(stderr).toMatch(/cannot be written \(\w+\)/);
  expect(stderr).toContain(`nhs-trace resume ${out}`);
  expect(stderr).not.toContain('    at ');
}

async function expectResumed(
  simulator: SimulatorProcess,
  out: string,
  mostRepeats = CONCURRENCY,
): Promise<void> {
  expect(await runCli(['resume', out])).toMatchObject({ code: 0, signal: null });
  await simulator.stop();
  expectWholeRun(out, cohort);
  expect(comparable(out)).toEqual(unbroken);
  const repeats = simulator.journal().length - unbrokenRequests;
  expect(repeats).toBeLessThanOrEqual(mostRepeats);
}
