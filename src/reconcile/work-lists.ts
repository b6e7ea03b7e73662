/** Gathers what people must do, row by row as the decisions pass. Pure but for its own lists. */
import {
  COMPARED_FIELDS,
  type ComparedField,
  isDifferent,
  type RowBeside,
} from '../domain/beside.ts';
import type { Decision } from '../domain/decision.ts';
import type { NhsNumber } from '../domain/nhs-number.ts';
import type { AnsweredRow } from '../domain/record.ts';
import type { SharedByRows, SupersededRow, WorkLists } from '../domain/work-list.ts';
import { personNamed } from '../match/people-found.ts';
import type { Crossings } from './compare-rows.ts';
import type { DecidedRow } from './decide-rows.ts';
import { rowBeside } from './row-beside.ts';

/** So many rows of each list are kept; all are counted. */
const MAX_LISTED = 500;
const MAX_ROWS_OF_NUMBER = 20;

export interface WorkListsInMaking {
  add(answered: AnsweredRow, decided: DecidedRow): void;
  lists(): WorkLists;
}

/**
 * `onSeveralRows`: numbers that more than one row brought with it. `localIdColumn`: which cell names the
 * record, counted from 0.
 */
export function createWorkLists(
  crossings: Crossings,
  onSeveralRows: Iterable<NhsNumber>,
  localIdColumn: number | undefined,
): WorkListsInMaking {
  const superseded = createCut<SupersededRow>();
  const invalidated = createCut<RowBeside>();
  const discrepancies = createCut<RowBeside>();
  const shared = createShared(crossings, onSeveralRows);
  const byField = { ...zeroes(COMPARED_FIELDS), deceased: 0 };
  let compared = 0;

  const addDiscrepancies = (beside: RowBeside): void => {
    if (beside.pdsNumber === undefined) return;
    compared += 1;
    const differing = beside.fields.filter(isDifferent);
    for (const { field } of differing) byField[field] += 1;
    if (beside.isDeceased) byField.deceased += 1;
    if (differing.length > 0 || beside.isDeceased) discrepancies.add(() => beside);
  };
  return {
    add: (answered, { decision }) => {
      const number = numberOf(decision);
      const beside = once(() => rowBeside(answered, number, localIdColumn));
      const said = aboutSupplied(answered);
      if (said?.kind === 'superseded') superseded.add(() => toReplace(beside(), said, decision));
      if (said?.kind === 'invalidated') invalidated.add(beside);
      if (decision.kind === 'match') addDiscrepancies(beside());
      shared.add(heldBy(answered), number, answered.row, () => beside().localId);
    },
    lists: () => ({
      superseded: superseded.cut(),
      invalidated: invalidated.cut(),
      shared: shared.cut(),
      discrepancies: { ...discrepancies.cut(), compared, byField },
    }),
  };
}

/** What the provider said of the number that the row holds. */
function aboutSupplied({ fate, result }: AnsweredRow) {
  const supplied = fate.kind === 'trace' ? fate.subject.demographics.nhsNumber : undefined;
  if (supplied === undefined) return undefined;
  return result?.asked.find(({ question }) => question.nhsNumber === supplied)?.answer;
}

function toReplace(
  beside: RowBeside,
  said: NonNullable<ReturnType<typeof aboutSupplied>>,
  decision: Decision,
): SupersededRow {
  const replacement = personNamed(said)?.nhsNumber;
  return {
    beside,
    ...(replacement === undefined ? {} : { replacement }),
    task: taskFor(decision),
  };
}

function taskFor(decision: Decision): SupersededRow['task'] {
  if (decision.kind === 'match') return 'replace';
  return decision.code === 'duplicate' ? 'merge' : 'check';
}

function numberOf(decision: Decision): NhsNumber | undefined {
  return decision.kind === 'match' ? decision.nhsNumber : decision.candidate;
}

function heldBy({ fate }: AnsweredRow): NhsNumber | undefined {
  return fate.kind === 'trace' ? fate.subject.demographics.nhsNumber : fate.nhsNumber;
}

/** The rows behind each number that several of them hold or came to. */
function createShared(
  { conflicts, merges, repeated }: Crossings,
  onSeveralRows: Iterable<NhsNumber>,
) {
  const kinds = new Map<NhsNumber, SharedByRows['kind']>();
  for (const number of onSeveralRows) kinds.set(number, 'as-supplied');
  for (const number of repeated) kinds.set(number, 'one-person');
  for (const number of [...conflicts, ...merges]) kinds.set(number, 'held-back');
  const listed = new Map<NhsNumber, Listed>();
  const addTo = (nhsNumber: NhsNumber, row: number, localId: () => string): void => {
    const kind = kinds.get(nhsNumber);
    if (kind === undefined) return;
    const known = listed.get(nhsNumber) ?? { nhsNumber, kind, count: 0, rows: [] };
    known.count += 1;
    if (known.rows.length < MAX_ROWS_OF_NUMBER) known.rows.push({ row, localId: localId() });
    if (listed.size < MAX_LISTED) listed.set(nhsNumber, known);
  };
  return {
    add: (
      held: NhsNumber | undefined,
      cameTo: NhsNumber | undefined,
      row: number,
      localId: () => string,
    ): void => {
      for (const number of new Set([held, cameTo]))
        if (number !== undefined) addTo(number, row, localId);
    },
    cut: () => ({
      count: kinds.size,
      rows: [...listed.values()].sort((a, b) => ORDER[a.kind] - ORDER[b.kind]),
    }),
  };
}

type Listed = SharedByRows & { count: number; rows: SharedByRows['rows'][number][] };

const ORDER = { 'held-back': 0, 'as-supplied': 1, 'one-person': 2 };

function createCut<T>() {
  const rows: T[] = [];
  let count = 0;
  return {
    add: (make: () => T): void => {
      count += 1;
      if (rows.length < MAX_LISTED) rows.push(make());
    },
    cut: () => ({ count, rows }),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function zeroes(fields: readonly ComparedField[]): Record<ComparedField, number> {
  return Object.fromEntries(fields.map((field) => [field, 0])) as Record<ComparedField, number>;
}
