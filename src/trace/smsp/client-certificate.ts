/** The certificate that the provider is shown, read as OpenSSL holds it: from PFX and PEM alike. */
import type { X509Certificate } from 'node:crypto';
import { Duplex, duplexPair } from 'node:stream';
import { connect, type SecureContext, TLSSocket } from 'node:tls';

/** Undefined when there is none. */
export function clientCertificate(secureContext: SecureContext): X509Certificate | undefined {
  const socket = new TLSSocket(new Duplex({ read: () => undefined }), { secureContext });
  try {
    return socket.getX509Certificate();
  } finally {
    socket.destroy();
  }
}

/**
 * The certificate and whatever goes with it, in the order in which they are sent: seen by the other end of a
 * handshake with ourselves, in memory. Nobody has to be believed for that.
 */
export async function certificatesShown(
  secureContext: SecureContext,
): Promise<readonly X509Certificate[]> {
  const [ours, theirs] = duplexPair();
  const options = { secureContext, rejectUnauthorized: false };
  const server = new TLSSocket(theirs, { ...options, isServer: true, requestCert: true });
  const client = connect({ ...options, socket: ours });
  try {
    await new Promise((resolve, reject) => {
      server.once('secure', resolve);
      server.once('error', reject);
      client.once('error', reject);
    });
    return chainOf(server.getPeerX509Certificate());
  } finally {
    client.destroy();
    server.destroy();
  }
}

/** What the other end sent. Node hangs each certificate on the one that was sent before it. */
export function chainOf(first: X509Certificate | undefined): readonly X509Certificate[] {
  const chain: X509Certificate[] = [];
  for (let one = first; one !== undefined && chain.length < LONGEST_CHAIN; ) {
    chain.push(one);
    one = one.issuerCertificate;
  }
  return chain;
}

const LONGEST_CHAIN = 20;
