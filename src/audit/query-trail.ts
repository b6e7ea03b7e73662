/** Looks into a trail: MSCA-AUD-05. */
import type { AuditHead } from '../domain/audit.ts';
import type { AuditEntry } from './audit-entry.ts';
import { type AuditFault, type ProvenEntry, readTrail } from './read-trail.ts';

/** All that are given must hold. */
export interface AuditQuery {
  readonly nhsNumber?: string;
  readonly user?: string;
  readonly messageId?: string;
  /** ISO 8601; an entry of that very time belongs to it. */
  readonly from?: string;
  readonly to?: string;
}

/** Yields what was asked for, with its NHS number opened; returns the fault that ends the trail, if there is one. */
export async function* queryTrail(
  path: string,
  identity: string,
  head: AuditHead | undefined,
  query: AuditQuery,
): AsyncGenerator<Omit<AuditEntry, 'seal' | 'keys'>, AuditFault | undefined> {
  const reading = readTrail(path, identity, head);
  for (;;) {
    const next = await reading.next();
    if (next.done === true) return next.value;
    if (isAskedFor(next.value, query)) yield opened(next.value);
  }
}

function isAskedFor(
  { entry, keys }: ProvenEntry,
  { nhsNumber, user, messageId, from, to }: AuditQuery,
): boolean {
  const at = Date.parse(entry.at);
  return (
    (nhsNumber === undefined || entry.nhs_number_digest === keys.digestOf(nhsNumber)) &&
    (user === undefined || entry.user === user) &&
    (messageId === undefined || entry.message_id === messageId) &&
    (from === undefined || at >= Date.parse(from)) &&
    (to === undefined || at <= Date.parse(to))
  );
}

function opened({ entry, keys }: ProvenEntry): Omit<AuditEntry, 'seal' | 'keys'> {
  const { seal: _seal, keys: _keys, nhs_number_digest: _digest, nhs_number, ...rest } = entry;
  if (nhs_number === undefined) return rest;
  return { ...rest, nhs_number: keys.sealer.open(nhs_number, String(entry.sequence)) };
}
