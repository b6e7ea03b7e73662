/** One POST to the provider. The only home of undici, and of the TLS settings. */
import { createSecureContext, type SecureContext } from 'node:tls';
import { buildConnector, Pool } from 'undici';
import { ConfigError, RetryableError } from '../../errors.ts';
import type { SmspSettings, SmspTlsSettings } from './settings.ts';
import { transportError } from './transport-errors.ts';

export interface SoapClient {
  /**
   * Sends a message once and reads the reply whole, whatever its status; redirects are not followed.
   * Throws the signal's reason when it was aborted, FatalError `tls`, and RetryableError: `timeout`
   * (headers, silence or the whole exchange took longer than `timeoutMs`), `unreachable`, `reset`,
   * `reply-too-large`, `unreadable-reply` (not HTTP).
   */
  post(message: SoapMessage, signal: AbortSignal): Promise<HttpReply>;
  /** Waits for the open exchanges, then closes the connections. Safe to call twice. */
  close(): Promise<void>;
}

export interface SoapMessage {
  readonly action: string;
  readonly xml: string;
}

export interface HttpReply {
  readonly status: number;
  readonly retryAfter?: string;
  readonly body: Uint8Array;
}

/** Opens nothing yet. Throws ConfigError when the certificates cannot be read. */
export function createSoapClient({
  endpoint,
  tls = {},
  timeoutMs,
  maxBodyBytes,
  maxConnections,
}: SmspSettings): SoapClient {
  const pool = new Pool(endpoint.origin, {
    connections: maxConnections,
    pipelining: 1, // one exchange at a time on a connection: the answer is in the same exchange
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: maxBodyBytes,
    connect: connectorOf(endpoint, tls, timeoutMs),
  });
  let closing: Promise<void> | undefined;

  const exchange = async (message: SoapMessage, signal: AbortSignal): Promise<HttpReply> => {
    const { statusCode, headers, body } = await pool.request({
      method: 'POST',
      path: `${endpoint.pathname}${endpoint.search}`,
      headers: {
        'Content-Type': 'text/xml; charset=utf-8',
        // Quoted: SOAP 1.1, section 6.1.1.
        SOAPAction: `"${message.action}"`,
      },
      body: Buffer.from(message.xml, 'utf8'), // a Buffer, so that Content-Length counts bytes
      signal,
    });
    const retryAfter = [headers['retry-after']].flat()[0];
    return {
      status: statusCode,
      ...(retryAfter === undefined ? {} : { retryAfter }),
      body: await body.bytes(),
    };
  };

  return {
    async post(message, signal) {
      signal.throwIfAborted();
      // Our own controller: it joins the caller's signal with the deadline of the whole exchange,
      // which stops a reply that drips in slowly enough for the other time-outs.
      const controller = new AbortController();
      const abort = (): void => controller.abort();
      const deadline = setTimeout(abort, timeoutMs);
      signal.addEventListener('abort', abort, { once: true });
      try {
        return await exchange(message, controller.signal);
      } catch (error) {
        signal.throwIfAborted();
        if (controller.signal.aborted) {
          throw new RetryableError('timeout', `no complete reply within ${timeoutMs} ms`);
        }
        throw transportError(error);
      } finally {
        clearTimeout(deadline);
        signal.removeEventListener('abort', abort);
      }
    },
    close() {
      closing ??= pool.close();
      return closing;
    },
  };
}

/** Sessions are continued (undici keeps them), so that few connections need a whole handshake. */
function connectorOf(endpoint: URL, tls: SmspTlsSettings, timeoutMs: number) {
  const connect = buildConnector({
    timeout: timeoutMs,
    // Read once here, not for every connection.
    ...(endpoint.protocol === 'https:' ? { secureContext: secureContext(tls) } : {}),
    ...(tls.serverName === undefined ? {} : { servername: tls.serverName }),
    // There is no switch for this, and NODE_TLS_REJECT_UNAUTHORIZED has no effect either.
    rejectUnauthorized: true,
  });
  const connector: buildConnector.connector = (target, callback) => {
    connect(target, (...result) => {
      // In TLS 1.3 a refused client certificate shows after the handshake, as an error followed by
      // the end of the stream. Without this undici would report the end, as if it were a reset.
      const [, socket] = result;
      socket?.once('error', () => socket.destroy());
      callback(...result);
    });
  };
  return connector;
}

function secureContext({ pfx, passphrase, certificate, key, ca }: SmspTlsSettings): SecureContext {
  try {
    return createSecureContext({
      minVersion: 'TLSv1.2',
      ...(pfx === undefined ? {} : { pfx }),
      ...(passphrase === undefined ? {} : { passphrase }),
      ...(certificate === undefined ? {} : { cert: certificate }),
      ...(key === undefined ? {} : { key }),
      ...(ca === undefined ? {} : { ca }),
    });
  } catch (error) {
    throw new ConfigError(
      `the client certificate cannot be read (${error instanceof Error ? error.message : 'no reason given'}): ` +
        'check the files, that the key belongs to the certificate, and the passphrase',
      { cause: error },
    );
  }
}
