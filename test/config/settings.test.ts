import { describe, expect, it } from 'vitest';
import type { Environment } from '../../src/config/load-env.ts';
import { parseJob } from '../../src/config/load-job.ts';
import {
  type Overrides,
  parseEndpoint,
  parseQueue,
  requireEndpoint,
  resolveSettings,
} from '../../src/config/settings.ts';
import { ConfigError } from '../../src/errors.ts';

const KEY = Buffer.alloc(32, 7);
const PASSWORD = 'correct-horse-battery';
const JOB = parseJob('name: mine\nrate: 3\nconcurrency: 4\n', 'my.yaml');
const NO_ENVIRONMENT: Environment = { tls: {} };

const resolved = (overrides: Overrides = {}, environment = NO_ENVIRONMENT, job = JOB) =>
  resolveSettings(job, environment, overrides);

function faultOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return error instanceof ConfigError ? error.message : '';
  }
  throw new Error('no fault was found');
}

describe('what is in force', () => {
  it('is the job, the embedded queue, one worker and no endpoint when nothing is said', () => {
    expect(resolved()).toEqual({
      job: JOB,
      endpoint: undefined,
      queue: { kind: 'embedded' },
      workers: 1,
      environment: NO_ENVIRONMENT,
      acceptsTestNumbers: true,
    });
  });

  it('is a flag before the environment', () => {
    const environment = { tls: {}, endpoint: 'https://env.example/', queueUrl: 'redis://env' };
    const flags = { endpoint: 'https://flag.example/', queue: 'embedded' };

    expect(resolved({}, { ...environment, key: KEY })).toMatchObject({
      endpoint: new URL('https://env.example/'),
      queue: { kind: 'redis', url: 'redis://env', key: KEY, ca: undefined },
    });
    expect(resolved(flags, environment)).toMatchObject({
      endpoint: new URL('https://flag.example/'),
      queue: { kind: 'embedded' },
    });
  });

  it('is a flag before the job', () => {
    expect(resolved().job).toMatchObject({ rate: 3, concurrency: 4 });
    expect(resolved({ rate: 0.5, concurrency: 9, workers: 2 })).toMatchObject({
      job: { name: 'mine', rate: 0.5, concurrency: 9 },
      workers: 2,
    });
  });

  it('leaves no worker only to a queue that others can reach', () => {
    expect(faultOf(() => resolved({ workers: 0 }))).toContain('--workers 0');
    expect(resolved({ workers: 0, queue: 'redis://q' }, { tls: {}, key: KEY }).workers).toBe(0);
  });

  it.each([
    [undefined, undefined, true],
    ['http://localhost:8080/', undefined, true],
    ['http://127.0.0.1:8080/', undefined, true],
    ['https://[::1]/', undefined, true],
    ['https://smsp.example/', undefined, false],
    ['https://localhost.example/', undefined, false],
    ['https://127.0.0.1.example/', undefined, false],
    ['https://smsp.example/', true, true],
    ['http://localhost:8080/', false, false],
  ])('with endpoint %s and test_numbers %s accepts 999 numbers: %s', (endpoint, said, expected) => {
    const job = said === undefined ? JOB : { ...JOB, test_numbers: said };
    const overrides = endpoint === undefined ? {} : { endpoint };

    expect(resolved(overrides, NO_ENVIRONMENT, job).acceptsTestNumbers).toBe(expected);
  });

  it('has an endpoint, or says how to give one', () => {
    const endpoint = 'https://smsp.example/path';

    expect(requireEndpoint(resolved({ endpoint })).href).toBe(endpoint);
    expect(faultOf(() => requireEndpoint(resolved()))).toContain(
      '--endpoint URL or NHS_TRACE_ENDPOINT',
    );
  });
});

describe('an endpoint', () => {
  it.each([
    'https://smsp.example/',
    'https://10.0.0.1:8443/smsp',
    'http://localhost:9000/',
    'http://LOCALHOST/',
    'http://127.8.8.8/',
    'http://[::1]:80/',
  ])('may be %s', (text) => {
    expect(parseEndpoint(text)).toEqual(new URL(text));
  });

  it.each([
    ['http://smsp.example/', 'smsp.example is not this machine, so it must be https'],
    ['http://localhost.example/', 'must be https'],
    ['http://10.0.0.1/', 'must be https'],
    ['http://0.0.0.0/', 'must be https'],
    ['ftp://smsp.example/', 'must begin with https:, not ftp:'],
    ['file:///etc/hosts', 'must begin with https:'],
    ['smsp.example', 'is not a URL'],
    ['', 'is not a URL'],
  ])('may not be %s', (text, said) => {
    expect(faultOf(() => parseEndpoint(text))).toContain(said);
  });

  it.each([
    `https://me:${PASSWORD}@smsp.example/`,
    `http://me:${PASSWORD}@localhost/`,
    `https://${PASSWORD}@smsp.example/`,
    `https://me:${PASSWORD}@smsp.example:999999/`,
    `https://me:${PASSWORD}@/`,
  ])('never repeats a password: %s', (text) => {
    expect(faultOf(() => parseEndpoint(text))).not.toContain(PASSWORD);
  });
});

describe('a queue', () => {
  it('may be embedded, with or without a key', () => {
    expect(parseQueue('embedded', {})).toEqual({ kind: 'embedded' });
    expect(parseQueue('embedded', { key: KEY })).toEqual({ kind: 'embedded' });
  });

  it.each(['redis://localhost', 'rediss://user:pass@redis.example:6380/1'])('may be %s', (url) => {
    const queue = parseQueue(url, { key: KEY, queueCa: 'PEM' });
    expect(queue).toEqual({ kind: 'redis', url, key: KEY, ca: 'PEM' });
  });

  it('needs a key outside this machine’s own store', () => {
    const message = faultOf(() => parseQueue(`redis://me:${PASSWORD}@redis.example`, {}));

    expect(message).toContain('NHS_TRACE_KEY');
    expect(message).not.toContain(PASSWORD);
  });

  it.each([
    `http://me:${PASSWORD}@redis.example`,
    `me:${PASSWORD}@redis.example`,
    `redis://me:${PASSWORD}@redis.example:999999`,
    'redis',
    '',
  ])('may not be %s, and repeats no password', (text) => {
    const message = faultOf(() => parseQueue(text, { key: KEY }));

    expect(message).toContain('redis:// or rediss://');
    expect(message).not.toContain(PASSWORD);
  });

  it('that is wrong in the environment is named by its variable', () => {
    expect(faultOf(() => resolved({}, { tls: {}, queueUrl: 'redis' }))).toContain(
      'NHS_TRACE_QUEUE_URL',
    );
  });
});

it('names the variable of an endpoint that is wrong in the environment', () => {
  expect(faultOf(() => resolved({}, { tls: {}, endpoint: 'smsp.example' }))).toContain(
    'NHS_TRACE_ENDPOINT',
  );
});
