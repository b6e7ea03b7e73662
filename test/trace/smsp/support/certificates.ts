/** Certificates made for one test run: an authority, and what it signs. */
import { generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

export interface Subject {
  readonly name: string;
  readonly hosts?: readonly string[];
  readonly addresses?: readonly string[];
  readonly notAfter?: Date;
  readonly isAuthority?: true;
  /** Carries an extension that is critical, and that nobody knows. */
  readonly hasUnknownRule?: true;
}

export function authority(name: string): Certificate {
  return certificate({ name }, undefined);
}

/** An authority under another. */
export function intermediate(name: string, by: Certificate): Certificate {
  return certificate({ name, isAuthority: true }, by);
}

export function signed(subject: Subject, by: Certificate): Certificate {
  return certificate(subject, by);
}

/** PKCS#12 with the chain, as endpoint registration gives it out. */
export function pfxOf(owner: Certificate, by: Certificate, passphrase: string): Buffer {
  const chain = [owner, by].map((one) => forge.pki.certificateFromPem(one.certificate));
  const key = forge.pki.privateKeyFromPem(owner.key);
  const pfx = forge.pkcs12.toPkcs12Asn1(key, chain, passphrase, { algorithm: 'aes256' });
  return Buffer.from(forge.asn1.toDer(pfx).getBytes(), 'binary');
}

let serial = 1;

function certificate(subject: Subject, by: Certificate | undefined): Certificate {
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const made = forge.pki.createCertificate();
  made.publicKey = forge.pki.publicKeyFromPem(pair.publicKey);
  serial += 1;
  made.serialNumber = serial.toString(16).padStart(4, '0');
  made.validity.notBefore = new Date(Date.now() - 2 * 86_400_000);
  made.validity.notAfter = subject.notAfter ?? new Date(Date.now() + 86_400_000);
  const name = [{ name: 'commonName', value: subject.name }];
  made.setSubject(name);
  const issuer = by && forge.pki.certificateFromPem(by.certificate);
  made.setIssuer(issuer?.subject.attributes ?? name);
  const isAuthority = by === undefined || subject.isAuthority === true;
  made.setExtensions(isAuthority ? AUTHORITY : leafExtensions(subject));
  made.sign(forge.pki.privateKeyFromPem(by?.key ?? pair.privateKey), forge.md.sha256.create());
  return { certificate: forge.pki.certificateToPem(made), key: pair.privateKey };
}

const AUTHORITY = [
  { name: 'basicConstraints', cA: true, critical: true },
  { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
];

function leafExtensions({ hosts = [], addresses = [], hasUnknownRule }: Subject): object[] {
  const altNames = [
    ...hosts.map((value) => ({ type: 2, value })),
    ...addresses.map((ip) => ({ type: 7, ip })),
  ];
  return [
    { name: 'basicConstraints', cA: false },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
    { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
    ...(hasUnknownRule ? [{ id: '1.2.3.4.5', critical: true, value: '\x05\x00' }] : []),
    ...(altNames.length === 0 ? [] : [{ name: 'subjectAltName', altNames }]),
  ];
}
