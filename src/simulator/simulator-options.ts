/** What a simulator can be told when it starts. */
import type { DialectName } from './dialect.ts';
import type { JournalEntry } from './journal.ts';
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

export interface TlsOptions {
  readonly certificate: string;
  readonly key: string;
  readonly clientCa: string;
}
