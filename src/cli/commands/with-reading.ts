/** Whoever looks into a trail is on record before anything is shown, in a trail of its own (MSCA-AUD-02). */
import { dirname } from 'node:path';
import type { Writer } from '../../audit/audit-entry.ts';
import { isRecipient, recipientOf } from '../../audit/audit-keys.ts';
import { type AuditTrail, openAuditTrail } from '../../audit/audit-trail.ts';
import { identityFor, isTrailFile, recipientFor } from '../../audit/auditor.ts';
import { firstEntry } from '../../audit/read-trail.ts';
import { parseJobValue } from '../../config/load-job.ts';
import type { AuditEvent, AuditHead } from '../../domain/audit.ts';
import { ConfigError } from '../../errors.ts';
import { type Ledger, openLedger } from '../../run-store/ledger.ts';
import { aboutRun } from '../../run-store/run-about.ts';
import { isRunFolder, lockAuditReads, openRunFolder } from '../../run-store/run-folder.ts';
import type { CommandContext } from '../command-context.ts';
import { operatorOf, showNotice, systemOf } from './with-audit.ts';

export interface Reading {
  /** The trail, and who has looked into it before. */
  readonly trails: readonly TrailAt[];
  readonly identity: string;
  /** Of the run; a worker's trail has none. */
  readonly ledger: Ledger | undefined;
  /** Durable when it resolves. */
  readonly note: (event: AuditEvent) => Promise<void>;
}

export interface TrailAt {
  readonly file: string;
  /** How far it is known to have come. */
  readonly head: AuditHead | undefined;
}

/** `path`: a run directory, or the trail of a worker. Who has no key is on record as well. */
export async function withReading<T>(
  path: string,
  context: CommandContext,
  work: (reading: Reading) => Promise<T>,
): Promise<T> {
  const place = placeOf(path);
  const lock = await lockAuditReads({ path: place.directory }, context.clock);
  const ledger = place.ledger === undefined ? undefined : openLedger(place.ledger);
  let reads: AuditTrail | undefined;
  try {
    const who = ledger === undefined ? undefined : whoLooks(ledger, context);
    const headOf = (key: string) => ledger?.about(key) as AuditHead | undefined;
    const [head, readsHead] = [headOf('auditHead'), headOf('auditReadsHead')];
    const note = async (event: AuditEvent): Promise<void> => {
      reads = await openReads(place, who, context, readsHead);
      await reads.add(event);
      ledger?.describe('auditReadsHead', reads.head());
    };
    const hasReads = readsHead !== undefined || isTrailFile(place.reads);
    const trails = [{ file: place.trail, head }];
    if (hasReads) trails.push({ file: place.reads, head: readsHead });
    const identity = await identityOrNote(place, context, note);
    return await work({ trails, identity, ledger, note });
  } finally {
    await reads?.close();
    ledger?.close();
    lock.release();
  }
}

interface Place {
  readonly directory: string;
  readonly trail: string;
  readonly reads: string;
  readonly key: string;
  readonly ledger?: string;
}

/** Throws ConfigError for the file of a run: only its directory knows how far the trail came, and who looked. */
function placeOf(path: string): Place {
  if (isTrailFile(path) && isRunFolder(dirname(path)))
    throw new ConfigError(`${path} is the trail of a run. Give the directory: ${dirname(path)}`);
  if (isTrailFile(path))
    return {
      ...{ directory: dirname(path), trail: path },
      ...{ reads: `${path}.reads`, key: `${path}.key` },
    };
  const { path: directory, audit, auditReads, auditKey, ledger } = openRunFolder(path);
  return { directory, trail: audit, reads: auditReads, key: auditKey, ledger };
}

async function identityOrNote(
  { key }: Place,
  { environment }: CommandContext,
  note: Reading['note'],
): Promise<string> {
  try {
    return identityFor(environment().auditIdentity, key);
  } catch (error) {
    await note({ event: 'audit.refused', code: 'no-key' });
    throw error;
  }
}

/** Written for the auditor of the trail itself, whoever looks. */
async function openReads(
  { trail, reads, key }: Place,
  who: Writer | undefined,
  context: CommandContext,
  known: AuditHead | undefined,
): Promise<AuditTrail> {
  const first = await firstEntry(trail);
  const {
    organisation = 'not stated',
    role = 'not stated',
    run_id: runId = '',
  } = first?.entry ?? {};
  return openAuditTrail({
    path: reads,
    writer: who ?? { user: context.systemUser, organisation, role, runId },
    recipient: await readsRecipient(first?.auditor, key, context),
    now: context.clock.now,
    system: systemOf(context),
    known,
  });
}

/** Throws ConfigError when there was no run. */
function whoLooks(ledger: Ledger, context: CommandContext): Writer {
  const run = aboutRun(ledger);
  if (run === undefined) throw new ConfigError('the run never began, so nothing is on record.');
  const job = parseJobValue(run.job);
  const operator = operatorOf(job, context.systemUser);
  showNotice(job, operator, context);
  return { ...operator, runId: run.runId };
}

async function readsRecipient(
  named: string | undefined,
  key: string,
  { environment }: CommandContext,
): Promise<string> {
  if (named !== undefined && isRecipient(named)) return named;
  const { auditRecipient, auditIdentity } = environment();
  if (auditRecipient !== undefined || auditIdentity === undefined)
    return recipientFor(auditRecipient, key);
  return recipientOf(auditIdentity);
}
