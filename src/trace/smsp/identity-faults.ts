/** Why a client's certificate and key cannot be used, in words that say what to mend. Nothing in them is a secret. */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { SmspTlsSettings } from './settings.ts';

export interface IdentityFault {
  readonly what: string;
  readonly mend: string;
}

/** `error`: what OpenSSL, through Node, says when it is given them. */
export function identityFault(error: unknown, tls: SmspTlsSettings): IdentityFault {
  const { code, message } = error instanceof Error ? withCode(error) : { code: '', message: '' };
  const common = COMMON.get(code);
  if (common !== undefined) return common;
  if (tls.pfx !== undefined) return pfxFault(code, message, tls);
  return pemFault(code, tls);
}

const withCode = (error: Error) => ({
  code: 'code' in error ? String(error.code) : '',
  message: error.message,
});

const NEW_KEY = 'ask for a new certificate, with an RSA key of 2048 bits or more';

const COMMON: ReadonlyMap<string, IdentityFault> = new Map([
  ['ERR_SSL_EE_KEY_TOO_SMALL', { what: 'its key is too short for TLS', mend: NEW_KEY }],
  [
    'ERR_SSL_CA_KEY_TOO_SMALL',
    { what: 'the key of an authority given with it is too short for TLS', mend: NEW_KEY },
  ],
  [
    'ERR_SSL_CA_MD_TOO_WEAK',
    { what: 'it is signed with a digest that is too weak for TLS', mend: NEW_KEY },
  ],
]);

const PASSPHRASE = 'set NHS_TRACE_TLS_PASSPHRASE (or NHS_TRACE_TLS_PASSPHRASE_FILE) to that';

function pfxFault(code: string, message: string, { passphrase }: SmspTlsSettings): IdentityFault {
  const of = 'of the PFX file';
  if (/mac verify failure|bad decrypt/i.test(message)) return wrongPassphrase(passphrase, of);
  if (code === 'ERR_CRYPTO_UNSUPPORTED_OPERATION') {
    return {
      what: 'NHS_TRACE_TLS_PFX is encrypted in an old way (such as RC2) that is no longer read',
      mend: 'write it as PEM: openssl pkcs12 -legacy -in OLD.pfx -out NEW.pem, and let NHS_TRACE_TLS_CERT and NHS_TRACE_TLS_KEY both name NEW.pem',
    };
  }
  const [, missing] = /Unable to load (private key|certificate)/.exec(message) ?? [];
  if (missing !== undefined) {
    return {
      what: `NHS_TRACE_TLS_PFX holds no ${missing}`,
      mend: 'export the certificate again, together with its private key',
    };
  }
  return {
    what: 'NHS_TRACE_TLS_PFX names a file that is not PKCS#12',
    mend: 'give the .pfx or .p12 file as you received it; for PEM files use NHS_TRACE_TLS_CERT and NHS_TRACE_TLS_KEY',
  };
}

function pemFault(code: string, tls: SmspTlsSettings): IdentityFault {
  const certificates = pemCertificates(tls.certificate ?? '');
  if (certificates.length === 0) {
    return {
      what: 'NHS_TRACE_TLS_CERT names a file that holds no certificate which can be read',
      mend: 'give a PEM file, which has a block that is called CERTIFICATE',
    };
  }
  if (code === 'ERR_OSSL_BAD_DECRYPT') return wrongPassphrase(tls.passphrase, 'of the key');
  const key = privateKey(tls);
  if (key === undefined) {
    return {
      what: 'NHS_TRACE_TLS_KEY names a file that holds no private key which can be read',
      mend: 'give a PEM file, which has a block that is called PRIVATE KEY',
    };
  }
  if (certificates.slice(1).some((one) => one.checkPrivateKey(key))) {
    return {
      what: 'the first certificate of NHS_TRACE_TLS_CERT is not the one of the key, but a later one is',
      mend: 'put the certificate of the key first, and those of its authorities after it',
    };
  }
  if (certificates[0]?.checkPrivateKey(key) === false) {
    return {
      what: 'NHS_TRACE_TLS_KEY is the key of another certificate',
      mend: 'give the key that was made for this certificate; a renewed certificate may have a new key',
    };
  }
  return { what: `OpenSSL says ${code}`, mend: 'check both files' };
}

function wrongPassphrase(passphrase: string | undefined, of: string): IdentityFault {
  return passphrase === undefined
    ? { what: 'no passphrase is given, and one is needed to open it', mend: `${PASSPHRASE} ${of}` }
    : { what: `the passphrase is not the one ${of}`, mend: `${PASSPHRASE} ${of}` };
}

function pemCertificates(pem: string): X509Certificate[] {
  const found = pem.match(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs) ?? [];
  try {
    return found.map((one) => new X509Certificate(one));
  } catch {
    return [];
  }
}

function privateKey({ key = '', passphrase }: SmspTlsSettings): KeyObject | undefined {
  try {
    return createPrivateKey({ key, ...(passphrase === undefined ? {} : { passphrase }) });
  } catch {
    return undefined;
  }
}
