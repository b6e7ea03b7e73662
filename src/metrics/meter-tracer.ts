import type { Tracer } from '../trace/tracer.ts';
import type { Metrics } from './metrics.ts';

/** The same tracer; what leaves and what comes back is counted. */
export function meterTracer(tracer: Tracer, metrics: Metrics): Tracer {
  return {
    ask: async (request, options) => {
      let ended: (code: string) => void = () => undefined;
      const leave = (): void => {
        options.leave?.();
        ended = metrics.requestLeaves(request.operation);
      };
      try {
        const reply = await tracer.ask(request, { ...options, leave });
        ended(reply.code);
        return reply;
      } catch (error) {
        ended(options.signal.aborted ? 'aborted' : codeOf(error));
        throw error;
      }
    },
    close: tracer.close,
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
