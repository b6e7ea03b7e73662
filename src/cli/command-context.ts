import type { Environment } from '../config/load-env.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';

/** What every command is handed. */
export interface CommandContext {
  readonly environment: Environment;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Aborted by SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  /** Writes a result, for people or programs, to stdout. */
  readonly print: (text: string) => void;
  /** Who the operating system says is there. */
  readonly systemUser: string;
}
