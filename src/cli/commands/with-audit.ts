/** The audit trail of a run, for one command at a time. It is always written (MSCA-AUD-01). */
import { hostname } from 'node:os';
import { type AuditTrail, openAuditTrail } from '../../audit/audit-trail.ts';
import { recipientFor } from '../../audit/auditor.ts';
import type { Job } from '../../config/job.ts';
import type { AuditHead, Operator } from '../../domain/audit.ts';
import type { Ledger } from '../../run-store/ledger.ts';
import type { RunFolder } from '../../run-store/run-folder.ts';
import type { CommandContext } from '../command-context.ts';

export interface Audited {
  readonly folder: RunFolder;
  readonly ledger: Ledger;
  readonly runId: string;
  readonly job: Job;
  /** Who acts now. */
  readonly user: string;
}

/** Lends `work` the trail, and has the ledger know how far it came. */
export async function withAudit<T>(
  { folder, ledger, runId, job, user }: Audited,
  context: CommandContext,
  work: (audit: AuditTrail) => Promise<T>,
): Promise<T> {
  const operator = operatorOf(job, user);
  const audit = await openAuditTrail({
    path: folder.audit,
    writer: { ...operator, runId },
    recipient: await recipientFor(context.environment().auditRecipient, folder.auditKey),
    now: context.clock.now,
    system: systemOf(context),
    known: ledger.about('auditHead') as AuditHead | undefined,
  });
  showNotice(job, operator, context);
  try {
    return await work(audit);
  } finally {
    // Of a full disk nothing more is to be told than what the work has said itself.
    ledger.describe('auditHead', audit.head());
    await audit.close();
  }
}

export function operatorOf({ operator: { organisation, role } }: Job, user: string): Operator {
  return { user, organisation, role };
}

/** Where an entry was made. */
export function systemOf({ version, systemUser }: CommandContext): unknown {
  return { program: `nhs-trace ${version}`, machine: hostname(), system_user: systemUser };
}

/** In the organisation's own words, and who is taken to be there: MSCA-IG-03. */
export function showNotice(
  { operator: { notice } }: Job,
  { user, organisation, role }: Operator,
  { notice: tell }: CommandContext,
): void {
  tell(`${notice.replace(/\.$/, '')}. User ${user}, organisation ${organisation}, role ${role}.`);
}
