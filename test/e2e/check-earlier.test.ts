/** What `check` says of the people whom earlier runs have answered, against what a run then does. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { stringify } from 'csv-stringify/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli, type Variables } from '../support/cli.ts';
import { aCohort, aFolder, aPopulation, readOutputs, readTable } from '../support/runs.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../support/simulator-process.ts';

const folder = aFolder();
const temporary = join(folder, 'temporary');
const jobFile = join(folder, 'job.yaml');
const out = join(folder, 'runs', 'next');
const store = join(folder, 'runs', 'answer-store.sqlite');
const KEY = { NHS_TRACE_KEY: randomBytes(32).toString('base64') };
let simulator: SimulatorProcess;
let input: string;
let changed: string;

beforeAll(async () => {
  mkdirSync(temporary);
  mkdirSync(join(folder, 'runs'));
  writeFileSync(jobFile, 'name: night\nreuse_answers_for: 30d\n');
  const population = await aPopulation(folder, 2000);
  simulator = await startSimulatorProcess({ folder, population });
  const cohort = await aCohort(folder, population, 'nightly', 100);
  const [header = [], ...rows] = readTable(cohort.path);
  input = join(folder, 'people.csv');
  writeFileSync(input, stringify([header, ...rows, ...rows.slice(0, 10)]));
  changed = join(folder, 'changed.csv');
  writeFileSync(
    changed,
    stringify([header, ...rows.slice(20), ...rows.slice(0, 20).map(withOtherPostcode)]),
  );
});
afterAll(() => simulator.stop());

test('before the first run, without a key, without a provider: everybody is counted, and it says why', async () => {
  const first = await check(input);
  const nobody = { rows: 0, people: 0 };
  expect(first.json.earlier_answers).toEqual({
    ...{ state: 'no-store', store, good_for: '30d' },
    ...nobody,
  });
  expect(existsSync(store)).toBe(false);
  expect(words(first.text)).toContain(`answered from earlier runs: ${store} is not there`);

  expect((await run('first')).ended).toBe(0);

  const keyless = await check(input, {});
  expect(keyless.json.earlier_answers).toMatchObject({ state: 'no-key', ...nobody });
  expect(words(keyless.text)).toContain('and NHS_TRACE_KEY is not set');
  const nowhere = await check(input, KEY, []);
  expect(nowhere.json.earlier_answers).toMatchObject({ state: 'no-endpoint', ...nobody });
  expect(words(nowhere.text)).toContain('cannot be told, because no provider is named');
  for (const { json } of [keyless, nowhere]) expect(json.requests).toEqual(first.json.requests);
});

test('after a run nobody is asked again; who is new is counted, as a run then asks', async () => {
  addExpired();
  const before = readFileSync(store);
  const same = await check(input);
  expect(same.json.requests).toEqual({ at_least: 0, verify: 0, search: 0, saved_by_dedupe: 0 });
  expect(same.json.earlier_answers).toMatchObject({
    state: 'counted',
    rows: same.json.traceable_rows,
  });
  expect(same.json.earlier_answers?.people).toBeLessThan(same.json.traceable_rows);
  expect(same.json.seconds_at_least).toBe(0);
  expect(words(same.text)).toContain(
    `${same.json.traceable_rows} of these rows (${same.json.earlier_answers?.people} people) would be answered from earlier runs`,
  );

  const another = await check(input, { NHS_TRACE_KEY: randomBytes(32).toString('base64') });
  expect(another.json.earlier_answers).toMatchObject({ state: 'counted', rows: 0 });

  const { json } = await check(changed);
  const { requests, earlier_answers: earlier, traceable_rows: rows } = json;
  expect(requests.at_least).toBeGreaterThan(0);
  expect(requests.at_least + requests.saved_by_dedupe + (earlier?.rows ?? 0)).toBe(rows);
  expect(readFileSync(store).equals(before)).toBe(true);
  expect(readdirSync(temporary)).toEqual([]);

  const { summary, asked } = await run('second', changed);
  expect(asked).toBe(requests.at_least);
  expect(summary.requests.sent).toBeGreaterThanOrEqual(requests.at_least);
});

test('a store that cannot be read is said, and not taken for an empty one', async () => {
  writeFileSync(store, 'no database '.repeat(100));
  const { json, text } = await check(input);
  expect(json.earlier_answers).toMatchObject({ state: 'unreadable' });
  expect(words(text)).toContain(`cannot be told, because ${store} cannot be read`);
  expect(readdirSync(temporary)).toEqual([]);
});

async function check(
  path: string,
  variables: Variables = KEY,
  at: readonly string[] = ['--endpoint', simulator.url],
) {
  const args = ['check', path, '--job', jobFile, '--out', out, ...at];
  const asked = simulator.journal().length;
  const [text, json] = [
    await runCli(args, { ...variables, TMPDIR: temporary }),
    await runCli([...args, '--json'], { ...variables, TMPDIR: temporary }),
  ];
  expect([text.code, json.code]).toEqual([0, 0]);
  expect(simulator.journal()).toHaveLength(asked);
  return { text: text.stdout, json: JSON.parse(json.stdout) as CheckJson };
}

interface CheckJson {
  readonly traceable_rows: number;
  readonly seconds_at_least: number;
  readonly requests: { readonly at_least: number; readonly saved_by_dedupe: number };
  readonly earlier_answers: {
    readonly rows: number;
    readonly people: number;
    readonly store: string;
  } | null;
}

async function run(name: string, path = input) {
  const to = join(folder, 'runs', name);
  const { code } = await runCli(
    ['run', path, '--job', jobFile, '--out', to, '--endpoint', simulator.url, '--rate', '2000'],
    KEY,
  );
  const { summary, matched, exceptions } = readOutputs(to);
  const asked = [...matched, ...exceptions].filter((row) => row['trace_source'] === 'provider');
  const messages = new Set(asked.map((row) => row['trace_message_id']));
  return { ended: code, summary, asked: messages.size };
}

/** Something that a run would delete. */
function addExpired(): void {
  const db = new DatabaseSync(store);
  db.prepare("INSERT INTO answer VALUES (x'00', 1, 1, 'old')").run();
  db.close();
}

/** Somebody else by the postcode, so that the question is a new one. */
function withOtherPostcode(row: readonly string[]): readonly string[] {
  return row.map((cell) => (/^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/.test(cell) ? 'LS1 1AB' : cell));
}

/** Without the breaks of lines. */
function words(text: string): string {
  return text.replace(/\s+/g, ' ');
}
