/** Stages 1 and 2 without a run: what stands in a file, and what tracing it would take. */
import { createHash } from 'node:crypto';
import type { Field } from '../domain/field.ts';
import type { FindingCode } from '../domain/finding.ts';
import type { IngestedFile } from '../ingest/ingest-rows.ts';
import { decideLocal } from '../reconcile/decide-local.ts';

const ROWS_LISTED = 5;

export interface CheckedInput {
  readonly rows: number;
  /** Rows that a run would send, and the distinct people in them: one request each, at least. */
  readonly traceable: number;
  readonly people: number;
  readonly verify: number;
  readonly columns: readonly { readonly field: Field; readonly header: string }[];
  readonly findings: readonly {
    readonly field: Field;
    readonly code: FindingCode;
    readonly count: number;
    readonly firstRows: readonly number[];
  }[];
  readonly unusable: readonly {
    readonly reason: string;
    readonly count: number;
    readonly firstRows: readonly number[];
  }[];
}

/** Reads the file to its end. Throws InputError when it turns out to be unusable further down. */
export async function checkInput(file: IngestedFile): Promise<CheckedInput> {
  const people = new Set<string>();
  const findings = new Map<
    string,
    { field: Field; code: FindingCode; count: number; firstRows: number[] }
  >();
  const unusable = new Map<string, { reason: string; count: number; firstRows: number[] }>();
  let rows = 0;
  let traceable = 0;
  let verify = 0;
  for await (const { row, fate, findings: found } of file.rows) {
    rows += 1;
    for (const { field, code } of found) {
      count(findings, `${field}:${code}`, row, () => ({ field, code, count: 0, firstRows: [] }));
    }
    if (fate.kind === 'local') {
      const { reason } = decideLocal(fate.problem, found, fate.nhsNumber !== undefined);
      count(unusable, reason, row, () => ({ reason, count: 0, firstRows: [] }));
      continue;
    }
    traceable += 1;
    const known = people.size;
    people.add(createHash('sha256').update(JSON.stringify(fate.subject)).digest('base64'));
    if (people.size > known && fate.subject.route === 'verify') verify += 1;
  }
  const byCount = (a: { count: number }, b: { count: number }): number => b.count - a.count;
  return {
    rows,
    traceable,
    people: people.size,
    verify,
    columns: [...file.columns].map(([field, at]) => ({ field, header: file.headers[at] ?? '' })),
    findings: [...findings.values()].sort(byCount),
    unusable: [...unusable.values()].sort(byCount),
  };
}

function count<T extends { count: number; firstRows: number[] }>(
  groups: Map<string, T>,
  key: string,
  row: number,
  make: () => T,
): void {
  const group = groups.get(key) ?? make();
  groups.set(key, group);
  group.count += 1;
  if (group.firstRows.length < ROWS_LISTED) group.firstRows.push(row);
}
