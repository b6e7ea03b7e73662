import { destination, pino } from 'pino';
import { escapeJson } from './printable.ts';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The only fields that may stand in a log line. None of them names or describes a person. */
export interface LogFields {
  readonly runId?: string;
  readonly row?: number;
  readonly subjectId?: number;
  readonly messageId?: string;
  readonly operation?: string;
  readonly code?: string;
  readonly count?: number;
  readonly done?: number;
  readonly rows?: number;
  readonly matched?: number;
  readonly exceptions?: number;
  readonly perSecond?: number;
  readonly durationMs?: number;
  readonly endpoint?: string;
  readonly queue?: string;
  readonly path?: string;
  /** The class of an error. */
  readonly error?: string;
  /** Our own words on what is wrong; never text from a row, a request or a reply. */
  readonly reason?: string;
}

/** Events by name, such as `trace.unanswered`, with fields from the list above and nothing else. */
export interface Logger {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** JSON lines on stderr, written at once so that none is lost when the process ends. */
export function createLogger(level: LogLevel): Logger {
  const stderr = destination({ dest: 2, sync: true });
  const log = pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'event',
    },
    { write: (line) => stderr.write(escapeJson(line)) },
  );
  return {
    debug: (event, fields) => log.debug(fields ?? {}, event),
    info: (event, fields) => log.info(fields ?? {}, event),
    warn: (event, fields) => log.warn(fields ?? {}, event),
    error: (event, fields) => log.error(fields ?? {}, event),
  };
}
