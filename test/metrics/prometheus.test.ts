import { expect, it } from 'vitest';
import { createPrometheusMetrics } from '../../src/metrics/prometheus.ts';
import { readMetrics, sumOf } from '../support/read-metrics.ts';

it('counts a request when it has ended, and has it in flight until then', async () => {
  const metrics = createPrometheusMetrics();

  const ended = metrics.requestLeaves('verifyNHSNumber');
  const during = readMetrics(await metrics.read());
  ended('SMSP-0000');
  const after = readMetrics(await metrics.read());

  expect(sumOf(during, 'nhs_trace_requests_in_flight')).toBe(1);
  expect(sumOf(during, 'nhs_trace_requests_total')).toBe(0);
  expect(sumOf(after, 'nhs_trace_requests_in_flight')).toBe(0);
  const labels = { operation: 'verifyNHSNumber', code: 'SMSP-0000' };
  expect(sumOf(after, 'nhs_trace_requests_total', labels)).toBe(1);
});

it('makes no series of every code that a provider may think of', async () => {
  const metrics = createPrometheusMetrics();

  for (let code = 0; code < 200; code += 1) metrics.requestLeaves('getNHSNumber')(`ODD-${code}`);

  const seen = readMetrics(await metrics.read());
  const series = seen.filter(({ name }) => name === 'nhs_trace_requests_total');
  expect(series).toHaveLength(51);
  expect(sumOf(seen, 'nhs_trace_requests_total', { code: 'other' })).toBe(150);
});

it('says of each row once what became of it, and why nobody may send', async () => {
  const metrics = createPrometheusMetrics();
  const rows = { total: 10, done: 7, local: 1, matched: 4, exceptions: 3, unanswered: 2 };
  const standing = { rows, queued: 3, workers: 2, isQueueAway: false };

  metrics.run({ ...standing, pause: { reason: 'hours', untilMs: 0 } });
  const closed = readMetrics(await metrics.read());
  metrics.run({ ...standing, pause: undefined, isQueueAway: true });
  const away = readMetrics(await metrics.read());

  const states = closed.filter(({ name }) => name === 'nhs_trace_rows');
  expect(states.map(({ labels, value }) => [labels['state'], value])).toEqual([
    ['to_do', 3],
    ['matched', 4],
    ['exception', 1],
    ['unanswered', 2],
  ]);
  expect(sumOf(closed, 'nhs_trace_paused')).toBe(1);
  expect(sumOf(closed, 'nhs_trace_paused', { reason: 'hours' })).toBe(1);
  expect(sumOf(away, 'nhs_trace_paused', { reason: 'queue' })).toBe(1);
  expect(sumOf(away, 'nhs_trace_paused')).toBe(1);
  expect(sumOf(away, 'nhs_trace_workers')).toBe(2);
});

it('forgets the limit of a job that it takes no part in any more', async () => {
  const metrics = createPrometheusMetrics();
  metrics.limit('nightly', 5);
  metrics.limit('backfill', 20);

  metrics.limit('nightly', undefined);

  const seen = readMetrics(await metrics.read());
  const limits = seen.filter(({ name }) => name === 'nhs_trace_rate_limit_requests_per_second');
  expect(limits).toEqual([
    { name: 'nhs_trace_rate_limit_requests_per_second', labels: { job: 'backfill' }, value: 20 },
  ]);
});
