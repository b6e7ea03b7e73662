/** The trail of a worker: what it sends goes on record on its own machine, for the run's may be out of reach. */
import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type AuditTrail, type AuditTrailOptions, openAuditTrail } from './audit-trail.ts';
import { recipientFor } from './auditor.ts';

export interface WorkerTrailOptions extends Omit<AuditTrailOptions, 'path' | 'recipient'> {
  /** Made, mode 0700, when it is not there. */
  readonly directory: string;
  /** Undefined: a key beside the trail. */
  readonly recipient: string | undefined;
}

/** One file for each run, machine and process. */
export async function openWorkerTrail({
  directory,
  recipient,
  ...options
}: WorkerTrailOptions): Promise<AuditTrail> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const machine = hostname().replace(/[^A-Za-z0-9._-]/g, '-');
  const path = join(directory, `${options.writer.runId}-${machine}-${process.pid}.jsonl`);
  return openAuditTrail({
    ...options,
    path,
    recipient: await recipientFor(recipient, `${path}.key`),
  });
}
