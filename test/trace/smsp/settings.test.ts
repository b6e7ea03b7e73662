import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/errors.ts';
import { checkSettings, type SmspSettings } from '../../../src/trace/smsp/settings.ts';
import { createSmspTracer } from '../../../src/trace/smsp/smsp-tracer.ts';
import { countingIds, NOW, someSettings } from './support/values.ts';

const PEM = '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----';

describe('checkSettings', () => {
  it.each([
    'https://smsp.example.invalid/smsp/pds',
    'https://10.0.0.1:4848/syncsoap?a=b',
    'http://127.0.0.1:4848/',
    'http://127.1.2.3/',
    'http://localhost/',
    'http://[::1]:1/',
  ])('takes %s', (address) => {
    expect(() => checkSettings(someSettings({ endpoint: new URL(address) }))).not.toThrow();
  });

  it.each([
    'http://smsp.example.invalid/',
    'http://10.0.0.1/',
    'http://0.0.0.0/',
    'http://128.0.0.1/',
    'http://127.0.0.1.example.invalid/',
    'http://localhost.example.invalid/',
    'http://[::2]/',
    'http://[::ffff:10.0.0.1]/',
    'ftp://127.0.0.1/',
    'https://user:secret@127.0.0.1/',
    'https://127.0.0.1/#x',
  ])('refuses %s', (address) => {
    const check = () => checkSettings(someSettings({ endpoint: new URL(address) }));
    expect(check).toThrow(ConfigError);
    expect(check).not.toThrow(/secret/);
  });

  it.each<[Partial<SmspSettings>, RegExp]>([
    [{ username: ' ' }, /username/],
    [{ auditIdentity: { uri: '' } }, /MSCA-AUD-04/],
    [{ localIdentifierRoot: 'x' }, /OID/],
    [{ localIdentifierRoot: '1.02' }, /OID/],
    [{ localIdentifierRoot: '2.16.840.1.113883.2.1.4.1' }, /NHS number/],
    [{ timeoutMs: 0 }, /timeoutMs/],
    [{ maxBodyBytes: 1.5 }, /maxBodyBytes/],
    [{ messageTtlSeconds: -1 }, /messageTtlSeconds/],
    [{ maxConnections: Number.NaN }, /maxConnections/],
    [{ tls: { certificate: PEM } }, /key/],
    [{ tls: { key: 'x' } }, /key/],
    [{ tls: { pfx: Buffer.of(1), certificate: PEM, key: 'x' } }, /both/],
    [{ tls: { ca: '' } }, /CA bundle/],
    [{ tls: { serverName: '' } }, /serverName/],
  ])('refuses %j', (changes, message) => {
    expect(() => checkSettings(someSettings(changes))).toThrow(message);
  });

  it('says every fault at once, before anything is opened', () => {
    const settings = someSettings({ endpoint: new URL('http://10.0.0.1'), username: '' });
    const deps = { clock: () => NOW, newId: countingIds() };
    expect(() => createSmspTracer(settings, deps)).toThrow(
      'SMSP settings: endpoint is http to another machine: use https; username is empty',
    );
  });
});
