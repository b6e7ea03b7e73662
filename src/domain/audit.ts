/** What goes into the audit trail: MSCA-AUD-02 (what is recorded) and MSCA-AUD-03 (with which items). */
import type { NhsNumber } from './nhs-number.ts';

/** Who acts, as the operating system and the job say: MSCA-IG-03. Stands in every entry. */
export interface Operator {
  /** Who started the work. */
  readonly user: string;
  readonly organisation: string;
  readonly role: string;
}

export const AUDIT_EVENTS = [
  /** A process begins to write; what comes before it is older than it. */
  'trail.opened',
  'run.started',
  'run.resumed',
  'run.ended',
  /** Mended rows were given back. */
  'run.corrected',
  /** A message is about to leave for the provider. */
  'request.sent',
  /** It did not leave after all: the run was stopped, or the message cannot be written. */
  'request.withdrawn',
  /** What became of a message: the provider's code, or why there is none. */
  'reply.received',
  /** What the run says of a row; again when that has changed. */
  'row.decided',
  /** Output files with personal data were written. */
  'outputs.written',
  /** A person looked at one row. */
  'row.shown',
  /** A person looked into this trail. */
  'audit.verified',
  'audit.queried',
  /** Somebody wanted to, and had no key. */
  'audit.refused',
  /** A run is about to be deleted: stands in a trail beside the runs. */
  'run.purged',
  /** What a run holds of one person is about to be deleted: there too, and in the run's own trail for each row. */
  'person.deleted',
  /** Answers of earlier runs were deleted; how many. */
  'answers.deleted',
] as const;

export type AuditEventName = (typeof AUDIT_EVENTS)[number];

/** How far a trail came. Kept elsewhere, so that a cut at its end is found. */
export interface AuditHead {
  readonly sequence: number;
  readonly seal: string;
  /** Only who wrote that stretch could make it. */
  readonly proof: string;
}

/** Where events go. */
export interface AuditLog {
  /** Durable when it resolves. Rejects when the disk takes nothing; then nothing more can be written. */
  add(event: AuditEvent): Promise<void>;
  /** All of them, in order, as one write. */
  addAll(events: readonly AuditEvent[]): Promise<void>;
}

/** Every part but `nhsNumber` is written as it is, so none of them may name or describe a person. */
export interface AuditEvent {
  readonly event: AuditEventName;
  readonly messageId?: string;
  readonly operation?: string;
  /** The run's own key for a person. */
  readonly subjectId?: number;
  /** 1-based data row of the input. */
  readonly row?: number;
  /** From 1. */
  readonly attempt?: number;
  /** The provider's code, an outcome, an exception code, or how a run ended. */
  readonly code?: string;
  /** ISO 8601, UTC. */
  readonly sentAt?: string;
  readonly durationMs?: number;
  /** Sealed, and beside it a keyed digest by which it can be found. */
  readonly nhsNumber?: NhsNumber;
  /** Settings in force, counts, digests of files. */
  readonly detail?: unknown;
}
