/** What became of the rows that people have mended. */
import type { Decision } from '../domain/decision.ts';
import type { Crossings } from '../reconcile/compare-rows.ts';
import type { DecisionRules } from '../reconcile/decide.ts';
import { decideRow } from '../reconcile/decide-rows.ts';
import { type CorrectedRow, codeOf } from '../reconcile/write-corrections.ts';
import type { Ledger } from '../run-store/ledger.ts';
import type { EarlierRow } from '../run-store/ledger-corrections.ts';

export type CorrectedRows = readonly (CorrectedRow & { readonly correctionId: number })[];

/** Every correction of every row, by row, oldest first. */
export function correctedRows(
  ledger: Ledger,
  headers: readonly string[],
  rules: DecisionRules,
  crossings: Crossings,
): CorrectedRows {
  const byRow = Map.groupBy(ledger.earlierRows(), ({ row }) => row);
  return [...byRow].flatMap(([row, versions]) => {
    const answered = ledger.row(row);
    if (answered === undefined) throw new Error(`row ${row} is not in the ledger`);
    const { cells, decision } = decideRow(answered, rules, crossings);
    return versions.map((version, at) => {
      const next = versions[at + 1];
      return {
        ...{ row, at: version.at, user: version.user, correctionId: version.correctionId },
        changed: changedCells(headers, version.cells, next?.cells ?? cells),
        was: decisionOf(version),
        now: next === undefined ? decision : decisionOf(next),
      };
    });
  });
}

/** Of the latest correction: how many rows became what, the most frequent first. */
export function countLatest(
  corrected: CorrectedRows,
): readonly { readonly was: string; readonly now: string; readonly count: number }[] {
  const latest = corrected.reduce((id, { correctionId }) => Math.max(id, correctionId), 0);
  const groups = Map.groupBy(
    corrected.filter(({ correctionId }) => correctionId === latest),
    ({ was, now }) => `${codeOf(was)} ${codeOf(now)}`,
  );
  return [...groups]
    .map(([pair, rows]) => {
      const [was = '', now = ''] = pair.split(' ');
      return { was, now, count: rows.length };
    })
    .sort((a, b) => b.count - a.count);
}

function changedCells(
  headers: readonly string[],
  before: readonly string[],
  after: readonly string[],
): CorrectedRow['changed'] {
  return headers.flatMap((header, at) =>
    before[at] === after[at] ? [] : [{ header, before: before[at] ?? '' }],
  );
}

function decisionOf({ decided }: EarlierRow): Decision {
  return (decided as { readonly decision: Decision }).decision;
}
