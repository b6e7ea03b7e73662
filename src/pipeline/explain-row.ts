/** Finds one row in a run's ledger, and tells its story. */

import type { DecisionRules } from '../reconcile/decide.ts';
import { decideRow } from '../reconcile/decide-rows.ts';
import { explainRow as storyOf } from '../reconcile/explain-row.ts';
import type { Ledger } from '../run-store/ledger.ts';
import { findCrossings } from './finish-run.ts';

/** Lines of text that hold personal data; undefined when the input has no such row. `row`: 1-based. */
export function explainRow(
  ledger: Ledger,
  row: number,
  headers: readonly string[],
  rules: DecisionRules,
): readonly string[] | undefined {
  const answered = ledger.row(row);
  if (answered === undefined) return undefined;
  const decided = decideRow(answered, rules, findCrossings(ledger, rules));
  return storyOf(answered, decided, headers, rules);
}
