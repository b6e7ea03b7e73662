import type { TraceReply, TraceRequest } from '../domain/trace.ts';

/** A service that can be asked about one person at a time. SMSP is the first; PDS FHIR can follow. */
export interface Tracer {
  /**
   * Sends one request and reads the reply. Never sends twice.
   * `messageId` is a new upper-case UUID for every call. `leave` is called when the message is about
   * to be written to a connection that is open; what it throws is thrown, and nothing is sent.
   * Throws BusyError, RetryableError, UnansweredError or FatalError when there is no answer, and the
   * signal's reason when it was aborted.
   */
  ask(
    request: TraceRequest,
    options: {
      readonly messageId: string;
      readonly signal: AbortSignal;
      readonly leave?: () => void;
    },
  ): Promise<TraceReply>;
  /** Closes the connections. Safe to call twice. */
  close(): Promise<void>;
}
