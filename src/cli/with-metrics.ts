import type { CommandContext } from './command-context.ts';

/** Serves metrics while `work` goes on, where a port is given for them. Throws ConfigError when it is taken. */
export async function withMetrics(
  flag: number | undefined,
  context: CommandContext,
  work: (context: CommandContext) => Promise<number>,
): Promise<number> {
  const port = flag ?? context.environment().metricsPort;
  if (port === undefined) return work(context);
  const { serveMetrics } = await import('../metrics/serve-metrics.ts');
  const served = await serveMetrics(port);
  context.logger.info('metrics.served', { endpoint: served.url });
  try {
    return await work({ ...context, metrics: served.metrics });
  } finally {
    served.close();
  }
}
