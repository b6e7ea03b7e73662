import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { expect, test } from 'vitest';
import { makeCertificates } from '../../src/simulator/certificates.ts';

const started = performance.now();
const certificates = makeCertificates({ hosts: ['spine.invalid', '192.0.2.7', 'localhost'] });
const tookMs = performance.now() - started;
const ca = new X509Certificate(certificates.ca);
const server = new X509Certificate(certificates.server.certificate);
const client = new X509Certificate(certificates.client.certificate);

test('are made quickly', () => {
  expect(tookMs).toBeLessThan(5000);
});

test('server and client are signed by the authority, which signs itself', () => {
  expect(ca.ca).toBe(true);
  for (const certificate of [ca, server, client]) {
    expect(certificate.verify(ca.publicKey)).toBe(true);
    expect(certificate.checkIssued(ca)).toBe(true);
  }
  expect(server.ca).toBe(false);
  expect(new Set([ca, server, client].map(({ serialNumber }) => serialNumber)).size).toBe(3);
});

test('keys belong to certificates and are RSA of 2048 bits', () => {
  expect(server.checkPrivateKey(createPrivateKey(certificates.server.key))).toBe(true);
  expect(client.checkPrivateKey(createPrivateKey(certificates.client.key))).toBe(true);
  expect(server.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
});

test('names of the server', () => {
  for (const host of ['localhost', 'spine.invalid']) expect(server.checkHost(host)).toBe(host);
  for (const ip of ['127.0.0.1', '::1', '192.0.2.7']) expect(server.checkIP(ip)).toBe(ip);
  expect(server.checkHost('other.invalid')).toBeUndefined();
});

test('are good from an hour ago, for a year', () => {
  const [from, to] = [Date.parse(server.validFrom), Date.parse(server.validTo)];
  expect(Math.abs(from - (Date.now() - 3_600_000))).toBeLessThan(60_000);
  expect(to - from).toBe(365 * 24 * 3_600_000);
});

test('the bundle opens with its passphrase and no other', () => {
  const { pfx, passphrase } = certificates.client;
  expect(() => createSecureContext({ pfx, passphrase })).not.toThrow();
  expect(() => createSecureContext({ pfx, passphrase: 'other' })).toThrow();
});
