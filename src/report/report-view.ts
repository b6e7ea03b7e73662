/** What the page shows, ready to be put into the template. Pure. */
import {
  EXCEPTION_CODES,
  type ExceptionCode,
  OUTCOMES,
  type Outcome,
} from '../domain/exception.ts';
import { duration, percent, perRow, whole } from '../domain/figures.ts';
import { formatNhsNumber, type NhsNumber } from '../domain/nhs-number.ts';
import { EXCEPTION_TITLES, OUTCOME_TITLES } from './exception-words.ts';
import type { Summary } from './summary.ts';

/** A reason that exceptions have in common, and the first rows of it. */
export interface ReportCause {
  readonly code: ExceptionCode;
  readonly reason: string;
  readonly action: string;
  readonly count: number;
  readonly rows: readonly { readonly row: number; readonly candidate?: NhsNumber }[];
}

/** What was counted, as far as the page lists it. */
export interface ReportLists {
  readonly causes: readonly ReportCause[];
  /** People who stand on several rows. */
  readonly repeated: readonly {
    readonly nhsNumber: NhsNumber;
    readonly count: number;
    /** The first of them. */
    readonly rows: readonly number[];
  }[];
}

export interface ReportView {
  readonly runId: string;
  readonly job: string;
  readonly purpose: string;
  readonly file: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly rows: string;
  readonly matched: string;
  readonly exceptions: string;
  readonly matchRate: string;
  readonly outcomes: readonly Line<Outcome>[];
  readonly exceptionTotals: readonly Line<ExceptionCode>[];
  readonly groups: readonly Group[];
  readonly repeated: readonly { readonly number: string; readonly rows: string }[];
  readonly figures: readonly { readonly name: string; readonly value: string }[];
}

interface Line<Code> {
  readonly code: Code;
  readonly title: string;
  readonly count: string;
  readonly share: string;
}

interface Group {
  readonly code: ExceptionCode;
  readonly title: string;
  readonly count: string;
  readonly causes: readonly {
    readonly reason: string;
    readonly action: string;
    readonly count: string;
    readonly rows: readonly { readonly row: string; readonly candidate: string }[];
    readonly hasCandidates: boolean;
    /** How many more rows of it stand in exceptions.csv; empty when all are shown. */
    readonly more: string;
  }[];
}

export function viewReport(
  summary: Summary,
  purpose: string,
  { causes, repeated }: ReportLists,
): ReportView {
  const { rows } = summary.input;
  const matched = sum(Object.values(summary.outcomes));
  return {
    runId: summary.run_id,
    job: summary.job,
    purpose,
    file: summary.input.file,
    startedAt: readableTime(summary.timing.started_at),
    finishedAt: readableTime(summary.timing.finished_at),
    rows: whole(rows),
    matched: whole(matched),
    exceptions: whole(rows - matched),
    matchRate: percent(matched, rows),
    outcomes: OUTCOMES.map((code) =>
      line(code, OUTCOME_TITLES[code], summary.outcomes[code], rows),
    ),
    exceptionTotals: EXCEPTION_CODES.map((code) =>
      line(code, EXCEPTION_TITLES[code], summary.exceptions[code], rows),
    ),
    groups: EXCEPTION_CODES.filter((code) => summary.exceptions[code] > 0).map((code) =>
      group(code, summary.exceptions[code], causes),
    ),
    repeated: repeated.map(({ nhsNumber, count, rows: listed }) => ({
      number: formatNhsNumber(nhsNumber),
      rows: `${listed.join(', ')}${count > listed.length ? ` and ${whole(count - listed.length)} more` : ''}`,
    })),
    figures: figures(summary),
  };
}

function group(code: ExceptionCode, count: number, causes: readonly ReportCause[]): Group {
  return {
    code,
    title: EXCEPTION_TITLES[code],
    count: whole(count),
    causes: causes
      .filter((cause) => cause.code === code)
      .map((cause) => ({
        reason: cause.reason,
        action: cause.action,
        count: whole(cause.count),
        hasCandidates: cause.rows.some(({ candidate }) => candidate !== undefined),
        rows: cause.rows.map(({ row, candidate }) => ({
          row: String(row),
          candidate: candidate === undefined ? '' : formatNhsNumber(candidate),
        })),
        more: cause.count > cause.rows.length ? whole(cause.count - cause.rows.length) : '',
      })),
  };
}

function figures({ requests, throttle, timing, input }: Summary): ReportView['figures'] {
  return [
    { name: 'Requests sent', value: whole(requests.sent) },
    { name: 'Requests for each row', value: perRow(requests.sent, input.rows) },
    { name: 'Of these, sent again because no answer came', value: whole(requests.retried) },
    {
      name: 'Requests saved because rows were the same person',
      value: whole(requests.saved_by_dedupe),
    },
    { name: 'Requests a second, as agreed', value: String(throttle.limit_per_second) },
    { name: 'Requests a second, on average', value: String(throttle.achieved_per_second) },
    { name: 'Most requests in any one second', value: whole(throttle.max_in_any_second) },
    { name: 'Time at work', value: duration(timing.seconds) },
  ];
}

function line<Code>(code: Code, title: string, count: number, rows: number): Line<Code> {
  return { code, title, count: whole(count), share: percent(count, rows) };
}

/** `2026-11-22 16:45:00 UTC`. */
function readableTime(iso: string): string {
  return `${iso.slice(0, 19).replace('T', ' ')} UTC`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
