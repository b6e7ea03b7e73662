/** Rows and what became of them, in; one decision for each row, out. Pure. */
import type { Decision } from '../domain/decision.ts';
import type { NhsNumber } from '../domain/nhs-number.ts';
import type { AnsweredRow, StoredSubject } from '../domain/record.ts';
import { claimedNumber, decideDuplicate, decideSubject } from './decide.ts';
import { decideLocal } from './decide-local.ts';
import { looksLikeOnePerson } from './looks-like-one-person.ts';

/** A row with everything that stands in the outputs about it. */
export interface DecidedRow {
  readonly row: number;
  readonly cells: readonly string[];
  readonly decision: Decision;
  /** The provider's last code; empty when nothing was sent. */
  readonly responseCode: string;
  readonly step: string;
  readonly source: 'provider' | 'local';
  readonly messageId: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** `conflicts`: the numbers that rows of different people came to. */
export function decideRow(answered: AnsweredRow, conflicts: ReadonlySet<NhsNumber>): DecidedRow {
  const { row, cells, fate, findings, result, at } = answered;
  if (fate.kind === 'local') {
    const decision = decideLocal(fate.problem, findings, fate.hasNhsNumber);
    return { row, cells, decision, responseCode: '', step: '', source: 'local', messageId: '', at };
  }
  const own = decideSubject(fate.subject, result);
  const claimed = claimedNumber(own);
  const last = result?.requests.at(-1);
  return {
    row,
    cells,
    decision: claimed !== undefined && conflicts.has(claimed) ? decideDuplicate(claimed) : own,
    responseCode: result?.code ?? '',
    step: result?.kind === 'answered' ? result.step : '',
    source: 'provider',
    messageId: last?.messageId ?? '',
    at,
  };
}

/** The numbers that were reached by subjects of which two do not look like one person. */
export function findConflicts(
  shared: Iterable<{ readonly nhsNumber: NhsNumber; readonly subjects: readonly StoredSubject[] }>,
): ReadonlySet<NhsNumber> {
  const conflicts = new Set<NhsNumber>();
  for (const { nhsNumber, subjects } of shared) {
    const isOnePerson = subjects.every((a) =>
      subjects.every((b) => looksLikeOnePerson(a.demographics, b.demographics)),
    );
    if (!isOnePerson) conflicts.add(nhsNumber);
  }
  return conflicts;
}
