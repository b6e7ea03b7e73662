/** The board over HTTP: on this machine only, for whoever has the password, and only to look at. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { basicAuth } from 'hono/basic-auth';
import { ConfigError } from '../errors.ts';
import { isLoopbackHost } from '../lib/loopback-host.ts';

export const BOARD_USER = 'nhs-trace';
const LOOPBACK = '127.0.0.1';

/** The page asks for nothing elsewhere: its own link to fonts would tell others that somebody looks. */
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; form-action 'none'; base-uri 'self'";

export interface BoardServer {
  readonly url: string;
  close(): Promise<void>;
}

/** `port` 0: any free one. Throws ConfigError when it is taken. */
export async function serveBoard(
  pages: Hono,
  { port, password }: { readonly port: number; readonly password: string },
): Promise<BoardServer> {
  const app = new Hono();
  app.use(async (context, next) => {
    if (!isLoopbackHost(context.req.header('host'))) return context.text('', 421);
    if (!['GET', 'HEAD'].includes(context.req.method)) return context.text('', 405);
    await next();
    context.header('cache-control', 'no-store');
    context.header('content-security-policy', POLICY);
    return undefined;
  });
  app.use(basicAuth({ username: BOARD_USER, password }));
  // Journals are sealed; what is sealed is not shown.
  app.get('/api/queues/:queue/:item/logs', (context) => context.json([]));
  app.route('/', pages);
  const server = serve({ fetch: app.fetch, hostname: LOOPBACK, port });
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new ConfigError(`port ${port} cannot be listened on. Give another --port.`, { cause });
  }
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${LOOPBACK}:${taken}/`,
    close: async () => {
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
    },
  };
}
