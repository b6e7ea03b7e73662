/** How a connection to the provider is opened. */
import { TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import type { SmspTlsSettings } from './settings.ts';
import type { Trust } from './trust.ts';

/** Told of a connection over TLS that opened: the server is believed by then. */
export type OnSecure = (socket: TLSSocket) => void;

/** Sessions are continued (undici keeps them), so that few connections need a whole handshake. */
export function secureConnector(
  { serverName }: SmspTlsSettings,
  /** Undefined for plain http. */
  trusted: Trust | undefined,
  { timeoutMs, onSecure }: { readonly timeoutMs: number; readonly onSecure?: OnSecure | undefined },
): buildConnector.connector {
  const connect = buildConnector({
    timeout: timeoutMs,
    ...trusted,
    ...(serverName === undefined ? {} : { servername: serverName }),
    // There is no switch for this, and NODE_TLS_REJECT_UNAUTHORIZED has no effect either.
    rejectUnauthorized: true,
  });
  return (target, callback) => {
    connect(target, (...result) => {
      // In TLS 1.3 a refused client certificate shows after the handshake, as an error followed by
      // the end of the stream. Without this undici would report the end, as if it were a reset.
      const [, socket] = result;
      socket?.once('error', () => socket.destroy());
      if (socket instanceof TLSSocket) onSecure?.(socket);
      callback(...result);
    });
  };
}
