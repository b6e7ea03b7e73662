/** The run of the same job before this one, and what has changed since. Pure. */
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
export type EarlierRun = Pick<Summary, 'run_id' | 'input' | 'outcomes' | 'exceptions' | 'timing'>;

/** The latest run of this job that began before this one did; whatever is no summary is passed over. */
export function latestBefore(
  beside: Iterable<unknown>,
  { job, timing, run_id }: Summary,
): EarlierRun | undefined {
  let latest: EarlierRun | undefined;
  for (const found of beside) {
    if (!isSummaryOf(job, found) || found.run_id === run_id) continue;
    const { started_at } = found.timing;
    const isEarlier = started_at < timing.started_at;
    if (isEarlier && started_at > (latest?.timing.started_at ?? '')) latest = found;
  }
  return latest;
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
      line('rows', earlier.input.rows, summary.input.rows),
      ...OUTCOMES.map((code) => line(code, earlier.outcomes[code], summary.outcomes[code])),
      ...EXCEPTION_CODES.map((code) =>
        line(code, earlier.exceptions[code], summary.exceptions[code]),
      ),
    ],
  };
}

/** As it is shown: the change is then the difference of the two figures on the page. */
function rateOf(run: EarlierRun): number {
  return Number.parseFloat(percent(matchedOf(run), run.input.rows));
}

export function matchedOf({ outcomes }: Pick<EarlierRun, 'outcomes'>): number {
  return Object.values(outcomes).reduce((a, b) => a + b, 0);
}

function isSummaryOf(job: string, found: unknown): found is EarlierRun {
  if (!isRecord(found) || found['job'] !== job) return false;
  const { run_id, input, outcomes, exceptions, timing } = found;
  return (
    typeof run_id === 'string' &&
    isRecord(input) &&
    typeof input['file'] === 'string' &&
    hasCounts(input, ['rows']) &&
    hasCounts(outcomes, OUTCOMES) &&
    hasCounts(exceptions, EXCEPTION_CODES) &&
    isRecord(timing) &&
    typeof timing['started_at'] === 'string'
  );
}

function hasCounts(found: unknown, names: readonly (Outcome | ExceptionCode | 'rows')[]): boolean {
  return isRecord(found) && names.every((name) => typeof found[name] === 'number');
}

function isRecord(found: unknown): found is Readonly<Record<string, unknown>> {
  return typeof found === 'object' && found !== null;
}
