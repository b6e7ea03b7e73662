/** For `doctor`: one HEAD request, which asks about nobody, as a run's requests go: over a connection that believes nobody else. */
import { Client } from 'undici';
import { codeOf } from './look-at-network.ts';
import { secureConnector } from './secure-connector.ts';
import type { SmspTlsSettings } from './settings.ts';
import type { Trust } from './trust.ts';

export type HeadReply =
  | {
      readonly status: number;
      readonly date?: string;
      readonly sentMs: number;
      readonly repliedMs: number;
    }
  /** Why there was none: a code of undici, Node, OpenSSL or the system. */
  | { readonly failure: string };

interface HeadRequest {
  readonly endpoint: URL;
  readonly tls: SmspTlsSettings;
  /** Absent for plain http. */
  readonly trusted?: Trust | undefined;
  readonly timeoutMs: number;
  readonly now: () => Date;
}

export async function askHead(request: HeadRequest): Promise<HeadReply> {
  const { endpoint, tls, trusted, timeoutMs, now } = request;
  const client = new Client(endpoint.origin, {
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: secureConnector(tls, trusted, { timeoutMs }),
  });
  const deadline = AbortSignal.timeout(2 * timeoutMs);
  try {
    const sentMs = now().getTime();
    const path = `${endpoint.pathname}${endpoint.search}`;
    const reply = await client.request({ method: 'HEAD', path, signal: deadline });
    const repliedMs = now().getTime();
    const date = reply.headers['date'];
    return {
      ...{ status: reply.statusCode, sentMs, repliedMs },
      ...(typeof date === 'string' ? { date } : {}),
    };
  } catch (error) {
    return { failure: deadline.aborted ? 'ETIMEDOUT' : codeOf(error) };
  } finally {
    await client.destroy();
  }
}
