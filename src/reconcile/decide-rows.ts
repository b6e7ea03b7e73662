/** Rows and what became of them, in; one decision for each row, out. Pure. */
import type { Decision } from '../domain/decision.ts';
import type { AnsweredRow } from '../domain/record.ts';
import type { Crossings } from './compare-rows.ts';
import {
  claimedNumber,
  type DecisionRules,
  decideDuplicate,
  decideMerge,
  decideSubject,
} from './decide.ts';
import { decideLocal } from './decide-local.ts';

/** A row with everything that stands in the outputs about it. */
export interface DecidedRow {
  readonly row: number;
  readonly cells: readonly string[];
  readonly decision: Decision;
  /** The provider's last code; empty when nothing was sent. */
  readonly responseCode: string;
  readonly step: string;
  readonly source: 'provider' | 'store' | 'local';
  readonly messageId: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

export function decideRow(
  answered: AnsweredRow,
  rules: DecisionRules,
  crossings: Crossings,
): DecidedRow {
  const { row, cells, fate, findings, result, at } = answered;
  if (fate.kind === 'local') {
    const decision = decideLocal(fate.problem, findings, fate.nhsNumber !== undefined);
    return { row, cells, decision, responseCode: '', step: '', source: 'local', messageId: '', at };
  }
  const { decision: own, step } = decideSubject(fate.subject, result, rules);
  const decision = beside(own, crossings);
  const isEarlier = result?.kind === 'answered' && result.isEarlier === true;
  return {
    row,
    cells,
    decision,
    responseCode: lastCode(answered),
    step,
    source: isEarlier ? 'store' : 'provider',
    messageId: lastMessageId(answered),
    at,
  };
}

/** The decision in the light of the other rows. */
function beside(decision: Decision, { conflicts, merges }: Crossings): Decision {
  const claimed = claimedNumber(decision);
  if (claimed === undefined || decision.kind !== 'match') return decision;
  if (conflicts.has(claimed)) return decideDuplicate(claimed);
  const isReplacement = decision.outcome === 'superseded' || decision.outcome === 'corrected';
  return isReplacement && merges.has(claimed) ? decideMerge(claimed) : decision;
}

/** Of an earlier run, when that one asked: the provider knows the message by it. */
function lastMessageId({ result }: AnsweredRow): string {
  return result?.requests.at(-1)?.messageId ?? result?.asked.at(-1)?.messageId ?? '';
}

function lastCode({ result }: AnsweredRow): string {
  if (result === undefined) return '';
  return result.kind === 'answered' ? (result.asked.at(-1)?.code ?? '') : result.code;
}
