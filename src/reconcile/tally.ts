/** Counts decisions as they pass. Pure but for its own counters. */
import {
  EXCEPTION_CODES,
  type ExceptionCode,
  OUTCOMES,
  type Outcome,
} from '../domain/exception.ts';
import type { NhsNumber } from '../domain/nhs-number.ts';
import type { DecidedRow } from './decide-rows.ts';

/** So many causes are told apart, and so many rows of each are listed; the files hold all of them. */
const MAX_CAUSES = 200;
const MAX_ROWS_LISTED = 200;

export interface Totals {
  readonly rows: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly exceptions: Readonly<Record<ExceptionCode, number>>;
  readonly causes: readonly Cause[];
  /** Numbers to use, by the step of the search that gave them. */
  readonly matchesByStep: Readonly<Record<string, number>>;
}

/** Exceptions that have their code, reason and action in common. */
export interface Cause {
  readonly code: ExceptionCode;
  readonly reason: string;
  readonly action: string;
  readonly count: number;
  /** The first of them. */
  readonly rows: readonly { readonly row: number; readonly candidate?: NhsNumber }[];
}

export interface Tally {
  /** Throws when a row is missing, comes twice or comes out of order. */
  add(decided: DecidedRow): void;
  totals(): Totals;
}

export function createTally(): Tally {
  let rows = 0;
  const outcomes = zeroes(OUTCOMES);
  const exceptions = zeroes(EXCEPTION_CODES);
  const matchesByStep: Record<string, number> = {};
  const causes = new Map<string, Cause & { count: number; rows: Cause['rows'][number][] }>();
  const addCause = ({ row, decision }: DecidedRow): void => {
    if (decision.kind !== 'exception') return;
    const { code, candidate } = decision;
    const isKnown = causes.has(key(decision)) || causes.size < MAX_CAUSES;
    const words = isKnown
      ? decision
      : { ...decision, reason: 'Other reasons: see exceptions.csv.', action: '' };
    const cause = causes.get(key(words)) ?? {
      code,
      reason: words.reason,
      action: words.action,
      count: 0,
      rows: [],
    };
    causes.set(key(words), cause);
    cause.count += 1;
    if (cause.rows.length < MAX_ROWS_LISTED) {
      cause.rows.push({ row, ...(candidate === undefined ? {} : { candidate }) });
    }
  };
  return {
    add: (decided) => {
      rows += 1;
      if (decided.row !== rows)
        throw new Error(`row ${decided.row} came where row ${rows} should be`);
      if (decided.decision.kind === 'match') {
        outcomes[decided.decision.outcome] += 1;
        matchesByStep[decided.step] = (matchesByStep[decided.step] ?? 0) + 1;
      } else exceptions[decided.decision.code] += 1;
      addCause(decided);
    },
    totals: () => ({
      rows,
      outcomes,
      exceptions,
      matchesByStep,
      causes: [...causes.values()].sort((a, b) => order(a) - order(b) || b.count - a.count),
    }),
  };
}

function key({ code, reason, action }: Pick<Cause, 'code' | 'reason' | 'action'>): string {
  return `${code}\n${reason}\n${action}`;
}

function order({ code }: Pick<Cause, 'code'>): number {
  return EXCEPTION_CODES.indexOf(code);
}

function zeroes<K extends string>(keys: readonly K[]): Record<K, number> {
  return Object.fromEntries(keys.map((name) => [name, 0])) as Record<K, number>;
}
