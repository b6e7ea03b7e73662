import { type AuditQuery, queryTrail } from '../../audit/query-trail.ts';
import { type AuditFault, readTrail } from '../../audit/read-trail.ts';
import type { AuditHead } from '../../domain/audit.ts';
import { whole } from '../../domain/figures.ts';
import { ConfigError } from '../../errors.ts';
import { printableJson } from '../../lib/printable.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';
import { givenNhsNumber } from './given-nhs-number.ts';
import { type Reading, withReading } from './with-reading.ts';

/**
 * Proves that the trail of a run is whole and tells of every request in the ledger, or names the first bad entry. Gives
 * the exit code.
 */
export async function auditVerifyCommand(path: string, context: CommandContext): Promise<number> {
  return withReading(path, context, async (reading) => {
    const isWhole = await proveAll(reading, context);
    const noted = reading.note({ event: 'audit.verified', code: isWhole ? 'whole' : 'not-whole' });
    // The record of who looked takes no more entries when it was cut itself, and that is told above.
    await (isWhole ? noted : noted.catch(unlessConfig));
    return isWhole ? EXIT.complete : EXIT.halted;
  });
}

/** Prints what became of each trail, and of the requests that none tells of. */
async function proveAll({ trails, identity, ledger }: Reading, { print }: CommandContext) {
  // Before the trail is read: a run may go on meanwhile, and puts each request there first.
  const unseen = new Set(ledger?.requestMessages());
  let faults = 0;
  const hasAsked = unseen.size > 0;
  for (const { file, head } of trails) {
    const proven = await provenEntries(file, identity, head, unseen);
    const { entries, fault = hasAsked ? unknownEnd(entries, head) : undefined } = proven;
    print(describe(file, entries, fault));
    if (fault !== undefined) faults += 1;
  }
  if (faults > 0) return false;
  if (unseen.size > 0) print(describeUnseen(unseen));
  return unseen.size === 0;
}

function unlessConfig(error: unknown): void {
  if (!(error instanceof ConfigError)) throw error;
}

/** Whoever took it out of the ledger could have cut the trail. */
function unknownEnd(entries: number, head: AuditHead | undefined): AuditFault | undefined {
  if (head !== undefined) return undefined;
  return { line: entries + 1, reason: 'the ledger does not know how many there were' };
}

export interface AuditQueryOptions extends Omit<AuditQuery, 'nhsNumber'> {
  /** In any way of writing it, or `-` for standard input. */
  readonly nhsNumber?: string;
}

/** Prints a JSON line for each entry that is asked for. Gives the exit code. */
export async function auditQueryCommand(
  path: string,
  options: AuditQueryOptions,
  context: CommandContext,
): Promise<number> {
  const query = await checkedQuery(options);
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

/** Takes the messages whose answers it tells of out of `unseen`. */
async function provenEntries(
  file: string,
  identity: string,
  head: AuditHead | undefined,
  unseen: Set<string>,
): Promise<{ readonly entries: number; readonly fault: AuditFault | undefined }> {
  let entries = 0;
  const reading = readTrail(file, identity, head);
  for (;;) {
    const next = await reading.next();
    if (next.done === true) return { entries, fault: next.value };
    entries += 1;
    const { event, message_id } = next.value.entry;
    if (event === 'reply.received' && message_id !== undefined) unseen.delete(message_id);
  }
}

function describe(file: string, entries: number, fault: AuditFault | undefined): string {
  return fault === undefined
    ? `${file}: whole, ${whole(entries)} entries\n`
    : `${file}: NOT WHOLE. The first bad entry is number ${fault.line}: ${fault.reason}.\n`;
}

function describeUnseen(unseen: ReadonlySet<string>): string {
  const [first] = unseen;
  return `NOT COMPLETE. The ledger holds ${whole(unseen.size)} requests that the trail does not tell of; the first is message ${first}.\n`;
}

async function checkedQuery({ nhsNumber, user, messageId, from, to }: AuditQueryOptions) {
  for (const [flag, time] of [
    ['--from', from],
    ['--to', to],
  ])
    if (time !== undefined && Number.isNaN(Date.parse(time)))
      throw new ConfigError(`${flag} is no time. Give it as 2026-11-26T19:00:00Z.`);
  return {
    ...(nhsNumber === undefined ? {} : { nhsNumber: await givenNhsNumber(nhsNumber) }),
    ...(user === undefined ? {} : { user }),
    ...(messageId === undefined ? {} : { messageId }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}
