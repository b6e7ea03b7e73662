/**
 * The map of docs/security.md, held to jobs that fail: a provider that errs in every way, a signal, a kill, a full disk, a
 * second process, a damaged ledger, a queue that goes away, a worker that dies. What is left is searched as after a run
 * that goes well, and every line that any process said.
 */
import { chmodSync, cpSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { SHIPPED_JOBS } from '../../src/config/load-job.ts';
import { type StartedProcess, until } from '../support/cli.ts';
import { canFillDisk, limitFiles } from '../support/file-limit.ts';
import { redisTest, startRedis } from '../support/redis-server.ts';
import { aFolder, readOutputs } from '../support/runs.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../support/simulator-process.ts';
import { filesBelow, writeMarkedPeople } from './support/marked-people.ts';
import { aPrivatePlace, type PrivatePlace } from './support/private-place.ts';

/** Each fault that a reply can have; then the provider refuses us. */
const RULES = [
  '{ when: { requests: 3 }, do: { busy: { retry_after: 1 } } }',
  '{ when: { requests: 5 }, do: garbage }',
  '{ when: { requests: 7 }, do: truncate }',
  '{ when: { requests: 8 }, do: { truncate: { dropped: true } } }',
  '{ when: { requests: 9 }, do: reset }',
  '{ when: { requests: 11 }, do: { itk_fault: { code: 1000 } } }',
  '{ when: { requests: 13 }, do: { itk_fault: { code: 2100 } } }',
  '{ when: { requests: 15 }, do: { response_code: SMSP-0001 } }',
  '{ when: { requests: 17 }, do: wrong_relates_to }',
  '{ when: { requests: 19 }, do: wrong_person }',
  '{ when: { requests: 21 }, do: { wrong_person: local_identifier } }',
  '{ when: { requests: 23 }, do: { status: { code: 413 } } }',
  '{ when: { requests: 24 }, do: hang }',
  '{ when: { requests: 28-100000 }, do: { itk_fault: { code: 3000 } } }',
];
const LOUD = ['--log-level', 'trace'];

const folder = aFolder();
const marked = writeMarkedPeople(folder);

/** What stops a run that goes on, and how it ends of that. */
const ENDS: readonly ((run: StartedProcess, out: string) => number | null)[] = [
  (run) => endedBy('SIGTERM', run, 4),
  ...(canFillDisk ? [fullDisk] : []),
  (run) => endedBy('SIGKILL', run, null),
];

test.each(SHIPPED_JOBS)('%s, embedded queue, failing in every way', async (job) => {
  const place = aPrivatePlace(join(folder, job), marked);
  const { out, cli } = place;
  const faulty = await aSimulator(RULES);
  await cli(5, 'run', marked.input, ...jobOf(job), '--out', out, '--endpoint', faulty.url, ...FAST);
  expect(faulty.journal().length).toBeGreaterThanOrEqual(28);
  await endOf(faulty, place);
  place.holders();

  const healthy = await aSimulator();
  for (const stop of ENDS) {
    const stopped = await resumedFor(3, healthy, place);
    await cli(2, 'report', out);
    const code = stop(stopped, out);
    expect(await place.endOf(stopped)).toBe(code);
  }
  place.holders();
  await expectQuietAboutDamage(place);

  await cli(0, 'resume', out, '--endpoint', healthy.url, ...FAST);
  await endOf(healthy, place);
  expectTraced(place);
  place.expectSilence();
});

redisTest(
  'every job over Redis: it goes away, and a worker dies',
  async () => {
    const redis = await startRedis();
    const simulator = await aSimulator();
    const queue = { NHS_TRACE_QUEUE_URL: redis.url };
    const places = SHIPPED_JOBS.map((job) =>
      aPrivatePlace(join(folder, `${job}-redis`), marked, queue),
    );
    const workers = places.map((place) => place.start('worker', '--concurrency', '4'));
    const runs = places.map(({ start, out }, at) =>
      start(
        ...['run', marked.input, ...jobOf(SHIPPED_JOBS[at] ?? ''), '--out', out],
        ...['--endpoint', simulator.url, '--rate', '8', '--workers', '0'],
      ),
    );
    await until(() => simulator.journal().length > 20);
    await redis.goAway();
    for (const run of runs) await run.says('queue.away');
    await redis.comeBack();
    for (const run of runs) await run.says('queue.back');
    for (const worker of workers) worker.kill('SIGKILL');
    const others = places.map((place) => place.start('worker', '--concurrency', '4'));
    for (const [at, place] of places.entries()) {
      expect(await place.endOf(runs[at] as StartedProcess)).toBe(0);
      others[at]?.kill('SIGTERM');
      for (const worker of [workers[at], others[at]]) await place.endOf(worker as StartedProcess);
      expectTraced(place);
    }
    await endOf(simulator, places[0] as PrivatePlace);
    for (const place of places) place.expectSilence();
    for (const { path, text } of filesBelow(redis.directory))
      expect([path, marked.marksIn(text)]).toEqual([path, []]);
    await redis.stop();
  },
  120_000,
);

const FAST = ['--rate', '200'];

/** The shipped job, but for how long it waits for an answer. */
function jobOf(name: string): readonly string[] {
  const path = join(folder, `${name}.yaml`);
  const shipped = readFileSync(new URL(`../../jobs/${name}.yaml`, import.meta.url), 'utf8');
  writeFileSync(path, `${shipped}\ntimeout_seconds: 1\n`);
  return ['--job', path];
}

function aSimulator(rules: readonly string[] = []): Promise<SimulatorProcess> {
  return startSimulatorProcess({ folder, population: marked.population, rules, args: LOUD });
}

async function endOf(simulator: SimulatorProcess, { heard }: PrivatePlace): Promise<void> {
  const { stdout, stderr } = await simulator.stop();
  heard(stdout + stderr);
}

function endedBy(signal: NodeJS.Signals, run: StartedProcess, code: number | null): number | null {
  run.kill(signal);
  return code;
}

function fullDisk(run: StartedProcess, out: string): number {
  limitFiles(run.pid, statSync(join(out, 'ledger.sqlite')).size);
  return 5;
}

/** A resume that has sent so many requests more, and goes on slowly. */
async function resumedFor(
  requests: number,
  simulator: SimulatorProcess,
  { start, out }: PrivatePlace,
): Promise<StartedProcess> {
  const before = simulator.journal().length;
  const resumed = start('resume', out, '--endpoint', simulator.url, '--rate', '4');
  await until(() => simulator.journal().length >= before + requests);
  return resumed;
}

/** A copy whose answers were cut off: what cannot be read is not quoted. */
async function expectQuietAboutDamage({ out, cli }: PrivatePlace): Promise<void> {
  const damaged = join(out, '..', 'damaged');
  cpSync(out, damaged, { recursive: true });
  for (const copy of [damaged, join(damaged, 'queue')]) chmodSync(copy, 0o700);
  const ledger = new DatabaseSync(join(damaged, 'ledger.sqlite'));
  ledger.exec('UPDATE subject SET demographics = substr(demographics, 1, 60)');
  ledger.exec("UPDATE input_row SET cells = replace(cells, '\"', '')");
  ledger.close();
  await cli(5, 'explain', damaged, '--row', '3');
  await cli(5, 'resume', damaged, '--endpoint', 'http://127.0.0.1:9/x');
}

/** The words are really in what was traced, and would be found. */
function expectTraced({ out, holders }: PrivatePlace): void {
  expect(readOutputs(out).summary.outcomes['verified']).toBeGreaterThan(5);
  const found = holders();
  for (const file of ['ledger.sqlite', 'matched.csv', 'exceptions.csv', 'report.html'])
    expect(found).toContain(join('run', file));
}
