/** The metrics in Prometheus's form. Names and labels are a promise: docs/deployment.md lists them. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { MeteredRun, Metrics } from './metrics.ts';

/** A provider answers in tenths of a second, and is given up on after 30 (`timeout_seconds`). */
const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** A provider out of its mind must not make a series of every answer. */
const MOST_CODES = 50;

const PAUSES = ['hours', 'daily-limit', 'provider', 'queue'] as const;

export interface PrometheusMetrics extends Metrics {
  readonly contentType: string;
  /** All of it as text. */
  read(): Promise<string>;
}

export function createPrometheusMetrics(): PrometheusMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const limits = new Gauge({
    name: 'nhs_trace_rate_limit_requests_per_second',
    help: 'Requests a second that are allowed, all workers together, by job.',
    labelNames: ['job'],
    registers,
  });
  const holds = new Counter({
    name: 'nhs_trace_holds_total',
    help: 'How often this process was told by the provider that everybody must wait.',
    registers,
  });
  return {
    ...requestPart(registers),
    held: () => holds.inc(),
    limit: (job, ratePerSecond) => {
      if (ratePerSecond === undefined) limits.remove({ job });
      else limits.set({ job }, ratePerSecond);
    },
    run: runPart(registers),
    contentType: registry.contentType,
    read: () => registry.metrics(),
  };
}

function requestPart(registers: Registry[]): Pick<Metrics, 'requestLeaves'> {
  const requests = new Counter({
    name: 'nhs_trace_requests_total',
    help: 'Requests that this process sent, by operation and by the code that came back, or what came instead.',
    labelNames: ['operation', 'code'],
    registers,
  });
  const seconds = new Histogram({
    name: 'nhs_trace_request_duration_seconds',
    help: 'From a request to its answer, or to what came instead.',
    labelNames: ['operation'],
    buckets: SECONDS,
    registers,
  });
  const inFlight = new Gauge({
    name: 'nhs_trace_requests_in_flight',
    help: 'Requests of this process that wait for their answer.',
    registers,
  });
  const last = new Gauge({
    name: 'nhs_trace_last_request_timestamp_seconds',
    help: 'When this process sent its last request, in seconds since 1970; 0 before the first.',
    registers,
  });
  const codes = new Set<string>();
  const labelOf = (code: string): string => {
    if (codes.size < MOST_CODES) codes.add(code);
    return codes.has(code) ? code : 'other';
  };
  return {
    requestLeaves: (operation) => {
      inFlight.inc();
      last.setToCurrentTime();
      const stop = seconds.startTimer({ operation });
      return (code) => {
        inFlight.dec();
        stop();
        requests.inc({ operation, code: labelOf(code) });
      };
    },
  };
}

/** A process that coordinates no run has none of these. */
function runPart(registers: Registry[]): Metrics['run'] {
  let show: Metrics['run'] | undefined;
  return (standing) => {
    show ??= createRunGauges(registers);
    show(standing);
  };
}

function createRunGauges(registers: Registry[]): Metrics['run'] {
  const rows = new Gauge({
    name: 'nhs_trace_rows',
    help: 'Rows of the run by what became of them so far; all together are the rows of the input.',
    labelNames: ['state'],
    registers,
  });
  const queued = new Gauge({
    name: 'nhs_trace_queue_people',
    help: 'People who are in the queue, or in the hand of a worker.',
    registers,
  });
  const workers = new Gauge({
    name: 'nhs_trace_workers',
    help: 'Workers that take part in the run, in its process and elsewhere.',
    registers,
  });
  const paused = new Gauge({
    name: 'nhs_trace_paused',
    help: '1 while nobody may send for this reason, otherwise 0.',
    labelNames: ['reason'],
    registers,
  });
  return (standing) => {
    for (const [state, count] of Object.entries(rowStates(standing))) rows.set({ state }, count);
    queued.set(standing.queued);
    workers.set(standing.workers);
    const reason = standing.isQueueAway ? 'queue' : standing.pause?.reason;
    for (const one of PAUSES) paused.set({ reason: one }, one === reason ? 1 : 0);
  };
}

function rowStates({ rows }: MeteredRun): Readonly<Record<string, number>> {
  const { total, done, matched, exceptions, unanswered } = rows;
  return { to_do: total - done, matched, exception: exceptions - unanswered, unanswered };
}
