/** One run of the program, and one of the thinnest client, in figures. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type StartedProcess, startCli, startProcess, type Variables } from '../support/cli.ts';
import { startRedis } from '../support/redis-server.ts';

export interface Provider {
  readonly url: string;
  readonly pem: Variables;
}

export interface WholeRun {
  /** Requests a second, from the start of reading to the last file written. */
  readonly perSecond: number;
  readonly ingestSeconds: number;
  readonly traceSeconds: number;
  readonly reconcileSeconds: number;
  readonly peakBytes: number;
  /** Of the largest worker that is a process of its own; 0 when there is none. */
  readonly peakWorkerBytes: number;
  /** 0 without Redis. */
  readonly peakRedisBytes: number;
}

interface ThinOptions {
  readonly input: string;
  readonly simulator: Provider;
  /** Requests in flight, for each worker. */
  readonly concurrency: string;
}

export interface RunOptions extends ThinOptions {
  readonly folder: string;
  readonly queue: string;
  /** 1: in the process of the run; more: so many processes beside it. */
  readonly workers: number;
}

/** So high that it never holds anything back. */
const NO_LIMIT = '100000';

/** Requests a second of the thinnest client, from the start of reading to the last answer. */
export async function measureThinClient(options: ThinOptions): Promise<number> {
  const { input, simulator, concurrency } = options;
  const script = resolve(import.meta.dirname, 'thin-client.ts');
  const args = [script, input, simulator.url, concurrency];
  const client = startProcess(process.execPath, args, simulator.pem);
  const { stderr } = await client.ended;
  if (client.stdout() === '') throw new Error(`the thinnest client failed: ${stderr}`);
  const { requests, seconds } = JSON.parse(client.stdout());
  return requests / seconds;
}

export async function measureRun(options: RunOptions): Promise<WholeRun> {
  const { folder, input, simulator, workers, concurrency } = options;
  const redis = options.queue === 'redis' ? await startRedis() : undefined;
  const variables: Variables = {
    ...simulator.pem,
    NHS_TRACE_KEY: randomBytes(32).toString('base64'),
    ...(redis === undefined ? {} : { NHS_TRACE_QUEUE_URL: redis.url }),
  };
  const beside = Array.from({ length: workers > 1 ? workers : 0 }, () =>
    startCli(['worker', '--concurrency', concurrency, '--log-level', 'warn'], variables),
  );
  await Promise.all(beside.map((worker) => worker.says('"worker"')));
  const out = mkdtempSync(join(folder, 'run-'));
  const ended = await startCli(
    [
      ...['run', input, '--endpoint', simulator.url, '--out', out, '--rate', NO_LIMIT],
      ...['--concurrency', concurrency, '--workers', workers > 1 ? '0' : '1'],
      ...['--log-level', 'info'],
    ],
    variables,
  ).ended;
  if (ended.code !== 0) throw new Error(`the run ended with ${ended.code}: ${ended.stderr}`);
  const peakWorkerBytes = Math.max(0, ...beside.map(({ pid }) => peakOf(pid)));
  const peakRedisBytes = redis === undefined ? 0 : peakOf(await pidOf(redis.client));
  await Promise.all(beside.map(endGently));
  await redis?.stop();
  const summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'));
  rmSync(out, { recursive: true });
  const at = timesOf(ended.stderr);
  return {
    perSecond: summary.requests.sent / at('run.started', 'run.complete'),
    ingestSeconds: at('run.started', 'run.ingested'),
    traceSeconds: at('run.ingested', 'run.traced'),
    reconcileSeconds: at('run.traced', 'run.complete'),
    peakBytes: summary.resources.peak_rss_bytes,
    peakWorkerBytes,
    peakRedisBytes,
  };
}

/** Seconds from one event of the log to another. */
function timesOf(log: string): (from: string, to: string) => number {
  const events = log
    .split('\n')
    .filter((text) => text.startsWith('{'))
    .map((text) => JSON.parse(text));
  const ms = (event: string): number =>
    Date.parse(events.find((one) => one.event === event)?.time ?? '');
  return (from, to) => (ms(to) - ms(from)) / 1000;
}

/** The most memory that a process has had, in bytes; 0 where the system does not tell. */
function peakOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

async function pidOf(redis: { info(section: string): Promise<string> }): Promise<number> {
  return Number(/^process_id:(\d+)/m.exec(await redis.info('server'))?.[1] ?? 0);
}

async function endGently(worker: StartedProcess): Promise<void> {
  worker.kill('SIGTERM');
  await worker.ended;
}
