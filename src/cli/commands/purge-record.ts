/** purged.jsonl: what was deleted, in a trail that stays beside the runs. */
import { join } from 'node:path';
import { openAuditTrail } from '../../audit/audit-trail.ts';
import { recipientFor } from '../../audit/auditor.ts';
import type { AuditEvent, Operator } from '../../domain/audit.ts';
import type { CommandContext } from '../command-context.ts';
import { systemOf } from './with-audit.ts';

/** As a job that does not say whose it is. */
export const NOBODY: Omit<Operator, 'user'> = { organisation: 'not stated', role: 'not stated' };

/** `directory`: that holds the runs. Durable when it resolves; nothing is to be deleted before. */
export async function recordPurge(
  directory: string,
  writer: Operator & { readonly runId: string },
  event: AuditEvent,
  context: CommandContext,
): Promise<void> {
  const path = join(directory, 'purged.jsonl');
  const trail = await openAuditTrail({
    path,
    writer,
    recipient: await recipientFor(context.environment().auditRecipient, `${path}.key`),
    now: context.clock.now,
    system: systemOf(context),
  });
  try {
    await trail.add(event);
  } finally {
    await trail.close();
  }
}
