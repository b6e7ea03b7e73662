/** An audit log in memory, for what is below the trail. */
import type { AuditEvent, AuditHead, AuditLog } from '../../src/domain/audit.ts';

export interface CollectedAudit extends AuditLog {
  readonly events: AuditEvent[];
  head(): AuditHead;
}

export function anAuditLog(): CollectedAudit {
  const events: AuditEvent[] = [];
  return {
    events,
    add: async (event) => {
      events.push(event);
    },
    addAll: async (added) => {
      events.push(...added);
    },
    head: () => ({ sequence: events.length, seal: '', proof: '' }),
  };
}
