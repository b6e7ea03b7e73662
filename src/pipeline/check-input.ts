/** Stages 1 and 2 without a run: what stands in a file, and what tracing it would take. */
import { createHash } from 'node:crypto';
import type { Field } from '../domain/field.ts';
import type { FindingCode } from '../domain/finding.ts';
import type { IngestedRow, Subject } from '../domain/record.ts';
import type { IngestedFile } from '../ingest/ingest-rows.ts';
import { decideLocal } from '../reconcile/decide-local.ts';

const ROWS_LISTED = 5;

/** Rows that have something in common; the first of them by number. */
export interface Group {
  readonly count: number;
  readonly firstRows: readonly number[];
}

export interface CheckedInput {
  readonly rows: number;
  /** Rows that a run would send, and the distinct people in them: one request each, at least. */
  readonly traceable: number;
  readonly people: number;
  readonly verify: number;
  /** Of these, the rows and people that earlier runs have answers for. */
  readonly answered: { readonly rows: number; readonly people: number; readonly verify: number };
  readonly findings: readonly (Group & { readonly field: Field; readonly code: FindingCode })[];
  readonly unusable: readonly (Group & { readonly reason: string; readonly action: string })[];
  /** Rows with the same person, by the same details, as a row before them. */
  readonly samePerson: Group;
  /** Rows with the NHS number of a row before them, and other details. */
  readonly sharedNumbers: Group;
}

/**
 * Reads the file to its end. `isAnswered`: whether an earlier run's answer would do for somebody. Throws InputError
 * when the file turns out to be unusable further down.
 */
export async function checkInput(
  file: IngestedFile,
  isAnswered: (subject: Subject) => boolean = () => false,
): Promise<CheckedInput> {
  const people = createPeople(isAnswered);
  const findings = createGroups<{ field: Field; code: FindingCode }>();
  const unusable = createGroups<{ reason: string; action: string }>();
  const repeated = createGroups<{ kind: Repeat }>();
  let rows = 0;
  for await (const row of file.rows) {
    rows += 1;
    for (const { field, code } of row.findings) {
      findings.add(`${field}:${code}`, row.row, { field, code });
    }
    const words = wordsOf(row);
    if (words !== undefined) unusable.add(words.reason, row.row, words);
    const kind = row.fate.kind === 'trace' ? people.add(row.fate.subject) : undefined;
    if (kind !== undefined) repeated.add(kind, row.row, { kind });
  }
  const rowsOf = (wanted: Repeat): Group => {
    const found = repeated.all().find(({ kind }) => kind === wanted);
    return { count: found?.count ?? 0, firstRows: found?.firstRows ?? [] };
  };
  return {
    rows,
    ...people.counts(),
    findings: findings.all(),
    unusable: unusable.all(),
    samePerson: rowsOf('same-person'),
    sharedNumbers: rowsOf('shared-number'),
  };
}

function wordsOf({ fate, findings }: IngestedRow): { reason: string; action: string } | undefined {
  if (fate.kind === 'trace') return undefined;
  const { reason, action } = decideLocal(fate.problem, findings, fate.nhsNumber !== undefined);
  return { reason, action };
}

/** What a row has in common with a row before it. */
type Repeat = 'same-person' | 'shared-number';

interface People {
  /** What the row has in common with a row before it, if anything. */
  add(subject: Subject): Repeat | undefined;
  counts(): Pick<CheckedInput, 'traceable' | 'people' | 'verify' | 'answered'>;
}

function createPeople(isAnswered: (subject: Subject) => boolean): People {
  /** Everybody so far, and whether an earlier run has the answer. */
  const known = new Map<string, boolean>();
  /** NHS numbers of people before. */
  const owners = new Set<string>();
  const counts = { traceable: 0, verify: 0 };
  const answered = { rows: 0, people: 0, verify: 0 };
  const addPerson = (subject: Subject, isEarlier: boolean): void => {
    const verify = subject.route === 'verify' ? 1 : 0;
    counts.verify += verify;
    if (!isEarlier) return;
    answered.people += 1;
    answered.verify += verify;
  };
  return {
    add: (subject) => {
      counts.traceable += 1;
      const person = createHash('sha256').update(JSON.stringify(subject)).digest('base64');
      const before = known.get(person);
      const isEarlier = before ?? isAnswered(subject);
      if (isEarlier) answered.rows += 1;
      if (before !== undefined) return 'same-person';
      known.set(person, isEarlier);
      addPerson(subject, isEarlier);
      const { nhsNumber } = subject.demographics;
      if (nhsNumber === undefined) return undefined;
      const isShared = owners.has(nhsNumber);
      owners.add(nhsNumber);
      return isShared ? 'shared-number' : undefined;
    },
    counts: () => ({ ...counts, people: known.size, answered }),
  };
}

interface Groups<T> {
  add(key: string, row: number, about: T): void;
  /** The largest first. */
  all(): readonly (T & Group)[];
}

function createGroups<T>(): Groups<T> {
  const groups = new Map<string, { about: T; count: number; firstRows: number[] }>();
  return {
    add: (key, row, about) => {
      const group = groups.get(key) ?? { about, count: 0, firstRows: [] };
      groups.set(key, group);
      group.count += 1;
      if (group.firstRows.length < ROWS_LISTED) group.firstRows.push(row);
    },
    all: () =>
      [...groups.values()]
        .sort((a, b) => b.count - a.count)
        .map(({ about, count, firstRows }) => ({ ...about, count, firstRows })),
  };
}
