/** corrections.csv: every row that people have mended, what it was, and what it is now. */
import type { Decision } from '../domain/decision.ts';
import { openCsvOutput } from './write-csv.ts';

/** One correction of one row. */
export interface CorrectedRow {
  readonly row: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly user: string;
  /** The columns whose cells were changed, with the cells that they held. */
  readonly changed: readonly { readonly header: string; readonly before: string }[];
  readonly was: Decision;
  /** After this correction: until the next one of the row, or at present. */
  readonly now: Decision;
}

const COLUMNS = [
  'trace_row',
  'corrected_at',
  'corrected_by',
  'corrected_columns',
  'earlier_cells',
  'was',
  'was_candidate',
  'now',
  'now_nhs_number',
  'now_candidate',
  'now_reason',
] as const;

/** By row, oldest first. `was` and `now` are a `trace_outcome` or an `exception_code`. */
export async function writeCorrections(
  path: string,
  corrected: readonly CorrectedRow[],
): Promise<void> {
  const file = await openCsvOutput(path, COLUMNS, true);
  try {
    for (const row of corrected) await file.add(cellsOf(row));
    await file.finish();
    await file.commit();
  } finally {
    await file.discard();
  }
}

function cellsOf({ row, at, user, changed, was, now }: CorrectedRow): string[] {
  return [
    String(row),
    at,
    user,
    changed.map(({ header }) => header).join('; '),
    changed.map(({ header, before }) => `${header}: ${before}`).join('; '),
    codeOf(was),
    candidateOf(was),
    codeOf(now),
    now.kind === 'match' ? now.nhsNumber : '',
    candidateOf(now),
    now.kind === 'exception' ? now.reason : '',
  ];
}

/** What a decision is counted as. */
export function codeOf(decision: Decision): string {
  return decision.kind === 'match' ? decision.outcome : decision.code;
}

function candidateOf(decision: Decision): string {
  return decision.kind === 'exception' ? (decision.candidate ?? '') : '';
}
