/** Who we are in a TLS connection, and whom we believe to be the provider. */
import { X509Certificate } from 'node:crypto';
import {
  checkServerIdentity,
  createSecureContext,
  type DetailedPeerCertificate,
  type PeerCertificate,
  rootCertificates,
  type SecureContext,
} from 'node:tls';
import { ConfigError } from '../../errors.ts';
import { identityFault } from './identity-faults.ts';
import type { SmspTlsSettings } from './settings.ts';

export interface Trust {
  readonly secureContext: SecureContext;
  /** Given where OpenSSL's own verification believes more than we do. */
  readonly checkServerIdentity?: (host: string, peer: PeerCertificate) => Error | undefined;
}

/**
 * Those given as `ca`, else the public roots that came with Node; nobody else. Node would add what
 * NODE_EXTRA_CA_CERTS, --use-system-ca or SSL_CERT_FILE name, and whatever stands beside our own
 * certificate in the PFX. Throws ConfigError when the certificates cannot be read.
 */
export function trust(tls: SmspTlsSettings): Trust {
  const trusted = tls.ca === undefined ? [...rootCertificates] : [tls.ca];
  // Read once here, not for every connection.
  const context = { secureContext: secureContext(tls, trusted) };
  if (tls.pfx === undefined) return context;
  const authorities = trusted.flatMap(certificatesIn);
  return {
    ...context,
    checkServerIdentity: (host: string, peer: PeerCertificate): Error | undefined =>
      checkServerIdentity(host, peer) ?? untrusted(peer, authorities),
  };
}

function secureContext(tls: SmspTlsSettings, trusted: string[]): SecureContext {
  const { pfx, passphrase, certificate, key } = tls;
  try {
    return createSecureContext({
      minVersion: 'TLSv1.2',
      ca: trusted,
      ...(pfx === undefined ? {} : { pfx }),
      ...(passphrase === undefined ? {} : { passphrase }),
      ...(certificate === undefined ? {} : { cert: certificate }),
      ...(key === undefined ? {} : { key }),
    });
  } catch (error) {
    const { what, mend } = identityFault(error, tls);
    throw new ConfigError(`the client certificate cannot be used: ${what}; ${mend}`, {
      cause: error,
    });
  }
}

/** Throws ConfigError when one cannot be read. */
export function certificatesIn(pem: string): X509Certificate[] {
  const found = pem.match(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs) ?? [];
  try {
    return found.map((one) => new X509Certificate(one));
  } catch (error) {
    throw new ConfigError('a certificate of the CA bundle cannot be read', { cause: error });
  }
}

/** Beside OpenSSL's own verification, which has passed already: a chain may only be refused here. */
function untrusted(
  peer: PeerCertificate | DetailedPeerCertificate,
  authorities: readonly X509Certificate[],
): Error | undefined {
  let certificate = new X509Certificate(peer.raw);
  let link: PeerCertificate | DetailedPeerCertificate = peer;
  for (let depth = 0; depth < LONGEST_CHAIN; depth += 1) {
    if (authorities.some((authority) => isIssuedBy(certificate, authority))) return undefined;
    if (!('issuerCertificate' in link) || link.issuerCertificate === undefined) break;
    link = link.issuerCertificate;
    const issuer = new X509Certificate(link.raw);
    if (!issuer.ca || !isIssuedBy(certificate, issuer)) break;
    certificate = issuer;
  }
  return Object.assign(new Error('no chain to an authority that was given'), {
    code: 'CERT_UNTRUSTED',
  });
}

const LONGEST_CHAIN = 10;

/** Also a certificate that was itself given. */
export function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  if (certificate.fingerprint256 === issuer.fingerprint256) return true;
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}
