/**
 * The map of docs/security.md, held to whole jobs: every byte that a job leaves anywhere is searched for every detail
 * of every person. Only the files that the map allows hold any, and nobody but their owner may open them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until, type Variables } from '../support/cli.ts';
import { hasRedis, type RedisServer, redisTest, startRedis } from '../support/redis-server.ts';
import { aFolder, readOutputs } from '../support/runs.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../support/simulator-process.ts';
import { filesBelow, writeMarkedPeople } from './support/marked-people.ts';
import { aPrivatePlace, marksInWorkbook } from './support/private-place.ts';

const JOBS = ['nightly-data-quality', 'cohort-backfill', 'social-care-matching'] as const;

const folder = aFolder();
const marked = writeMarkedPeople(folder);
let simulator: SimulatorProcess;
let server: RedisServer | undefined;

beforeAll(async () => {
  if (hasRedis) server = await startRedis();
  simulator = await startSimulatorProcess({ folder, population: marked.population });
});
afterAll(async () => {
  await simulator.stop();
  await server?.stop();
});

test.each(JOBS)('%s, embedded queue: killed, resumed, corrected, looked at', async (job) => {
  await expectPrivateJob(job, {});
});

redisTest('every job through Redis: nothing stands in its append-only file', async () => {
  const queue = { NHS_TRACE_QUEUE_URL: server?.url ?? '' };
  for (const job of JOBS) await expectPrivateJob(job, queue);
  const kept = filesBelow(server?.directory ?? '');
  expect(kept.filter(({ text }) => text.includes('nhs-trace')).length).toBeGreaterThan(0);
  for (const { path, text } of kept) expect([path, marked.marksIn(text)]).toEqual([path, []]);
});

async function expectPrivateJob(job: string, queue: Variables): Promise<void> {
  const name = `${job}-${Object.keys(queue).length}`;
  const place = aPrivatePlace(join(folder, name), marked, queue);
  const { out, cli } = place;

  const asked = simulator.journal().length;
  const killed = place.start(
    ...['run', marked.input, '--job', job, '--out', out, '--endpoint', simulator.url],
    ...['--rate', '40', '--metrics', '0'],
  );
  await until(() => simulator.journal().length > asked + 15);
  place.heard(await metricsOf(killed.stderr()));
  await cli(0, 'status', out, '--json');
  killed.kill('SIGKILL');
  await place.endOf(killed);
  place.holders();

  await cli(0, 'resume', out, '--rate', '500');
  expect(Object.keys(readOutputs(out).summary.outcomes)).toContain('verified');
  const exceptions = join(out, 'exceptions.csv');
  expect(readOutputs(out).exceptions.length).toBeGreaterThan(5);
  const mended = readFileSync(exceptions, 'utf8').replaceAll(/(Zephyrineah),,/g, '$1,1923-11-08,');
  expect(mended).not.toBe(readFileSync(exceptions, 'utf8'));
  writeFileSync(exceptions, mended);
  await cli(0, 'correct', out, exceptions);
  await cli(0, 'report', out);
  await cli(0, 'status', out, '--json');
  await cli(0, 'audit', 'verify', out);

  const holders = place.holders();
  // The words are really in what was traced, and would be found.
  for (const file of ['ledger.sqlite', 'matched.csv', 'exceptions.csv', 'report.html'])
    expect(holders).toContain(join('run', file));
  expect(holders).toContain(join('run', 'corrections.csv'));
  expect(marksInWorkbook(join(out, 'exceptions.xlsx'), marked)).not.toEqual([]);
  place.expectSilence();
}

async function metricsOf(log: string): Promise<string> {
  const served = log.split('\n').find((line) => line.includes('metrics.served')) ?? '';
  const [, url = ''] = /(http:[^"]+)/.exec(served) ?? [];
  return (await fetch(url)).text();
}
