/** Takes one person out of a finished run: out of its ledger, and then out of everything that is written from it. */
import type { NhsNumber } from '../domain/nhs-number.ts';
import type { HeldNumbers } from '../run-store/ledger-deletions.ts';
import type { WantedPerson } from '../run-store/person-rows.ts';
import { type FinishContext, findCrossings, finishRun } from './finish-run.ts';

export interface DeletionContext extends FinishContext {
  readonly wanted: WantedPerson;
  /** For the record; names nobody. */
  readonly reason: string;
}

/**
 * Gives the rows that were emptied. Each of them is on record before that; when the process is killed, the same call
 * does what is left. Throws ConfigError when somebody else reads the ledger just now.
 */
export async function deletePerson(context: DeletionContext): Promise<readonly number[]> {
  const { ledger, folder, audit, wanted, reason } = context;
  const rows = ledger.rowsOf(wanted).map(({ row }) => row);
  if (rows.length === 0 && !ledger.isDeletionPending()) return rows;
  if (rows.length > 0) {
    await audit.addAll(rows.map((row) => ({ event: 'person.deleted', row, detail: { reason } })));
    ledger.deleteRows(rows, stillHeld(context, rows));
  }
  ledger.compact(folder.path);
  await finishRun(context);
  ledger.deletionDone();
  return rows;
}

/** Whoever shares a number with the rows that go stays held back, as if they were still there. */
function stillHeld({ ledger, job, wanted }: DeletionContext, rows: readonly number[]): HeldNumbers {
  const { conflicts, merges } = findCrossings(ledger, job);
  const shared = ledger.sharedWithOthers(rows);
  const before = ledger.heldNumbers();
  const isGone = (number: NhsNumber): boolean =>
    wanted.kind === 'number' && number === wanted.nhsNumber;
  const held = (earlier: readonly NhsNumber[], now: ReadonlySet<NhsNumber>) =>
    [...new Set([...earlier, ...shared.filter((number) => now.has(number))])].filter(
      (number) => !isGone(number),
    );
  return { conflicts: held(before.conflicts, conflicts), merges: held(before.merges, merges) };
}
