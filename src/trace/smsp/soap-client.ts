/** One POST to the provider. */
import { Pool } from 'undici';
import { RetryableError } from '../../errors.ts';
import { createReplyBody } from './reply-body.ts';
import { type OnSecure, secureConnector } from './secure-connector.ts';
import type { SmspSettings } from './settings.ts';
import { transportError } from './transport-errors.ts';
import { type Trust, trust } from './trust.ts';

export interface SoapClient {
  /**
   * Sends a message once and reads the reply whole, whatever its status; redirects are not followed.
   * `leave` is called when the connection is open and the message about to be written: when it throws,
   * nothing is.
   * Throws the signal's reason when it was aborted, FatalError `tls`, and RetryableError: `timeout`
   * (headers, silence or the whole exchange took longer than `timeoutMs`), `unreachable`, `reset`,
   * `reply-too-large`, `unreadable-reply` (not HTTP).
   */
  post(message: SoapMessage, signal: AbortSignal, leave?: () => void): Promise<HttpReply>;
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
  /** What the body is said to be; several sayings are joined by commas. */
  readonly contentType?: string;
  /** Every coding that it is said to be in; absent for none, and for plain chunks. */
  readonly coding?: string;
  /** When the provider wrote it, by its own clock. */
  readonly date?: string;
  readonly body: Uint8Array;
}

/** Of all header fields together. Said here, for Node's own limit can be raised from outside. */
const MAX_HEADER_BYTES = 16_384;

/** What is told of the certificates of both sides, when the client was made and whenever a connection opened. */
export interface SecureEvents {
  readonly onIdentity?: (context: Trust['secureContext']) => void;
  readonly onSecure?: OnSecure;
}

/** Opens nothing yet. Throws ConfigError when the certificates cannot be read. */
export function createSoapClient(
  { endpoint, tls = {}, timeoutMs, maxBodyBytes, maxConnections }: SmspSettings,
  { onIdentity, onSecure }: SecureEvents = {},
): SoapClient {
  const trusted = endpoint.protocol === 'https:' ? trust(tls) : undefined;
  if (trusted !== undefined) onIdentity?.(trusted.secureContext);
  const pool = new Pool(endpoint.origin, {
    connections: maxConnections,
    pipelining: 1, // one exchange at a time on a connection: the answer is in the same exchange
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: maxBodyBytes,
    maxHeaderSize: MAX_HEADER_BYTES,
    connect: secureConnector(tls, trusted, { timeoutMs, onSecure }),
  });
  let closing: Promise<void> | undefined;
  let isEnding = false;

  const path = `${endpoint.pathname}${endpoint.search}`;
  /** undici's own `request` has no word to say when the connection is open. */
  const exchange = (
    message: SoapMessage,
    signal: AbortSignal,
    leave: () => void,
  ): Promise<HttpReply> =>
    new Promise((resolve, reject) => {
      const body = createReplyBody();
      let head: Omit<HttpReply, 'body'> = { status: 0 };
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      pool.dispatch(
        {
          method: 'POST',
          path,
          headers: {
            'Content-Type': 'text/xml; charset=utf-8',
            // Quoted: SOAP 1.1, section 6.1.1.
            SOAPAction: `"${message.action}"`,
          },
          body: Buffer.from(message.xml, 'utf8'), // a Buffer, so that Content-Length counts bytes
        },
        {
          onRequestStart: (controller) => {
            signal.throwIfAborted();
            leave();
            signal.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
          },
          // More than once, when a status such as 100 comes first.
          onResponseStart: (_controller, status, headers) => {
            head = { status, ...saidOf(headers) };
            if (headers['connection'] === 'close') isEnding = true;
          },
          onResponseData: (_controller, chunk) => {
            body.add(chunk);
          },
          onResponseEnd: () => {
            resolve({ ...head, body: body.bytes() });
          },
          onResponseError: (_controller, error) => reject(error),
        },
      );
    });

  // Where every connection ends with its reply, the next is opened at once: waiting for a handshake
  // would cost a request its place under the rate.
  const openNext = (): void => {
    if (!isEnding || closing !== undefined || pool.stats.free > 0) return;
    isEnding = false;
    pool.dispatch(
      { method: 'POST', path },
      {
        onRequestStart: () => {
          throw new Error('the connection is open, and nothing is to be sent');
        },
        onResponseError: () => undefined,
      },
    );
  };
  // A moment later, when undici knows that this one is free for a new connection.
  pool.on('disconnect', () => setImmediate(openNext));

  return {
    async post(message, signal, leave = () => undefined) {
      signal.throwIfAborted();
      // Our own controller: it joins the caller's signal with the deadline of the whole exchange,
      // which stops a reply that drips in slowly enough for the other time-outs.
      const controller = new AbortController();
      const abort = (): void => controller.abort();
      const deadline = setTimeout(abort, timeoutMs);
      signal.addEventListener('abort', abort, { once: true });
      try {
        return await exchange(message, controller.signal, leave);
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

function saidOf(headers: Readonly<Record<string, string | string[] | undefined>>) {
  const retryAfter = [headers['retry-after']].flat()[0];
  const contentType = headers['content-type'];
  const date = headers['date'];
  const transfer = headers['transfer-encoding'];
  const isPlain = /^chunked$/i.test(String(transfer));
  const codings = [headers['content-encoding'], isPlain ? undefined : transfer].flat();
  const coding = codings.filter((one) => one !== undefined).join(', ');
  return {
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(contentType === undefined ? {} : { contentType: String(contentType) }),
    ...(coding === '' ? {} : { coding }),
    ...(typeof date === 'string' ? { date } : {}),
  };
}
