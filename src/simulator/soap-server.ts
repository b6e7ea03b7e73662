/** A Spine Mini Service Provider for PDS on a socket, answering from an invented population. */
import { randomUUID } from 'node:crypto';
import type { AddressInfo, Socket } from 'node:net';
import { type Clock, createListener } from './answer-http.ts';
import { createFaultChooser } from './choose-faults.ts';
import { DIALECTS } from './dialect.ts';
import { closeServer, createHttpServer, listen } from './http-server.ts';
import { createMatcher } from './match-person.ts';
import type { SimulatorOptions } from './simulator-options.ts';

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
