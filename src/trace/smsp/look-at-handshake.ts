/** For `doctor`: a TLS handshake with the provider, and who it says that it is. */
import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { type Check, checksOf } from '../../domain/check-up.ts';
import { issuerOf, periodCheck } from './certificate-words.ts';
import { chainOf } from './client-certificate.ts';
import { handshakeFault, verificationFault } from './handshake-faults.ts';
import { codeOf, placeOf } from './look-at-network.ts';
import type { SmspTlsSettings } from './settings.ts';
import type { Trust } from './trust.ts';

const say = checksOf('TLS');
const sayServer = checksOf('server');

export interface Place {
  readonly endpoint: URL;
  readonly tls: SmspTlsSettings;
  readonly trusted: Trust;
  readonly timeoutMs: number;
  readonly now: () => Date;
}

interface Handshake {
  readonly protocol: string;
  readonly cipher: string;
  readonly chain: readonly X509Certificate[];
  /** What is wrong with it, by OpenSSL's or Node's code; absent when a run would believe it. */
  readonly refusal?: string;
}

/**
 * This connection goes on when the server is not to be believed, for else nothing could be told of its certificate;
 * so nothing is ever written to it. Requests, of runs and of `doctor`, go through the secure connector.
 */
export async function lookAtHandshake(place: Place): Promise<readonly Check[]> {
  const { endpoint, timeoutMs, now } = place;
  try {
    const { protocol, cipher, chain, refusal } = await shakeHands(place);
    const [own] = chain;
    return [
      say.ok(`${protocol.replace('v', ' ')}, ${cipher}`),
      believed(endpoint, chain, refusal),
      ...(own === undefined || refusal !== undefined ? [] : [ends(own, now())]),
    ];
  } catch (error) {
    return [handshakeFault(say, codeOf(error), timeoutMs)];
  }
}

function believed(
  { hostname }: URL,
  chain: readonly X509Certificate[],
  refusal: string | undefined,
): Check {
  const [own] = chain;
  if (refusal !== undefined) return verificationFault(sayServer, refusal, chain, hostname);
  return sayServer.ok(
    `its certificate is for ${hostname}, and comes from "${own === undefined ? '' : issuerOf(own)}", which leads to an authority that is trusted`,
  );
}

function ends(own: X509Certificate, now: Date): Check {
  return periodCheck(sayServer, 'its certificate', own, now, 'tell the provider');
}

function shakeHands({ endpoint, tls, trusted, timeoutMs }: Place): Promise<Handshake> {
  const { host, port } = placeOf(endpoint);
  const name = tls.serverName ?? (isIP(host) === 0 ? host : undefined);
  return new Promise((resolve, reject) => {
    const socket = connect({
      ...{ host, port, ...trusted, rejectUnauthorized: false },
      ...(name === undefined ? {} : { servername: name }),
      ALPNProtocols: ['http/1.1'],
    });
    const timer = setTimeout(() => {
      socket.destroy(Object.assign(new Error('no handshake'), { code: 'ETIMEDOUT' }));
    }, timeoutMs);
    socket.once('secureConnect', () => {
      resolve(seenOn(socket));
      socket.destroy();
    });
    socket.on('error', reject);
    socket.once('close', () => {
      clearTimeout(timer);
      reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    });
  });
}

function seenOn(socket: TLSSocket): Handshake {
  const refusal: unknown = socket.authorizationError;
  return {
    protocol: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher().standardName,
    chain: chainOf(socket.getPeerX509Certificate()),
    ...(socket.authorized ? {} : { refusal: String(refusal) }),
  };
}
