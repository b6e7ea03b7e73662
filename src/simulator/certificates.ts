/** A certificate authority for one run, with one server and one client, for mutual TLS on loopback. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import forge from 'node-forge';

export interface KeyPair {
  /** PEM. */
  readonly certificate: string;
  /** PEM, PKCS#8, not encrypted. */
  readonly key: string;
}

export interface Certificates {
  /** PEM certificate of the authority that signed both others. */
  readonly ca: string;
  readonly server: KeyPair;
  /** `pfx` is a PKCS#12 bundle of key, certificate and authority, opened with `passphrase`. */
  readonly client: KeyPair & { readonly pfx: Buffer; readonly passphrase: string };
}

interface Issued extends KeyPair {
  readonly signed: forge.pki.Certificate;
  readonly privateKey: forge.pki.rsa.PrivateKey;
}

const HOUR_MS = 3_600_000;
const LIFE_MS = 365 * 24 * HOUR_MS;
const ALWAYS = ['localhost', '127.0.0.1', '::1'];

/**
 * New keys (RSA 2048) and certificates, good from an hour ago for a year. The server's names are
 * localhost, 127.0.0.1, ::1 and the given hosts.
 */
export function makeCertificates({
  hosts = [],
}: {
  readonly hosts?: readonly string[];
} = {}): Certificates {
  const authority = issue('Simulator test authority', [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
  ]);
  const server = issue(
    'Simulator',
    [
      ...leafExtensions('serverAuth'),
      { name: 'subjectAltName', altNames: [...new Set([...ALWAYS, ...hosts])].map(altName) },
    ],
    authority,
  );
  const client = issue('Simulator client', leafExtensions('clientAuth'), authority);
  const passphrase = randomBytes(18).toString('base64url');
  return {
    ca: authority.certificate,
    server: { certificate: server.certificate, key: server.key },
    client: {
      certificate: client.certificate,
      key: client.key,
      pfx: bundle(client, authority, passphrase),
      passphrase,
    },
  };
}

/** Signed by the issuer; by itself when there is none. */
function issue(name: string, extensions: readonly object[], issuer?: Issued): Issued {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const signed = forge.pki.createCertificate();
  const subject = [{ name: 'commonName', value: name }];
  signed.publicKey = forge.pki.publicKeyFromPem(publicKey);
  signed.serialNumber = `01${randomBytes(15).toString('hex')}`;
  signed.validity.notBefore = new Date(Date.now() - HOUR_MS);
  signed.validity.notAfter = new Date(Date.now() - HOUR_MS + LIFE_MS);
  signed.setSubject(subject);
  signed.setIssuer(issuer?.signed.subject.attributes ?? subject);
  signed.setExtensions([...extensions]);
  const key = forge.pki.privateKeyFromPem(privateKey);
  signed.sign(issuer?.privateKey ?? key, forge.md.sha256.create());
  const certificate = forge.pki.certificateToPem(signed);
  return { certificate, key: privateKey, signed, privateKey: key };
}

function leafExtensions(purpose: 'serverAuth' | 'clientAuth'): readonly object[] {
  return [
    { name: 'basicConstraints', cA: false },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', [purpose]: true },
  ];
}

/** Types of a GeneralName: 2 is a DNS name, 7 an IP address. */
function altName(host: string): object {
  return isIP(host) === 0 ? { type: 2, value: host } : { type: 7, ip: host };
}

/** AES-256, which OpenSSL 3 opens without its legacy provider. */
function bundle(client: Issued, authority: Issued, passphrase: string): Buffer {
  const chain = [client.signed, authority.signed];
  const asn1 = forge.pkcs12.toPkcs12Asn1(client.privateKey, chain, passphrase, {
    algorithm: 'aes256',
    friendlyName: 'Simulator client',
  });
  return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'binary');
}
