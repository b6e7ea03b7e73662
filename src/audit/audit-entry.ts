/** One line of the trail: JSON, and last in it a seal over everything before. Pure. */
import type { AuditEvent, Operator } from '../domain/audit.ts';
import type { StretchKeys } from './audit-keys.ts';

/** An entry as it stands in the file. */
export interface AuditEntry extends Operator {
  /** Numbered from 1 through the whole file. */
  readonly sequence: number;
  /** ISO 8601, UTC, with `Z` (MSCA-AUD-07). */
  readonly at: string;
  readonly event: string;
  readonly run_id: string;
  readonly message_id?: string;
  readonly operation?: string;
  readonly subject?: number;
  readonly row?: number;
  readonly attempt?: number;
  readonly code?: string;
  readonly sent_at?: string;
  readonly duration_ms?: number;
  /** Sealed; opened in what `audit query` shows. */
  readonly nhs_number?: string;
  readonly nhs_number_digest?: string;
  readonly detail?: unknown;
  /** Of `trail.opened`: the keys of what follows, for the auditor. */
  readonly keys?: string;
  readonly seal: string;
}

/**
 * A line is never longer: so much of the file's end holds the last one whole. What goes into an entry has a longest
 * length of its own (`config/job.ts`), which together stay far below it.
 */
export const MAX_LINE_BYTES = 1024 * 1024;

/** Three bytes each at most. */
const MAX_LINE_CHARACTERS = 300_000;

/** What all entries of one process have in common. */
export interface Writer extends Operator {
  readonly runId: string;
}

export interface Place {
  readonly sequence: number;
  readonly at: string;
}

/** The text of an entry up to its seal. */
export function entryText(
  { sequence, at }: Place,
  { user, organisation, role, runId }: Writer,
  { event, nhsNumber, ...rest }: AuditEvent,
  keys: StretchKeys,
  wrappedRoot?: string,
): string {
  return JSON.stringify({
    ...{ sequence, at, event, user, organisation, role, run_id: runId },
    message_id: rest.messageId,
    operation: rest.operation,
    subject: rest.subjectId,
    row: rest.row,
    attempt: rest.attempt,
    code: rest.code,
    sent_at: rest.sentAt,
    duration_ms: rest.durationMs,
    ...(nhsNumber === undefined
      ? {}
      : {
          nhs_number: keys.sealer.seal(nhsNumber, String(sequence)),
          nhs_number_digest: keys.digestOf(nhsNumber),
        }),
    detail: rest.detail,
    keys: wrappedRoot,
  });
}

/** The line without its end. Throws when it would be too long to be found again. */
export function sealedLine(text: string, seal: string): string {
  if (text.length > MAX_LINE_CHARACTERS)
    throw new Error('an entry of the audit trail would be too long');
  return `${text.slice(0, -1)},"seal":"${seal}"}`;
}

const SEALED = /^(\{.*),"seal":"([0-9a-f]{64})"\}$/s;

/** Undefined when the line is none of ours. */
export function readLine(
  line: string,
): { readonly text: string; readonly entry: AuditEntry } | undefined {
  const [, text] = SEALED.exec(line) ?? [];
  if (text === undefined) return undefined;
  try {
    return { text: `${text}}`, entry: JSON.parse(line) as AuditEntry };
  } catch {
    return undefined;
  }
}
