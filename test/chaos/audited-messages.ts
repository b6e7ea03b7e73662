/** What the audit trails of a run and of its workers say of the messages that the provider saw. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityFor } from '../../src/audit/auditor.ts';
import { readTrail } from '../../src/audit/read-trail.ts';
import type { AuditHead } from '../../src/domain/audit.ts';
import { openLedger } from '../../src/run-store/ledger.ts';
import type { JournalEntry } from '../../src/simulator/journal.ts';

export interface Audited {
  /** Messages that the provider saw, and that were not on record before. */
  readonly notOnRecord: number;
  /** Trails that cannot be proved, a sentence each. */
  readonly notWhole: readonly string[];
}

/** `workers`: the directory of the workers' trails. */
export async function auditedMessages(
  run: string,
  workers: string,
  journal: readonly JournalEntry[],
): Promise<Audited> {
  const trails = [join(run, 'audit.jsonl'), ...workerTrails(workers)];
  const onRecord = new Set<string>();
  const notWhole: string[] = [];
  for (const path of trails) {
    const isRun = path.startsWith(run);
    const key = isRun ? join(run, 'audit.key') : `${path}.key`;
    const reading = readTrail(path, identityFor(undefined, key), isRun ? headOf(run) : undefined);
    for (;;) {
      const next = await reading.next();
      if (next.done !== true) {
        const { event, message_id = '' } = next.value.entry;
        if (event === 'request.sent') onRecord.add(message_id);
        continue;
      }
      if (next.value !== undefined)
        notWhole.push(`${path}, entry ${next.value.line}: ${next.value.reason}`);
      break;
    }
  }
  const unseen = journal.filter(({ messageId }) => messageId && !onRecord.has(messageId));
  return { notOnRecord: unseen.length, notWhole };
}

function workerTrails(directory: string): readonly string[] {
  if (!existsSync(directory)) return [];
  const names = readdirSync(directory).filter((name) => name.endsWith('.jsonl'));
  // One that was killed before its first entry was whole has sent nothing.
  return names
    .map((name) => join(directory, name))
    .filter((path) => existsSync(`${path}.key`) && readFileSync(path, 'utf8').includes('\n'));
}

function headOf(run: string): AuditHead | undefined {
  const ledger = openLedger(join(run, 'ledger.sqlite'));
  try {
    return ledger.about('auditHead') as AuditHead | undefined;
  } finally {
    ledger.close();
  }
}
