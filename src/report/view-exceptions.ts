/** The exceptions by who must act, then by cause. Pure. */
import type { ListCut, RowBeside } from '../domain/beside.ts';
import { EXCEPTION_CODES, type ExceptionCode } from '../domain/exception.ts';
import { whole } from '../domain/figures.ts';
import { FIELD_LABELS } from '../domain/finding.ts';
import {
  ACTOR_OF,
  ACTOR_WORDS,
  ACTORS,
  type Actor,
  EXCEPTION_TITLES,
  LOOK_AT,
} from './exception-words.ts';
import type { Summary } from './summary.ts';
import { cameTo, type RowView, viewRow } from './view-row.ts';

/** A reason that exceptions have in common, and the first rows of it. */
export interface ReportCause extends ListCut<RowBeside> {
  readonly code: ExceptionCode;
  readonly reason: string;
  readonly action: string;
}

export interface ActorView {
  readonly actor: Actor;
  readonly title: string;
  readonly task: string;
  readonly count: string;
  readonly codes: readonly CodeView[];
}

interface CodeView {
  readonly code: ExceptionCode;
  readonly title: string;
  readonly count: string;
  readonly causes: readonly CauseView[];
}

interface CauseView {
  /** Names it among all causes of the page: 1, 2, 3 … */
  readonly id: string;
  readonly reason: string;
  readonly action: string;
  readonly lookAt: string;
  readonly count: string;
  readonly rows: readonly RowView[];
  /** Whether there is a person to show, or only that the row exists. */
  readonly hasPeople: boolean;
  /** How many more rows of it stand in the files; empty when all are shown. */
  readonly more: string;
}

export function viewExceptions(
  { exceptions }: Summary,
  causes: readonly ReportCause[],
): readonly ActorView[] {
  const inOrder = causes.toSorted((a, b) => orderOf(a) - orderOf(b));
  return ACTORS.flatMap((actor) => {
    const codes = EXCEPTION_CODES.filter(
      (code) => ACTOR_OF[code] === actor && exceptions[code] > 0,
    );
    if (codes.length === 0) return [];
    const count = codes.reduce((sum, code) => sum + exceptions[code], 0);
    return {
      actor,
      ...ACTOR_WORDS[actor],
      count: whole(count),
      codes: codes.map((code) => viewCode(code, exceptions[code], inOrder)),
    };
  });
}

/** Causes are numbered as they stand on the page. */
function orderOf({ code }: ReportCause): number {
  return ACTORS.indexOf(ACTOR_OF[code]);
}

function viewCode(code: ExceptionCode, count: number, causes: readonly ReportCause[]): CodeView {
  return {
    code,
    title: EXCEPTION_TITLES[code],
    count: whole(count),
    causes: causes.flatMap((cause, at) => (cause.code === code ? viewCause(cause, at) : [])),
  };
}

function viewCause(cause: ReportCause, at: number): CauseView {
  const named = fieldsNamed(cause.reason);
  const otherwise = LOOK_AT[cause.code];
  return {
    id: String(at + 1),
    reason: cause.reason,
    action: cause.action,
    lookAt: named.join(', ') || otherwise,
    count: whole(cause.count),
    rows: rowsInOrder(cause).map((row) => viewRow(row, named, otherwise)),
    hasPeople: cause.rows.some(({ fields }) => fields.length > 0),
    more: moreThan(cause),
  };
}

/** Those of one number stand together where rows are told from each other; otherwise as in the file. */
function rowsInOrder({ code, rows }: ReportCause): readonly RowBeside[] {
  if (code !== 'duplicate') return rows;
  return rows.toSorted((a, b) => Number(cameTo(a) ?? 0) - Number(cameTo(b) ?? 0));
}

/** The fields that a sentence begins with: `Postcode: PDS holds another one.` */
function fieldsNamed(reason: string): readonly string[] {
  return LABELS.filter((label) => new RegExp(`(?:^|[.!] )${label}:`).test(reason));
}

const LABELS = Object.values(FIELD_LABELS);

/** How many of a list are not shown; empty for none. */
export function moreThan({ count, rows }: ListCut<unknown>): string {
  return count > rows.length ? whole(count - rows.length) : '';
}
