/** The audit trail of real runs: nothing leaves that is not on record, and what is on record can be proved and found. */
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NODE, runCli, startCli, startProcess, until, type Variables } from '../support/cli.ts';
import { hasRedis, type RedisServer, redisTest, startRedis } from '../support/redis-server.ts';
import { aCohort, aFolder, aPopulation, type Cohort, readOutputs } from '../support/runs.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../support/simulator-process.ts';

const ROWS = 80;

const folder = aFolder();
let population: string;
let cohort: Cohort;
let simulator: SimulatorProcess;
let server: RedisServer | undefined;
/** A finished run. */
let out: string;

beforeAll(async () => {
  if (hasRedis) server = await startRedis();
  population = await aPopulation(folder, 1000);
  cohort = await aCohort(folder, population, 'nightly', ROWS);
  simulator = await startSimulatorProcess({ folder, population });
  out = join(folder, 'finished');
  const job = join(folder, 'job.yaml');
  writeFileSync(
    job,
    'name: audited\noperator: { organisation: ZZ9, role: data quality, notice: Keep out. }\n',
  );
  const args = ['run', cohort.path, '--out', out, '--job', job, '--user', 'ann', '--rate', '500'];
  expect(await runCli([...args, '--endpoint', simulator.url])).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await simulator.stop();
  await server?.stop();
});

type Entry = Readonly<Record<string, unknown>>;

test('every message, its answer and every decision is on record, with who and when', async () => {
  const entries = entriesOf(join(out, 'audit.jsonl'));
  const { matched, exceptions } = readOutputs(out);
  expect(idsOf(entries, 'request.sent').sort()).toEqual(
    simulator
      .journal()
      .map(({ messageId }) => messageId)
      .sort(),
  );
  expect(idsOf(entries, 'reply.received').sort()).toEqual(idsOf(entries, 'request.sent').sort());
  const decided = entries.filter(({ event }) => event === 'row.decided');
  expect(decided.map(({ row, code }) => [row, code])).toEqual(
    [...matched, ...exceptions]
      .map((row) => [Number(row['trace_row']), row['trace_outcome'] || row['exception_code']])
      .sort(([a], [b]) => Number(a) - Number(b)),
  );
  for (const entry of entries)
    expect(entry).toMatchObject({
      ...{ user: 'ann', organisation: 'ZZ9', role: 'data quality', run_id: expect.any(String) },
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
  expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_entry, at) => at + 1));
  expect(entries.find(({ event }) => event === 'run.started')?.['detail']).toMatchObject({
    job: { name: 'audited', rate: 500 },
  });
  for (const name of ['audit.jsonl', 'audit.key'])
    expect((statSync(join(out, name)).mode & 0o777).toString(8)).toBe('600');
});

test('no NHS number can be read in it; it is found by its number, its message, its user and its time', async () => {
  const text = readFileSync(join(out, 'audit.jsonl'), 'utf8');
  const { matched } = readOutputs(out);
  for (const row of matched) expect(text).not.toContain(row['trace_nhs_number']);
  const row = matched.find((found) => found['trace_outcome'] === 'verified');
  const number = row?.['trace_nhs_number'] ?? '';
  const about = await query('--nhs-number', number);
  expect(about.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['request.sent', 'reply.received', 'row.decided']),
  );
  for (const entry of about) expect(entry['nhs_number']).toBe(number);
  const spaced = `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`;
  expect((await query('--nhs-number', spaced)).length).toBeGreaterThanOrEqual(about.length);
  const piped = `echo "${spaced}" | "${NODE}" src/cli/main.ts audit query "${out}" --nhs-number -`;
  const read = await startProcess('/bin/sh', ['-c', piped], {}).ended;
  expect(shownIn(read.stdout)).toEqual(expect.arrayContaining([...about]));
  const id = row?.['trace_message_id'] ?? '';
  const message = await query('--message-id', id);
  expect(message.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['request.sent', 'reply.received']),
  );
  expect(await query('--user', 'nobody')).toEqual([]);
  const all = await query('--user', 'ann');
  expect(all.length).toBe(text.trimEnd().split('\n').length);
  const { at } = all[10] ?? {};
  const since = await query('--user', 'ann', '--from', String(at));
  const until_ = await query('--user', 'ann', '--to', String(at));
  expect(since.length + until_.length).toBeGreaterThan(all.length);
});

test('whoever looks is on record too', async () => {
  const before = readsOf().length;
  const number = readOutputs(out).matched[0]?.['trace_nhs_number'] ?? '';
  await query('--nhs-number', number);
  await runCli(['audit', 'verify', out]);
  await runCli(['explain', out, '--row', '3']);
  const reads = readsOf().slice(before);
  expect(reads.map(({ event }) => event)).toEqual([
    ...['trail.opened', 'audit.queried', 'trail.opened', 'audit.verified'],
  ]);
  expect(JSON.stringify(reads)).not.toContain(number);
  const shown = entriesOf(join(out, 'audit.jsonl')).at(-1);
  expect(shown).toMatchObject({ event: 'row.shown', row: 3 });
});

test('a change is found and named; a missing end as well', async () => {
  expect(await runCli(['audit', 'verify', out])).toMatchObject({ code: 0 });
  const path = join(out, 'audit.jsonl');
  const whole = readFileSync(path, 'utf8');
  const lines = whole.split('\n');
  const changed = lines.with(20, (lines[20] ?? '').replace('"attempt":1', '"attempt":2'));
  for (const [text, words] of [
    [changed.join('\n'), 'number 21: its seal does not fit'],
    [lines.toSpliced(6, 1).join('\n'), 'number 7: it is numbered 8, where 7 belongs'],
    [lines.slice(0, 30).join('\n'), 'number 30: the trail ends before it'],
    ['', 'number 1: the trail ends before it'],
  ] as const) {
    writeFileSync(path, text);
    const ended = await runCli(['audit', 'verify', out]);
    expect(ended.code).toBe(5);
    expect(ended.stdout).toContain(words);
  }
  writeFileSync(path, whole);
  expect(await runCli(['audit', 'verify', out])).toMatchObject({ code: 0 });
});

test('a request of the ledger that the trail does not tell of is found and named', async () => {
  const ledger = new DatabaseSync(join(out, 'ledger.sqlite'));
  const ids = ['FFFFFFFF-1', 'FFFFFFFF-2'];
  const add = ledger.prepare(
    'INSERT INTO request (subject_id, message_id, operation, attempt, sent_at, duration_ms, code) SELECT subject_id, ?, operation, 9, sent_at, duration_ms, code FROM request LIMIT 1',
  );
  for (const id of ids) add.run(id);
  const ended = await runCli(['audit', 'verify', out]);
  expect(ended.code).toBe(5);
  expect(ended.stdout).toContain('holds 2 requests that the trail does not tell of');
  expect(ended.stdout).toContain('the first is message FFFFFFFF-1.');
  expect(readsOf().at(-1)).toMatchObject({ event: 'audit.verified', code: 'not-whole' });
  ledger.prepare("DELETE FROM request WHERE message_id LIKE 'FFFFFFFF-%'").run();
  ledger.close();
  expect(await runCli(['audit', 'verify', out])).toMatchObject({ code: 0 });
});

test('whoever runs or looks is told the organisation’s own notice, and who is taken to be there', async () => {
  for (const args of [
    ['report', out],
    ['audit', 'verify', out],
  ]) {
    const ended = await runCli(args);
    expect(ended.stderr).toMatch(/Keep out\. User \S+, organisation ZZ9, role data quality\./);
    expect(ended.stderr).not.toContain('Computer Misuse');
  }
});

test('a trail that was taken away is found', async () => {
  const path = join(out, 'audit.jsonl');
  renameSync(path, `${path}.away`);
  const ended = await runCli(['audit', 'verify', out]);
  expect(ended.code).toBe(5);
  expect(ended.stdout).toContain('number 1: the trail ends before it');
  renameSync(`${path}.away`, path);
});

test('no command goes on with a trail that was cut, taken away or forgotten by the ledger', async () => {
  const copy = join(folder, 'cut');
  cpSync(out, copy, { recursive: true });
  chmodSync(copy, 0o700);
  const [path, reads] = [join(copy, 'audit.jsonl'), join(copy, 'audit-reads.jsonl')];
  const whole = readFileSync(path, 'utf8');
  for (const text of [whole.split('\n').slice(0, 30).join('\n').concat('\n'), '']) {
    writeFileSync(path, text);
    for (const command of [
      ['report', copy],
      ['resume', copy],
      ['explain', copy, '--row', '3'],
    ]) {
      const ended = await runCli(command);
      expect([command[0], ended.code]).toEqual([command[0], 2]);
      expect(ended.stderr).toContain('was cut or changed');
    }
    expect(await runCli(['audit', 'verify', copy])).toMatchObject({ code: 5 });
  }
  writeFileSync(path, whole);
  expect(await runCli(['audit', 'verify', copy])).toMatchObject({ code: 0 });

  expect((await runCli(['audit', 'query', path])).stderr).toContain('Give the directory');

  const looks = readFileSync(reads, 'utf8');
  rmSync(reads);
  const asked = await runCli(['audit', 'query', copy, '--user', 'nobody']);
  expect(asked).toMatchObject({ code: 2, stdout: '' });
  expect(await runCli(['audit', 'verify', copy])).toMatchObject({ code: 5 });
  writeFileSync(reads, looks, { mode: 0o600 });

  const ledger = new DatabaseSync(join(copy, 'ledger.sqlite'));
  ledger.exec("DELETE FROM about WHERE key = 'auditHead'");
  ledger.close();
  const forgotten = await runCli(['audit', 'verify', copy]);
  expect(forgotten.code).toBe(5);
  expect(forgotten.stdout).toContain('the ledger does not know how many there were');
});

test('an auditor of one’s own: whoever runs cannot look', async () => {
  const key = join(folder, 'auditor.key');
  const made = await runCli(['keygen', key, '--audit']);
  expect((statSync(key).mode & 0o777).toString(8)).toBe('600');
  const recipient = /NHS_TRACE_AUDIT_RECIPIENT=(age1\w+)/.exec(made.stdout)?.[1] ?? '';
  const path = join(folder, 'with-auditor');
  const variables = { NHS_TRACE_AUDIT_RECIPIENT: recipient };
  const ran = await runCli(runArgs(path), variables);
  expect(ran.code).toBe(0);
  expect(ran.stderr).toContain('Computer Misuse Act 1990 – Unauthorised access to this system');
  expect(existsSync(join(path, 'audit.key'))).toBe(false);
  const without = await runCli(['audit', 'verify', path], variables);
  expect(without.code).toBe(2);
  expect(without.stderr).toContain('NHS_TRACE_AUDIT_KEY');
  const auditor = { NHS_TRACE_AUDIT_KEY_FILE: key };
  expect(await runCli(['audit', 'verify', path], auditor)).toMatchObject({ code: 0 });
  // Who has no key, or another's, has been there as well; the auditor can prove it.
  const other = join(folder, 'other.key');
  await runCli(['keygen', other, '--audit']);
  const stranger = { NHS_TRACE_AUDIT_KEY_FILE: other };
  expect((await runCli(['audit', 'query', path], stranger)).stdout).toBe('');
  expect((await runCli(['audit', 'query', path])).code).toBe(2);
  expect(existsSync(join(path, 'audit.key'))).toBe(false);
  const last = await runCli(['audit', 'verify', path], auditor);
  expect(last).toMatchObject({ code: 0 });
  expect(last.stdout).toContain('audit-reads.jsonl: whole');
  expect(
    entriesOf(join(path, 'audit-reads.jsonl'))
      .filter(({ event }) => event !== 'trail.opened')
      .map(({ event, code }) => [event, code]),
  ).toEqual([
    ['audit.refused', 'no-key'],
    ['audit.verified', 'whole'],
    ['audit.queried', undefined],
    ['audit.refused', 'no-key'],
    ['audit.verified', 'whole'],
  ]);
  expect((await runCli(['keygen', key])).code).toBe(2);
});

test('kill -9, again and again: the provider saw no message that is not on record, and the trail is whole', async () => {
  const path = join(folder, 'killed');
  const seenBefore = simulator.journal().length;
  for (let kills = 0; kills < 4; kills += 1) {
    const before = simulator.journal().length;
    const args = kills === 0 ? runArgs(path, '40') : ['resume', path, '--rate', '40'];
    const run = startCli(args);
    await until(() => simulator.journal().length > before + 6);
    run.kill('SIGKILL');
    await run.ended;
    expect(await runCli(['audit', 'verify', path])).toMatchObject({ code: 0 });
    expectOnRecord(seenBefore, [join(path, 'audit.jsonl')]);
  }
  expect((await runCli(['resume', path, '--rate', '500'])).code).toBe(0);
  expectOnRecord(seenBefore, [join(path, 'audit.jsonl')]);
  expect(await runCli(['audit', 'verify', path])).toMatchObject({ code: 0 });
});

redisTest('a worker elsewhere keeps its own trail; the run’s has every answer', async () => {
  const variables: Variables = {
    NHS_TRACE_KEY: randomBytes(32).toString('base64'),
    NHS_TRACE_QUEUE_URL: server?.url ?? '',
  };
  const trails = join(folder, 'worker-audit');
  const path = join(folder, 'shared');
  const seenBefore = simulator.journal().length;
  const worker = startCli(['worker', '--audit-dir', trails], variables);
  await worker.says('"worker"');
  expect((await runCli([...runArgs(path), '--workers', '0'], variables)).code).toBe(0);
  worker.kill('SIGTERM');
  await worker.ended;
  const [trail = ''] = readdirSync(trails).filter((name) => name.endsWith('.jsonl'));
  for (let looks = 1; looks <= 2; looks += 1)
    expect(await runCli(['audit', 'verify', join(trails, trail)])).toMatchObject({ code: 0 });
  const reads = entriesOf(join(trails, `${trail}.reads`)).map(({ event }) => event);
  expect(reads).toEqual(['trail.opened', 'audit.verified', 'trail.opened', 'audit.verified']);
  expectOnRecord(seenBefore, [join(trails, trail)]);
  const entries = entriesOf(join(path, 'audit.jsonl'));
  expect(idsOf(entries, 'reply.received').sort()).toEqual(
    idsOf(entriesOf(join(trails, trail)), 'request.sent').sort(),
  );
});

test('a trail that cannot be written lets nothing leave', async () => {
  const path = join(folder, 'blocked');
  const run = startCli(runArgs(path, '1'));
  await until(
    () => existsSync(join(path, 'audit.jsonl')) && existsSync(join(path, 'ledger.sqlite')),
  );
  run.kill('SIGKILL');
  await run.ended;
  const seen = simulator.journal().length;
  rmSync(join(path, 'audit.jsonl'));
  writeFileSync(join(folder, 'elsewhere'), '');
  symlinkSync(join(folder, 'elsewhere'), join(path, 'audit.jsonl'));
  const ended = await runCli(['resume', path]);
  expect(ended.code).toBe(2);
  expect(simulator.journal().length).toBe(seen);
});

function runArgs(path: string, rate = '500'): readonly string[] {
  return ['run', cohort.path, '--out', path, '--endpoint', simulator.url, '--rate', rate];
}

async function query(...args: readonly string[]): Promise<readonly Entry[]> {
  const ended = await runCli(['audit', 'query', out, ...args]);
  expect(ended.code).toBe(0);
  return shownIn(ended.stdout);
}

function shownIn(stdout: string): readonly Entry[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Entry);
}

function entriesOf(path: string): readonly Entry[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Entry);
}

function readsOf(): readonly Entry[] {
  const path = join(out, 'audit-reads.jsonl');
  return existsSync(path) ? entriesOf(path) : [];
}

function idsOf(entries: readonly Entry[], event: string): unknown[] {
  return entries.filter((entry) => entry['event'] === event).map((entry) => entry['message_id']);
}

/** Every message that the provider has seen since. */
function expectOnRecord(seenBefore: number, trails: readonly string[]): void {
  const onRecord = new Set(trails.flatMap((path) => idsOf(entriesOf(path), 'request.sent')));
  const seen = simulator.journal().slice(seenBefore);
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.filter(({ messageId }) => !onRecord.has(messageId))).toEqual([]);
}
