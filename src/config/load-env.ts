/** The environment, read once at the edge into one typed value. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError } from '../errors.ts';

const KEY_BYTES = 32;

export interface Environment {
  readonly endpoint?: string;
  readonly queueUrl?: string;
  /** PEM of the authority that issued the certificate of the queue's Redis. */
  readonly queueCa?: string;
  /** Encrypts personal data in the queue. 32 bytes. */
  readonly key?: Buffer;
  /** Where to serve metrics; nowhere when absent. */
  readonly metricsPort?: number;
  readonly tls: TlsFiles;
  /** For whom the audit trail is written: an age recipient, which is no secret. */
  readonly auditRecipient?: string;
  /** With which the audit trail is read: the age identity of that recipient. */
  readonly auditIdentity?: string;
}

/** Certificates and keys for mutual TLS, already read. PFX, or a PEM certificate with its key. */
export interface TlsFiles {
  readonly pfx?: Buffer;
  readonly passphrase?: string;
  readonly certificate?: string;
  readonly key?: string;
  /** The authority that issued the provider's certificate; it takes the place of the public ones. */
  readonly ca?: string;
}

const text = z.string().min(1).optional();
const schema = z.object({
  NHS_TRACE_ENDPOINT: text,
  NHS_TRACE_QUEUE_URL: text,
  NHS_TRACE_QUEUE_CA: text,
  NHS_TRACE_KEY: text,
  NHS_TRACE_METRICS_PORT: text,
  NHS_TRACE_TLS_PFX: text,
  NHS_TRACE_TLS_PASSPHRASE: text,
  NHS_TRACE_TLS_CERT: text,
  NHS_TRACE_TLS_KEY: text,
  NHS_TRACE_TLS_CA: text,
  NHS_TRACE_AUDIT_RECIPIENT: text,
  NHS_TRACE_AUDIT_KEY: text,
});

/** These may stand in a file, which the variable with `_FILE` names. */
const SECRETS = [
  'NHS_TRACE_KEY',
  'NHS_TRACE_TLS_PASSPHRASE',
  'NHS_TRACE_QUEUE_URL',
  'NHS_TRACE_AUDIT_KEY',
];

/** Every variable that is read. */
export const VARIABLES: readonly string[] = [
  ...Object.keys(schema.shape),
  ...SECRETS.map((name) => `${name}_FILE`),
];

/**
 * `NHS_TRACE_TLS_PFX`, `_CERT`, `_KEY`, `_CA` and `NHS_TRACE_QUEUE_CA` are paths of files. Secrets (`NHS_TRACE_KEY`,
 * `NHS_TRACE_TLS_PASSPHRASE`, `NHS_TRACE_QUEUE_URL`, `NHS_TRACE_AUDIT_KEY`) may stand in a file named by the same variable
 * with `_FILE`. Throws ConfigError naming the variable.
 */
export function readEnvironment(raw: Readonly<Record<string, string | undefined>>): Environment {
  const values = schema.parse(withSecretsFromFiles(raw));
  const tls: TlsFiles = {
    ...optional('pfx', values.NHS_TRACE_TLS_PFX, (path) => readFile('NHS_TRACE_TLS_PFX', path)),
    ...optional('passphrase', values.NHS_TRACE_TLS_PASSPHRASE, String),
    ...optional('certificate', values.NHS_TRACE_TLS_CERT, (path) =>
      readPem('NHS_TRACE_TLS_CERT', path),
    ),
    ...optional('key', values.NHS_TRACE_TLS_KEY, (path) => readPem('NHS_TRACE_TLS_KEY', path)),
    ...optional('ca', values.NHS_TRACE_TLS_CA, (path) => readPem('NHS_TRACE_TLS_CA', path)),
  };
  checkTls(tls);
  return {
    tls,
    ...optional('endpoint', values.NHS_TRACE_ENDPOINT, String),
    ...optional('queueUrl', values.NHS_TRACE_QUEUE_URL, String),
    ...optional('queueCa', values.NHS_TRACE_QUEUE_CA, (path) =>
      readPem('NHS_TRACE_QUEUE_CA', path),
    ),
    ...optional('key', values.NHS_TRACE_KEY, parseKey),
    ...optional('auditRecipient', values.NHS_TRACE_AUDIT_RECIPIENT, String),
    ...optional('auditIdentity', values.NHS_TRACE_AUDIT_KEY, String),
    ...optional('metricsPort', values.NHS_TRACE_METRICS_PORT, parsePort),
  };
}

function checkTls(tls: TlsFiles): void {
  if (tls.pfx !== undefined && (tls.certificate !== undefined || tls.key !== undefined)) {
    throw new ConfigError(
      'set either NHS_TRACE_TLS_PFX, or NHS_TRACE_TLS_CERT with NHS_TRACE_TLS_KEY, not both.',
    );
  }
  if ((tls.certificate === undefined) !== (tls.key === undefined)) {
    throw new ConfigError(
      'NHS_TRACE_TLS_CERT and NHS_TRACE_TLS_KEY go together; only one of them is set.',
    );
  }
}

/** Reads an AES-256 key. Throws ConfigError, which never repeats the text. */
export function parseKey(base64: string): Buffer {
  const key = Buffer.from(base64.trim(), 'base64');
  if (key.length !== KEY_BYTES || !/^[A-Za-z0-9+/]+=*$/.test(base64.trim())) {
    throw new ConfigError(
      `NHS_TRACE_KEY must be ${KEY_BYTES} bytes in base64 (44 characters). Make one: nhs-trace keygen FILE`,
    );
  }
  return key;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new ConfigError('NHS_TRACE_METRICS_PORT must be a whole number from 0 to 65535.');
}

function withSecretsFromFiles(
  raw: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) if (value) values[name] = value;
  for (const name of SECRETS) {
    const path = values[`${name}_FILE`];
    if (path === undefined) continue;
    if (values[name] !== undefined) {
      throw new ConfigError(`set either ${name} or ${name}_FILE, not both.`);
    }
    const secret = readFile(`${name}_FILE`, path).toString('utf8').trim();
    if (secret === '') throw new ConfigError(`${name}_FILE: ${path} is empty.`);
    values[name] = secret;
  }
  return values;
}

function readPem(variable: string, path: string): string {
  const pem = readFile(variable, path).toString('utf8');
  if (!pem.includes('-----BEGIN ')) {
    throw new ConfigError(
      `${variable}: ${path} is not a PEM file. For a .pfx or .p12 use NHS_TRACE_TLS_PFX.`,
    );
  }
  return pem;
}

function readFile(variable: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new ConfigError(`${variable}: cannot read ${path}.`, { cause });
  }
}

function optional<K extends string, V>(
  key: K,
  value: string | undefined,
  read: (value: string) => V,
): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: read(value) } as Partial<Record<K, V>>);
}
