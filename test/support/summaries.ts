import { EXCEPTION_CODES, OUTCOMES } from '../../src/domain/exception.ts';
import type { Summary } from '../../src/report/summary.ts';

/** The figures of an invented run; kinds that are not given did not occur. */
export function aSummary(
  changes: {
    readonly rows?: number;
    readonly file?: string;
    readonly outcomes?: Partial<Summary['outcomes']>;
    readonly exceptions?: Partial<Summary['exceptions']>;
  } = {},
): Summary {
  return {
    run_id: 'run-1',
    protective_label: 'NHS Confidential: Personal Data about a patient',
    job: 'cohort-backfill',
    input: { file: changes.file ?? 'people.csv', sha256: 'ab12', rows: changes.rows ?? 1 },
    outcomes: { ...zeroes(OUTCOMES), ...changes.outcomes },
    exceptions: { ...zeroes(EXCEPTION_CODES), ...changes.exceptions },
    requests: {
      sent: 1005,
      retried: 5,
      saved_by_dedupe: 3,
      saved_by_store: 0,
      by_operation: { getPatientDetailsBySearch: 1005 },
      by_response_code: { 'SMSP-0000': 1000, timeout: 5 },
    },
    throttle: { limit_per_second: 5, achieved_per_second: 4.87, max_in_any_second: 5 },
    timing: {
      started_at: '2026-11-22T16:45:00.123Z',
      finished_at: '2026-11-22T18:50:05.456Z',
      seconds: 7505.3,
    },
    resources: { peak_rss_bytes: 1, peak_queue_bytes: 2 },
  };
}

function zeroes<K extends string>(keys: readonly K[]): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
}
