/** A Spine Mini Service Provider for PDS on a socket, answering from an invented population. */
import { randomUUID } from 'node:crypto';
import type { AddressInfo, Socket } from 'node:net';
import { type Clock, createListener } from './answer-http.ts';
import { createFaultChooser } from './choose-faults.ts';
import { DIALECTS, type DialectName } from './dialect.ts';
import { closeServer, createHttpServer, listen, type TlsOptions } from './http-server.ts';
import type { JournalEntry } from './journal.ts';
import { createMatcher } from './match-person.ts';
import type { Person } from './person.ts';
import type { ScriptedFaults } from './scripted-faults.ts';

export interface SimulatorOptions {
  readonly population: readonly Person[];
  /** 0, the default, takes any free port. */
  readonly port?: number | undefined;
  /** Default: 127.0.0.1. */
  readonly host?: string | undefined;
  /** Default: /smsp/pds. */
  readonly path?: string | undefined;
  /** PEM texts. With them the server speaks TLS and demands a certificate signed by `clientCa`. */
  readonly tls?: TlsOptions | undefined;
  readonly faults?: ScriptedFaults | undefined;
  /** Whether requests must keep to the schemas (default), or may differ as known clients do. */
  readonly isStrict?: boolean | undefined;
  /** How long every answer takes at least, in milliseconds (default 0). */
  readonly latencyMs?: number | undefined;
  /** Called once for each request, when its answer is sent. */
  readonly journal?: ((entry: JournalEntry) => void) | undefined;
  /** How replies are written (default: `default`). */
  readonly dialect?: DialectName | undefined;
  /** Whether DEMOG-0017 comes with the replacement (default). */
  readonly isReplacementReturned?: boolean | undefined;
  /** How verifyNHSNumber says no: DEMOG-0040 (default), or SMSP-0000 with `false`. */
  readonly mismatchAnswer?: 'DEMOG-0040' | 'SMSP-0000' | undefined;
  /** Others are refused with fault 3000. Default: any username is good. */
  readonly authorisedUsernames?: readonly string[] | undefined;
  /** URIs; others are refused with fault 1000. Default: any audit identity is good. */
  readonly authorisedAuditIdentities?: readonly string[] | undefined;
  /** What wsa:To must be. Default: anything. */
  readonly expectedTo?: string | undefined;
  /** Whether connections stay open for further requests (default). */
  readonly isKeepAlive?: boolean | undefined;
  /** Larger requests get HTTP 413 (default 262,144). */
  readonly maxBodyBytes?: number | undefined;
  /** How long a client may take to send a request (default 30,000). */
  readonly requestTimeoutMs?: number | undefined;
  /** The current time in milliseconds since 1970; for tests. */
  readonly now?: (() => number) | undefined;
}

export interface Simulator {
  /** Where to send requests, path included. */
  readonly url: string;
  /** Ends all connections, also those with unanswered requests. */
  close(): Promise<void>;
}

/** Resolves when the server listens; rejects when it cannot (port taken, unreadable certificate). */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { host = '127.0.0.1', port = 0, path = '/smsp/pds' } = options;
  const clock: Clock = options.now ?? (() => performance.timeOrigin + performance.now());
  const startedAt = clock();
  const second = () => (clock() - startedAt) / 1000;
  const faults = createFaultChooser(options.faults ?? { seed: 1, rules: [] });
  const stopped = new AbortController();
  const listener = createListener({
    path,
    clock,
    second,
    faults,
    stopped: stopped.signal,
    journal: options.journal ?? (() => undefined),
    latencyMs: options.latencyMs ?? 0,
    maxBodyBytes: options.maxBodyBytes ?? 262_144,
    isKeepAlive: options.isKeepAlive ?? true,
    rules: {
      isStrict: options.isStrict ?? true,
      authorisedUsernames: options.authorisedUsernames,
      authorisedAuditIdentities: options.authorisedAuditIdentities,
      expectedTo: options.expectedTo,
    },
    replies: {
      dialect: DIALECTS[options.dialect ?? 'default'],
      newId: randomUUID,
      matcher: createMatcher(options.population),
      isReplacementReturned: options.isReplacementReturned ?? true,
      mismatchAnswer: options.mismatchAnswer ?? 'DEMOG-0040',
    },
  });
  const server = createHttpServer(options.tls, options.requestTimeoutMs ?? 30_000, listener);
  server.on('connection', (socket: Socket) => {
    if (faults.isOutage(second())) socket.destroy();
  });
  await listen(server, port, host);
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `${options.tls ? 'https' : 'http'}://${urlHost(host)}:${bound}${path}`,
    close: () => {
      stopped.abort();
      return closeServer(server);
    },
  };
}

/** An address that means "all of mine" is reached over loopback; IPv6 goes in brackets. */
function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
