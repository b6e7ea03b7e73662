import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseKey, readEnvironment } from '../../src/config/load-env.ts';
import { ConfigError } from '../../src/errors.ts';

const KEY = Buffer.alloc(32, 7);
const BASE64 = KEY.toString('base64');
const SECRET = 'correct-horse-battery';
const PEM = '-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n';
let folder = '';
let files = { pem: '', der: '', secret: '', key: '', empty: '', absent: '' };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'load-env-'));
  const at = (name: string) => join(folder, name);
  files = {
    pem: at('a.pem'),
    der: at('a.pfx'),
    secret: at('secret'),
    key: at('key'),
    empty: at('empty'),
    absent: at('absent'),
  };
  await writeFile(files.pem, PEM);
  await writeFile(files.der, Buffer.from([1, 2, 3]));
  await writeFile(files.secret, `${SECRET}\n`);
  await writeFile(files.key, `${BASE64}\n`);
  await writeFile(files.empty, '\n');
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

function faultOf(raw: Record<string, string | undefined>): string {
  try {
    readEnvironment(raw);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return error instanceof ConfigError ? error.message : '';
  }
  throw new Error('no fault was found');
}

describe('the environment', () => {
  it('may hold nothing of ours', () => {
    expect(readEnvironment({ PATH: '/bin', HOME: undefined })).toEqual({ tls: {} });
  });

  it('is read as a whole', () => {
    const raw = {
      NHS_TRACE_ENDPOINT: 'https://smsp.example/',
      NHS_TRACE_QUEUE_URL: 'redis://localhost',
      NHS_TRACE_KEY: BASE64,
      NHS_TRACE_TLS_CERT: files.pem,
      NHS_TRACE_TLS_KEY: files.pem,
      NHS_TRACE_TLS_CA: files.pem,
    };

    expect(readEnvironment(raw)).toEqual({
      endpoint: 'https://smsp.example/',
      queueUrl: 'redis://localhost',
      key: KEY,
      tls: { certificate: PEM, key: PEM, ca: PEM },
    });
  });

  it('holds a PFX with its passphrase', () => {
    const raw = { NHS_TRACE_TLS_PFX: files.der, NHS_TRACE_TLS_PASSPHRASE: SECRET };

    expect(readEnvironment(raw).tls).toEqual({ pfx: Buffer.from([1, 2, 3]), passphrase: SECRET });
  });

  it('names files of secrets, whose last line end does not count', () => {
    const raw = {
      NHS_TRACE_KEY_FILE: files.key,
      NHS_TRACE_TLS_PASSPHRASE_FILE: files.secret,
      NHS_TRACE_QUEUE_URL_FILE: files.secret,
    };

    expect(readEnvironment(raw)).toEqual({
      key: KEY,
      queueUrl: SECRET,
      tls: { passphrase: SECRET },
    });
  });

  it('takes an empty variable for one that is not set', () => {
    const raw = {
      NHS_TRACE_ENDPOINT: '',
      NHS_TRACE_QUEUE_URL: '',
      NHS_TRACE_KEY: '',
      NHS_TRACE_TLS_PFX: '',
      NHS_TRACE_TLS_PASSPHRASE: '',
    };

    expect(readEnvironment(raw)).toEqual({ tls: {} });
  });

  it('takes an empty name of a file for one that is not set', () => {
    expect(readEnvironment({ NHS_TRACE_KEY_FILE: '' })).toEqual({ tls: {} });
  });

  it('lets a file stand beside an empty variable', () => {
    expect(readEnvironment({ NHS_TRACE_KEY: '', NHS_TRACE_KEY_FILE: files.key }).key).toEqual(KEY);
  });
});

describe('a fault of the environment', () => {
  it.each([
    ['NHS_TRACE_TLS_PFX', (raw: string) => ({ NHS_TRACE_TLS_PFX: raw })],
    ['NHS_TRACE_TLS_CERT', (raw: string) => ({ NHS_TRACE_TLS_CERT: raw, NHS_TRACE_TLS_KEY: raw })],
    ['NHS_TRACE_TLS_CA', (raw: string) => ({ NHS_TRACE_TLS_CA: raw })],
    ['NHS_TRACE_KEY_FILE', (raw: string) => ({ NHS_TRACE_KEY_FILE: raw })],
    ['NHS_TRACE_TLS_PASSPHRASE_FILE', (raw: string) => ({ NHS_TRACE_TLS_PASSPHRASE_FILE: raw })],
    ['NHS_TRACE_QUEUE_URL_FILE', (raw: string) => ({ NHS_TRACE_QUEUE_URL_FILE: raw })],
  ] as const)('names %s and the file that cannot be read', (name, raw) => {
    expect(faultOf(raw(files.absent))).toBe(`${name}: cannot read ${files.absent}.`);
  });

  it.each(['NHS_TRACE_KEY', 'NHS_TRACE_TLS_PASSPHRASE', 'NHS_TRACE_QUEUE_URL'])(
    'names %s_FILE when that file holds nothing',
    (name) => {
      expect(faultOf({ [`${name}_FILE`]: files.empty })).toContain(name);
    },
  );

  it.each(['NHS_TRACE_KEY', 'NHS_TRACE_TLS_PASSPHRASE', 'NHS_TRACE_QUEUE_URL'])(
    'says that %s is set twice, and never the secret',
    (name) => {
      const message = faultOf({ [name]: SECRET, [`${name}_FILE`]: files.secret });

      expect(message).toBe(`set either ${name} or ${name}_FILE, not both.`);
    },
  );

  it.each(['NHS_TRACE_TLS_CERT', 'NHS_TRACE_TLS_KEY', 'NHS_TRACE_TLS_CA'])(
    'says that the file of %s is not PEM, and nothing of what it holds',
    (name) => {
      const others = { NHS_TRACE_TLS_CERT: files.pem, NHS_TRACE_TLS_KEY: files.pem };
      const message = faultOf({ ...others, [name]: files.secret });

      expect(message).toContain(`${name}: ${files.secret} is not a PEM file`);
      expect(message).not.toContain(SECRET);
    },
  );

  it.each([
    ['NHS_TRACE_TLS_CERT', 'NHS_TRACE_TLS_KEY'],
    ['NHS_TRACE_TLS_KEY', 'NHS_TRACE_TLS_CERT'],
  ])('asks for the other when there is only %s', (name, other) => {
    const message = faultOf({ [name]: files.pem });

    expect(message).toContain(name);
    expect(message).toContain(other);
  });

  it('says that a PFX and a certificate do not go together', () => {
    const raw = {
      NHS_TRACE_TLS_PFX: files.der,
      NHS_TRACE_TLS_CERT: files.pem,
      NHS_TRACE_TLS_KEY: files.pem,
    };

    expect(faultOf(raw)).toContain('either NHS_TRACE_TLS_PFX, or NHS_TRACE_TLS_CERT');
  });

  it.each([
    ['too short', Buffer.alloc(31).toString('base64')],
    ['too long', Buffer.alloc(33).toString('base64')],
    ['in hexadecimal', KEY.toString('hex')],
    ['no base64', `${SECRET}!${BASE64}`],
    ['cut by a blank', `${BASE64.slice(0, 20)} ${BASE64.slice(20)}`],
  ])('refuses a key that is %s, and never repeats it', (_name, key) => {
    const message = faultOf({ NHS_TRACE_KEY: key });

    expect(message).toContain('NHS_TRACE_KEY must be 32 bytes in base64');
    expect(message).not.toContain(key);
    expect(message).not.toContain(SECRET);
  });
});

it('reads a key with blanks around it', () => {
  expect(parseKey(` ${BASE64}\n`)).toEqual(KEY);
});
