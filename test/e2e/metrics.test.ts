/** Prometheus metrics, scraped over a socket from runs and workers that go on. */

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { runCli, type StartedProcess, startCli, until } from '../support/cli.ts';
import { type Metric, readMetrics, sumOf } from '../support/read-metrics.ts';
import { redisTest, startRedis } from '../support/redis-server.ts';
import { aCohort, aFolder, aPopulation, type Cohort } from '../support/runs.ts';
import { startSimulatorProcess } from '../support/simulator-process.ts';
import { peopleIn } from './support/people-of-file.ts';

const ROWS = 150;

const folder = aFolder();
let population: string;
let cohort: Cohort;

beforeAll(async () => {
  population = await aPopulation(folder, 1000);
  cohort = await aCohort(folder, population, 'nightly', ROWS);
});

test('a run serves what it sends and where it stands, and nothing of its people', async () => {
  const busy = '{ when: { requests: 10 }, do: { busy: { retry_after: 1 } } }';
  const simulator = await startSimulatorProcess({ folder, population, rules: [busy] });
  const args = ['--endpoint', simulator.url, '--rate', '30', '--out', join(folder, 'run')];
  const run = startCli(['run', cohort.path, ...args, '--metrics', '0']);
  const url = await servedBy(run);
  expect(new URL(url).hostname).toBe('127.0.0.1');

  const { metrics, text } = await until(async () => {
    const seen = await scrape(url);
    return sumOf(seen.metrics, 'nhs_trace_requests_total') > 60 && seen;
  });

  const sent = sumOf(metrics, 'nhs_trace_requests_total');
  expect(sumOf(metrics, 'nhs_trace_requests_total', { code: 'HTTP-503' })).toBe(1);
  expect(
    sumOf(metrics, 'nhs_trace_requests_total', { operation: 'getPatientDetailsByNHSNumber' }),
  ).toBeGreaterThan(0);
  expect(sumOf(metrics, 'nhs_trace_request_duration_seconds_count')).toBe(sent);
  expect(sumOf(metrics, 'nhs_trace_request_duration_seconds_bucket', { le: '+Inf' })).toBe(sent);
  expect(sumOf(metrics, 'nhs_trace_rate_limit_requests_per_second')).toBe(30);
  expect(sumOf(metrics, 'nhs_trace_rows')).toBe(ROWS);
  expect(sumOf(metrics, 'nhs_trace_rows', { state: 'matched' })).toBeGreaterThan(10);
  expect(sumOf(metrics, 'nhs_trace_queue_people')).toBeGreaterThan(0);
  expect(sumOf(metrics, 'nhs_trace_holds_total')).toBe(1);
  expect(metrics.filter(({ name }) => name === 'nhs_trace_paused')).toHaveLength(4);
  const lastSent = sumOf(metrics, 'nhs_trace_last_request_timestamp_seconds');
  expect(Math.abs(Date.now() / 1000 - lastSent)).toBeLessThan(10);
  expect(sumOf(metrics, 'process_resident_memory_bytes')).toBeGreaterThan(1e6);
  for (const { family_name, nhs_number } of peopleIn(population)) {
    expect(text).not.toContain(nhs_number);
    expect(text).not.toMatch(new RegExp(`\\b${family_name}\\b`));
  }

  expect((await run.ended).code).toBe(0);
  await expect(fetch(url)).rejects.toThrow();
  await simulator.stop();
  expect(sent).toBeLessThanOrEqual(simulator.journal().length);
});

test('a port that is taken is a setting to mend: nothing is sent, no run is left', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  const port = await until(() => {
    const address = taken.address();
    return typeof address === 'object' && address?.port;
  });
  const out = join(folder, 'taken');
  const args = ['run', cohort.path, '--endpoint', 'http://127.0.0.1:1', '--out', out];

  const byFlag = await runCli([...args, '--metrics', String(port)]);
  const byVariable = await runCli(args, { NHS_TRACE_METRICS_PORT: 'many' });

  taken.close();
  expect(byFlag.code).toBe(2);
  expect(byFlag.stderr).toContain(`port ${port}: it is taken`);
  expect(byVariable.code).toBe(2);
  expect(byVariable.stderr).toContain('NHS_TRACE_METRICS_PORT must be a whole number');
  expect(existsSync(out)).toBe(false);
});

redisTest('a worker serves what it sends itself, and the run where it stands', async () => {
  const redis = await startRedis();
  const variables = {
    NHS_TRACE_QUEUE_URL: redis.url,
    NHS_TRACE_KEY: randomBytes(32).toString('base64'),
    NHS_TRACE_METRICS_PORT: '0',
  };
  const simulator = await startSimulatorProcess({ folder, population });
  const worker = startCli(['worker'], variables);
  const args = ['--endpoint', simulator.url, '--rate', '40', '--workers', '0'];
  const run = startCli(['run', cohort.path, ...args, '--out', join(folder, 'far')], variables);
  const [ofWorker, ofRun] = await Promise.all([servedBy(worker), servedBy(run)]);

  const sent = await until(async () => {
    const { metrics } = await scrape(ofWorker);
    return sumOf(metrics, 'nhs_trace_requests_total') > 30 && metrics;
  });
  const stands = await until(async () => {
    const { metrics } = await scrape(ofRun);
    return sumOf(metrics, 'nhs_trace_workers') === 1 && metrics;
  });

  expect(sumOf(sent, 'nhs_trace_rate_limit_requests_per_second')).toBe(40);
  expect(sent.some(({ name }) => name === 'nhs_trace_rows')).toBe(false);
  expect(sumOf(stands, 'nhs_trace_rows')).toBe(ROWS);
  expect(sumOf(stands, 'nhs_trace_requests_total')).toBe(0);
  expect((await run.ended).code).toBe(0);
  worker.kill('SIGTERM');
  await worker.ended;
  await Promise.all([simulator.stop(), redis.stop()]);
});

/** Where a process says that it serves them. */
async function servedBy(process: StartedProcess): Promise<string> {
  await process.says('"metrics.served"');
  const line = await until(() =>
    process
      .stderr()
      .split('\n')
      .find((one) => one.includes('"metrics.served"') && one.endsWith('}')),
  );
  return String(JSON.parse(line).endpoint);
}

async function scrape(url: string): Promise<{ metrics: readonly Metric[]; text: string }> {
  const response = await fetch(url);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  const text = await response.text();
  expect(await statusAs('attacker.example', url)).toBe(421);
  return { metrics: readMetrics(text), text };
}

/** What a page of another name that leads here would get. */
async function statusAs(host: string, url: string): Promise<number | undefined> {
  const [response] = (await once(httpGet(url, { headers: { host } }), 'response')) as [
    IncomingMessage,
  ];
  response.resume();
  return response.statusCode;
}
