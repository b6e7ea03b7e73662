import { type AuditTrail, openAuditTrail } from '../../audit/audit-trail.ts';
import { identityFor, isTrailFile, recipientFor } from '../../audit/auditor.ts';
import { type AuditQuery, queryTrail } from '../../audit/query-trail.ts';
import { type AuditFault, readTrail } from '../../audit/read-trail.ts';
import { parseJobValue } from '../../config/load-job.ts';
import type { AuditEvent, AuditHead } from '../../domain/audit.ts';
import { whole } from '../../domain/figures.ts';
import { parseNhsNumber } from '../../domain/nhs-number.ts';
import { ConfigError } from '../../errors.ts';
import { printableJson } from '../../lib/printable.ts';
import { openLedger } from '../../run-store/ledger.ts';
import { aboutRun } from '../../run-store/run-about.ts';
import { lockAuditReads, openRunFolder } from '../../run-store/run-folder.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';
import { operatorOf, showNotice, systemOf } from './with-audit.ts';

/** Proves that the trail of a run is whole, or names the first bad entry. Gives the exit code. */
export async function auditVerifyCommand(path: string, context: CommandContext): Promise<number> {
  return withReading(path, context, async ({ trails, identity, note }) => {
    const faults: string[] = [];
    for (const { file, head } of trails) {
      const { entries, fault } = await provenEntries(file, identity, head);
      context.print(describe(file, entries, fault));
      if (fault !== undefined) faults.push(`${file}: entry ${fault.line}`);
    }
    await note({ event: 'audit.verified', code: faults.length === 0 ? 'whole' : 'not-whole' });
    return faults.length === 0 ? EXIT.complete : EXIT.halted;
  });
}

export interface AuditQueryOptions extends Omit<AuditQuery, 'nhsNumber'> {
  readonly nhsNumber?: string;
}

/** Prints a JSON line for each entry that is asked for. Gives the exit code. */
export async function auditQueryCommand(
  path: string,
  options: AuditQueryOptions,
  context: CommandContext,
): Promise<number> {
  const query = checkedQuery(options);
  return withReading(path, context, async ({ trails, identity, note }) => {
    // On record before anything is shown.
    const { nhsNumber, ...criteria } = query;
    await note({
      ...{ event: 'audit.queried', detail: criteria },
      ...(nhsNumber === undefined ? {} : { nhsNumber }),
    });
    for (const { file, head } of trails) {
      const fault = await printFound(queryTrail(file, identity, head, query), context);
      if (fault !== undefined)
        throw new ConfigError(`${describe(file, 0, fault)}What comes after it is not shown.`);
    }
    return EXIT.complete;
  });
}

interface Reading {
  readonly trails: readonly { readonly file: string; readonly head: AuditHead | undefined }[];
  readonly identity: string;
  /** Puts on record that somebody looked (MSCA-AUD-02). */
  readonly note: (event: AuditEvent) => Promise<void>;
}

/**
 * Who looks leaves a trail of his own beside that of the run, which another process may be writing just now. `path`:
 * a run directory, or the trail of a worker.
 */
async function withReading<T>(
  path: string,
  context: CommandContext,
  work: (reading: Reading) => Promise<T>,
): Promise<T> {
  const { auditIdentity, auditRecipient } = context.environment();
  if (isTrailFile(path)) {
    const identity = identityFor(auditIdentity, `${path}.key`);
    const note = async (): Promise<void> => undefined;
    return work({ trails: [{ file: path, head: undefined }], identity, note });
  }
  const folder = openRunFolder(path);
  const identity = identityFor(auditIdentity, folder.auditKey);
  const lock = await lockAuditReads(folder, context.clock);
  const ledger = openLedger(folder.ledger);
  let reads: AuditTrail | undefined;
  try {
    const run = aboutRun(ledger);
    if (run === undefined)
      throw new ConfigError(`${path}: the run never began, so nothing is on record.`);
    const head = ledger.about('auditHead') as AuditHead | undefined;
    const readsHead = ledger.about('auditReadsHead') as AuditHead | undefined;
    const trails = [{ file: folder.audit, head }];
    if (readsHead !== undefined) trails.push({ file: folder.auditReads, head: readsHead });
    const job = parseJobValue(run.job);
    const operator = operatorOf(job, context.systemUser);
    showNotice(job, operator, context);
    const note = async (event: AuditEvent): Promise<void> => {
      reads = await openAuditTrail({
        path: folder.auditReads,
        writer: { ...operator, runId: run.runId },
        recipient: await recipientFor(auditRecipient, folder.auditKey),
        now: context.clock.now,
        system: systemOf(context),
      });
      await reads.add(event);
      ledger.describe('auditReadsHead', reads.head());
    };
    return await work({ trails, identity, note });
  } finally {
    await reads?.close();
    ledger.close();
    lock.release();
  }
}

async function printFound(
  found: ReturnType<typeof queryTrail>,
  { print }: CommandContext,
): Promise<AuditFault | undefined> {
  for (;;) {
    const next = await found.next();
    if (next.done === true) return next.value;
    print(`${printableJson(next.value)}\n`);
  }
}

async function provenEntries(
  file: string,
  identity: string,
  head: AuditHead | undefined,
): Promise<{ readonly entries: number; readonly fault: AuditFault | undefined }> {
  let entries = 0;
  const reading = readTrail(file, identity, head);
  for (;;) {
    const next = await reading.next();
    if (next.done === true) return { entries, fault: next.value };
    entries += 1;
  }
}

function describe(file: string, entries: number, fault: AuditFault | undefined): string {
  return fault === undefined
    ? `${file}: whole, ${whole(entries)} entries\n`
    : `${file}: NOT WHOLE. The first bad entry is number ${fault.line}: ${fault.reason}.\n`;
}

function checkedQuery({ nhsNumber, user, messageId, from, to }: AuditQueryOptions) {
  const number = nhsNumber === undefined ? undefined : parseNhsNumber(nhsNumber.replace(/\s/g, ''));
  if (nhsNumber !== undefined && number === undefined)
    throw new ConfigError(
      '--nhs-number is no NHS number: ten digits, the last of which checks the others.',
    );
  for (const [flag, time] of [
    ['--from', from],
    ['--to', to],
  ])
    if (time !== undefined && Number.isNaN(Date.parse(time)))
      throw new ConfigError(`${flag} is no time. Give it as 2026-11-26T19:00:00Z.`);
  return {
    ...(number === undefined ? {} : { nhsNumber: number }),
    ...(user === undefined ? {} : { user }),
    ...(messageId === undefined ? {} : { messageId }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}
