/** The runs of the same job before this one, and what has changed since the last. Pure. */
import {
  EXCEPTION_CODES,
  type ExceptionCode,
  OUTCOMES,
  type Outcome,
} from '../domain/exception.ts';
import { percent, signed, whole } from '../domain/figures.ts';
import { readableTime } from './readable-time.ts';
import type { Summary } from './summary.ts';

/** What is compared of an earlier run. */
export type EarlierRun = Pick<
  Summary,
  'run_id' | 'input' | 'outcomes' | 'exceptions' | 'timing'
> & {
  readonly requests: Pick<Summary['requests'], 'sent'>;
};

/** With this one, thirty runs are shown: a month of nights. */
const MAX_EARLIER = 29;

/**
 * The latest runs of this job that began before this one did, the last of them at the end; whatever is no
 * summary is passed over.
 */
export function runsBefore(
  beside: Iterable<unknown>,
  { job, timing, run_id }: Summary,
): readonly EarlierRun[] {
  const runs: EarlierRun[] = [];
  for (const found of beside) {
    if (!isSummaryOf(job, found) || found.run_id === run_id) continue;
    if (found.timing.started_at >= timing.started_at) continue;
    runs.push(found);
    runs.sort((a, b) => (a.timing.started_at < b.timing.started_at ? -1 : 1));
    if (runs.length > MAX_EARLIER) runs.shift();
  }
  return runs;
}

export interface ComparisonView {
  readonly runId: string;
  readonly file: string;
  readonly startedAt: string;
  readonly matchRate: string;
  /** In percentage points: `+1.5`. */
  readonly change: string;
  readonly lines: readonly {
    readonly name: string;
    readonly before: string;
    readonly now: string;
    readonly change: string;
  }[];
}

export function viewComparison(earlier: EarlierRun, summary: Summary): ComparisonView {
  const line = (name: string, before: number, now: number) => ({
    name,
    before: whole(before),
    now: whole(now),
    change: signed(now - before),
  });
  return {
    runId: earlier.run_id,
    file: earlier.input.file,
    startedAt: readableTime(earlier.timing.started_at),
    matchRate: percent(matchedOf(earlier), earlier.input.rows),
    change: signed(rateOf(summary) - rateOf(earlier), 1),
    lines: [
      line('all rows of the file', earlier.input.rows, summary.input.rows),
      ...OUTCOMES.map((code) => line(code, earlier.outcomes[code], summary.outcomes[code])),
      ...EXCEPTION_CODES.map((code) =>
        line(code, earlier.exceptions[code], summary.exceptions[code]),
      ),
    ],
  };
}

/** As it is shown: the change is then the difference of the two figures on the page. */
export function rateOf(run: EarlierRun): number {
  return Number.parseFloat(percent(matchedOf(run), run.input.rows));
}

export function matchedOf({ outcomes }: Pick<EarlierRun, 'outcomes'>): number {
  return Object.values(outcomes).reduce((a, b) => a + b, 0);
}

function isSummaryOf(job: string, found: unknown): found is EarlierRun {
  if (!isRecord(found) || found['job'] !== job) return false;
  const { run_id, input, outcomes, exceptions, requests, timing } = found;
  return (
    typeof run_id === 'string' &&
    isRecord(input) &&
    typeof input['file'] === 'string' &&
    hasCounts(input, ['rows']) &&
    hasCounts(outcomes, OUTCOMES) &&
    hasCounts(exceptions, EXCEPTION_CODES) &&
    hasCounts(requests, ['sent']) &&
    isRecord(timing) &&
    typeof timing['started_at'] === 'string'
  );
}

function hasCounts(
  found: unknown,
  names: readonly (Outcome | ExceptionCode | 'rows' | 'sent')[],
): boolean {
  return isRecord(found) && names.every((name) => typeof found[name] === 'number');
}

function isRecord(found: unknown): found is Readonly<Record<string, unknown>> {
  return typeof found === 'object' && found !== null;
}
