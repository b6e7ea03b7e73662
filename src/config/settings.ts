/** What is in force for one command: a flag beats the environment, which beats the job file. */
import { resolve } from 'node:path';
import { ConfigError } from '../errors.ts';
import { type Job, jobSchema, reuseMs } from './job.ts';
import type { Environment } from './load-env.ts';

/** The flags that `run`, `resume` and `check` share. */
export interface Overrides {
  readonly endpoint?: string;
  readonly rate?: number;
  readonly concurrency?: number;
  readonly queue?: string;
  readonly workers?: number;
}

export interface Settings {
  /** The job with the flags worked in. */
  readonly job: Job;
  /** Absent until one is given: only `check` and `report` can do without. */
  readonly endpoint: URL | undefined;
  readonly queue: QueueChoice;
  /** In-process workers; 0 leaves the work to `nhs-trace worker` elsewhere. */
  readonly workers: number;
  readonly environment: Environment;
  /** Whether NHS numbers beginning 999 may be sent. */
  readonly acceptsTestNumbers: boolean;
}

export type QueueChoice =
  | { readonly kind: 'embedded' }
  | {
      readonly kind: 'redis';
      readonly url: string;
      readonly key: Buffer;
      /** PEM of the authority that issued its certificate; the public ones when absent. */
      readonly ca: string | undefined;
    };

/** Throws ConfigError when a setting is wrong or two do not fit together. */
export function resolveSettings(
  job: Job,
  environment: Environment,
  overrides: Overrides,
): Settings {
  const endpointText = overrides.endpoint ?? environment.endpoint;
  const endpoint = endpointText === undefined ? undefined : parseEndpoint(endpointText);
  const queue = parseQueue(overrides.queue ?? environment.queueUrl ?? 'embedded', environment);
  const workers = overrides.workers ?? 1;
  if (workers === 0 && queue.kind === 'embedded') {
    throw new ConfigError(
      '--workers 0 leaves the work to other processes, which cannot reach the embedded queue. Give --queue redis://... or at least one worker.',
    );
  }
  return {
    job: withFlags(job, overrides),
    endpoint,
    queue,
    workers,
    environment,
    acceptsTestNumbers: job.test_numbers ?? (endpoint === undefined || isLoopback(endpoint)),
  };
}

/** The job's own limits hold for flags as well. */
function withFlags(job: Job, { rate = job.rate, concurrency = job.concurrency }: Overrides): Job {
  // Of the directory in which the run was begun, wherever it is resumed.
  const store = job.answer_store === undefined ? {} : { answer_store: resolve(job.answer_store) };
  const checked = jobSchema.safeParse({ ...job, ...store, rate, concurrency });
  if (checked.success) return checked.data;
  const faults = checked.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigError(faults.join('; '));
}

/** The endpoint, or a ConfigError that says how to give one. */
export function requireEndpoint(settings: Settings): URL {
  if (settings.endpoint !== undefined) return settings.endpoint;
  throw new ConfigError(
    'no endpoint is given. Use --endpoint URL or NHS_TRACE_ENDPOINT; for a trial, start one with: nhs-trace simulate',
  );
}

/** What earlier answers are kept with. */
export interface Reuse {
  readonly forMs: number;
  /** 32 bytes. */
  readonly key: Buffer;
  /** Absent: beside the run directory. */
  readonly path?: string;
}

/** Undefined when every person is to be asked about; `without-key` when that is so for want of NHS_TRACE_KEY. */
export function reuseOf({ job, environment }: Settings): Reuse | 'without-key' | undefined {
  const forMs = reuseMs(job);
  if (forMs === undefined) return undefined;
  const { key } = environment;
  if (key === undefined) return 'without-key';
  return { forMs, key, ...(job.answer_store === undefined ? {} : { path: job.answer_store }) };
}

const MAX_URL = 2000;

/** Reads the URL of a provider: https, or http on this machine only. Throws ConfigError. */
export function parseEndpoint(text: string): URL {
  const url = text.length <= MAX_URL && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined)
    throw new ConfigError(
      '--endpoint (or NHS_TRACE_ENDPOINT) is not a URL such as https://smsp.example.nhs.uk/smsp/pds',
    );
  if (url.username !== '' || url.password !== '') {
    throw new ConfigError('the endpoint must not hold a user name or password.');
  }
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))) return url;
  throw new ConfigError(
    url.protocol === 'http:'
      ? `the endpoint ${url.host} is not this machine, so it must be https, with mutual TLS. Plain http is for a simulator here only.`
      : `the endpoint must begin with https:, not ${url.protocol}`,
  );
}

function isLoopback(url: URL): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
}

/** `embedded`, or a redis:// or rediss:// URL. Throws ConfigError, which never repeats a password. */
export function parseQueue(
  text: string,
  { key, queueCa }: Pick<Environment, 'key' | 'queueCa'>,
): QueueChoice {
  if (text === 'embedded') return { kind: 'embedded' };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['redis:', 'rediss:'].includes(url.protocol)) {
    throw new ConfigError(
      '--queue (or NHS_TRACE_QUEUE_URL) must be "embedded", or a URL that begins with redis:// or rediss://',
    );
  }
  if (key === undefined) {
    throw new ConfigError(
      'personal data in Redis is encrypted, so NHS_TRACE_KEY (or NHS_TRACE_KEY_FILE) must be set, the same for every worker. Make one: openssl rand -base64 32',
    );
  }
  return { kind: 'redis', url: text, key, ca: queueCa };
}
