/** Keys that are replaced, as docs/security.md says: nothing is lost, nothing is asked twice, old trails go on being read. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ended, runCli, startCli, until, type Variables } from '../support/cli.ts';
import { hasRedis, type RedisServer, redisTest, startRedis } from '../support/redis-server.ts';
import {
  aCohort,
  aFolder,
  aPopulation,
  type Cohort,
  expectWholeRun,
  readOutputs,
} from '../support/runs.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../support/simulator-process.ts';

const ROWS = 100;

const folder = aFolder();
let cohort: Cohort;
let simulator: SimulatorProcess;
let server: RedisServer | undefined;

beforeAll(async () => {
  if (hasRedis) server = await startRedis();
  const population = await aPopulation(folder, 1000);
  cohort = await aCohort(folder, population, 'nightly', ROWS);
  simulator = await startSimulatorProcess({ folder, population });
});
afterAll(async () => {
  await simulator.stop();
  await server?.stop();
});

redisTest('a worker that still has the old key takes no part, and says why', async () => {
  const queue = { NHS_TRACE_QUEUE_URL: server?.url ?? '' };
  const trails = ['--audit-dir', join(folder, 'trails')];
  const [old, renewed] = [
    { ...aKey(), ...queue },
    { ...aKey(), ...queue },
  ];
  const stale = startCli(['worker', ...trails], old);
  const fresh = startCli(['worker', ...trails], renewed);
  await Promise.all([stale.says('"worker"'), fresh.says('"worker"')]);
  const out = join(folder, 'workers');
  expect(await runCli([...runArgs(out, '500'), '--workers', '0'], renewed)).toMatchObject({
    code: 0,
  });
  expectWholeRun(out, cohort);
  for (const worker of [stale, fresh]) worker.kill('SIGTERM');
  const [staleSaid, freshSaid] = await Promise.all([stale.ended, fresh.ended]);
  expect(staleSaid.stderr).toContain('started with another NHS_TRACE_KEY');
  expect(staleSaid.stderr).not.toContain('worker.joined');
  expect(freshSaid.stderr).toContain('worker.joined');
});

redisTest(
  'a run that was killed goes on under another key: what the ledger has stands',
  async () => {
    const queue = { NHS_TRACE_QUEUE_URL: server?.url ?? '' };
    const [old, renewed] = [
      { ...aKey(), ...queue },
      { ...aKey(), ...queue },
    ];
    const trails = ['--audit-dir', join(folder, 'other-trails')];
    const stale = startCli(['worker', ...trails], old);
    await stale.says('"worker"');
    const out = join(folder, 'renewed');
    const before = simulator.journal().length;
    const killed = startCli([...runArgs(out, '30'), '--workers', '0'], old);
    await until(() => simulator.journal().length > before + 20);
    killed.kill('SIGKILL');
    await killed.ended;
    const known = answeredIn(out);
    expect(known.length).toBeGreaterThan(5);
    // The worker goes on: answers that only the old key opens come to lie in Redis, and it has people in hand.
    const atKill = simulator.journal().length;
    await until(() => simulator.journal().length > atKill + 20);

    const resumed = await runCli(['resume', out, '--rate', '500'], renewed);
    expect(resumed).toMatchObject({ code: 0 });
    expectWholeRun(out, cohort);
    expect(resumed.stderr).toContain('queue.discarded');
    // Whose answer stood in the ledger was asked about no more.
    const later = new Map(answeredIn(out).map(({ id, requests }) => [id, requests]));
    for (const { id, requests } of known) expect([id, later.get(id)]).toEqual([id, requests]);
    stale.kill('SIGTERM');
    const { stderr } = await stale.ended;
    expect(stderr).toContain('started with another NHS_TRACE_KEY');
    expect(stderr).toContain('worker.left');
  },
);

test('under a new key the answer store asks everybody once more, then nobody', async () => {
  const [old, renewed] = [aKey(), aKey()];
  const job = ['--job', 'nightly-data-quality'];
  const sent = async (name: string, key: Variables): Promise<number> => {
    const out = join(folder, 'nights', name);
    expect(await runCli([...runArgs(out, '500'), ...job], key)).toMatchObject({ code: 0 });
    return readOutputs(out).summary.requests.sent;
  };
  const first = await sent('first', old);
  expect(first).toBeGreaterThan(0);
  expect(await sent('second', old)).toBe(0);
  expect(await sent('third', renewed)).toBe(first);
  expect(await sent('fourth', renewed)).toBe(0);
});

test('a new auditor reads what is written from then on; the old one what was written before', async () => {
  const [first, second] = [await anAuditor('first'), await anAuditor('second')];
  const out = join(folder, 'audited');
  const before = simulator.journal().length;
  const killed = startCli(runArgs(out, '40'), first.writes);
  await until(() => simulator.journal().length > before + 20);
  killed.kill('SIGKILL');
  await killed.ended;
  const earlier = join(folder, 'earlier');
  expect(await run(earlier, '500', first.writes)).toMatchObject({ code: 0 });
  const later = join(folder, 'later');
  expect(await run(later, '500', second.writes)).toMatchObject({ code: 0 });

  expect((await verify(earlier, first.reads)).code).toBe(0);
  expect((await verify(earlier, second.reads)).code).not.toBe(0);
  expect((await verify(later, second.reads)).code).toBe(0);
  expect((await verify(later, first.reads)).code).not.toBe(0);
  // One run that goes on for another auditor: neither can prove all of it, and both are told so.
  expect(await runCli(['resume', out, '--rate', '500'], second.writes)).toMatchObject({ code: 0 });
  for (const { reads } of [first, second]) expect((await verify(out, reads)).code).not.toBe(0);
});

/** The people who have an answer by now, and the messages that were sent about each. */
function answeredIn(out: string): readonly { readonly id: number; readonly requests: string }[] {
  const ledger = new DatabaseSync(join(out, 'ledger.sqlite'), { readOnly: true });
  const found = ledger
    .prepare(
      'SELECT a.subject_id AS id, group_concat(r.message_id ORDER BY r.request_id) AS requests FROM answer a JOIN request r USING (subject_id) GROUP BY 1',
    )
    .all()
    .map(({ id, requests }) => ({ id: Number(id), requests: String(requests) }));
  ledger.close();
  return found;
}

interface Auditor {
  readonly writes: Variables;
  readonly reads: Variables;
}

async function anAuditor(name: string): Promise<Auditor> {
  const file = join(folder, `${name}.key`);
  const made = await runCli(['keygen', file, '--audit']);
  expect(readFileSync(file, 'utf8')).toContain('AGE-SECRET-KEY');
  const [, recipient = ''] = /NHS_TRACE_AUDIT_RECIPIENT=(age1\w+)/.exec(made.stdout) ?? [];
  return {
    writes: { NHS_TRACE_AUDIT_RECIPIENT: recipient },
    reads: { NHS_TRACE_AUDIT_KEY_FILE: file },
  };
}

function verify(out: string, variables: Variables): Promise<Ended> {
  return runCli(['audit', 'verify', out], variables);
}

function aKey(): Variables {
  return { NHS_TRACE_KEY: randomBytes(32).toString('base64') };
}

function run(out: string, rate: string, variables: Variables): Promise<Ended> {
  return runCli(runArgs(out, rate), variables);
}

function runArgs(out: string, rate: string): readonly string[] {
  const at = ['--endpoint', simulator.url, '--rate', rate];
  return ['run', cohort.path, '--out', out, ...at];
}
