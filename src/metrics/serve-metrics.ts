/** The metrics over HTTP, on this machine only. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { ConfigError } from '../errors.ts';
import { isLoopbackHost } from '../lib/loopback-host.ts';
import type { Metrics } from './metrics.ts';
import { createPrometheusMetrics } from './prometheus.ts';

const LOOPBACK = '127.0.0.1';

export interface ServedMetrics {
  readonly metrics: Metrics;
  /** Where they are. */
  readonly url: string;
  close(): void;
}

/** `port` 0: any free one. Throws ConfigError when it is taken. */
export async function serveMetrics(port: number): Promise<ServedMetrics> {
  const metrics = createPrometheusMetrics();
  const app = new Hono();
  app.use(async (context, next) =>
    isLoopbackHost(context.req.header('host')) ? next() : context.text('', 421),
  );
  app.get('/metrics', async (context) =>
    context.body(await metrics.read(), 200, { 'content-type': metrics.contentType }),
  );
  const server = serve({ fetch: app.fetch, hostname: LOOPBACK, port });
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new ConfigError(
      `the metrics cannot be served on port ${port}: it is taken, or not allowed. Each process needs one of its own; give another with --metrics.`,
      { cause },
    );
  }
  const { port: taken } = server.address() as AddressInfo;
  return {
    metrics,
    url: `http://${LOOPBACK}:${taken}/metrics`,
    close: () => {
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
    },
  };
}
