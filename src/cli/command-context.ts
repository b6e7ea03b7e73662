import type { Environment } from '../config/load-env.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Metrics } from '../metrics/metrics.ts';

/** What every command is handed. */
export interface CommandContext {
  /** Read when a command asks for it: who needs no certificate is not refused for a missing one. */
  readonly environment: () => Environment;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly metrics: Metrics;
  /** Aborted by SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  /** Writes a result, for people or programs, to stdout; what could steer a terminal stands in it as `?`. */
  readonly print: (text: string) => void;
  /** Empties the screen. */
  readonly clear: () => void;
  /** Tells the person at the terminal; where there is none it is logged. */
  readonly notice: (text: string) => void;
  /** Of the program. */
  readonly version: string;
  /** Whether stdout is a terminal. */
  readonly isTerminal: boolean;
  /** Who the operating system says is there. */
  readonly systemUser: string;
}
