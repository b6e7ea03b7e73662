/** How a connection to the provider is opened, and whom we believe to be the provider. */
import { X509Certificate } from 'node:crypto';
import {
  checkServerIdentity,
  createSecureContext,
  type DetailedPeerCertificate,
  type PeerCertificate,
  rootCertificates,
  type SecureContext,
} from 'node:tls';
import { buildConnector } from 'undici';
import { ConfigError } from '../../errors.ts';
import type { SmspTlsSettings } from './settings.ts';

/**
 * Sessions are continued (undici keeps them), so that few connections need a whole handshake.
 * Throws ConfigError when the certificates cannot be read.
 */
export function secureConnector(
  endpoint: URL,
  tls: SmspTlsSettings,
  timeoutMs: number,
): buildConnector.connector {
  const connect = buildConnector({
    timeout: timeoutMs,
    ...(endpoint.protocol === 'https:' ? trust(tls) : {}),
    ...(tls.serverName === undefined ? {} : { servername: tls.serverName }),
    // There is no switch for this, and NODE_TLS_REJECT_UNAUTHORIZED has no effect either.
    rejectUnauthorized: true,
  });
  return (target, callback) => {
    connect(target, (...result) => {
      // In TLS 1.3 a refused client certificate shows after the handshake, as an error followed by
      // the end of the stream. Without this undici would report the end, as if it were a reset.
      const [, socket] = result;
      socket?.once('error', () => socket.destroy());
      callback(...result);
    });
  };
}

/**
 * Those given as `ca`, else the public roots that came with Node; nobody else. Node would add what
 * NODE_EXTRA_CA_CERTS, --use-system-ca or SSL_CERT_FILE name, and whatever stands beside our own
 * certificate in the PFX.
 */
function trust(tls: SmspTlsSettings) {
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

function secureContext(
  { pfx, passphrase, certificate, key }: SmspTlsSettings,
  trusted: string[],
): SecureContext {
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
    throw new ConfigError(
      `the client certificate cannot be read (${error instanceof Error ? error.message : 'no reason given'}): ` +
        'check the files, that the key belongs to the certificate, and the passphrase',
      { cause: error },
    );
  }
}

function certificatesIn(pem: string): X509Certificate[] {
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
function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  if (certificate.fingerprint256 === issuer.fingerprint256) return true;
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}
