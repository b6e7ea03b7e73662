import { isGoingOn, type RunStatus } from '../domain/run-status.ts';

/** The keys of `status --json`, which stay as they are (docs/guide.md). What is not known is null. */
export function statusJson(status: RunStatus): object {
  const { rows, requests, waiting } = status;
  return {
    run_id: status.runId,
    job: status.job,
    directory: status.directory,
    state: status.state,
    going_on: isGoingOn(status),
    reason: status.reason ?? null,
    waiting_for: waiting?.for ?? null,
    waiting_until: iso(waiting?.untilMs),
    started_at: iso(status.startedMs),
    ended_at: iso(status.endedMs),
    expected_end: iso(status.endsMs),
    rows: {
      read: rows.read,
      total: rows.total ?? null,
      done: rows.done,
      to_do: rows.total === undefined ? null : rows.total - rows.done,
      matched: rows.matched,
      exceptions: rows.exceptions,
      unanswered: rows.unanswered,
    },
    requests: {
      sent: requests.sent,
      last_at: iso(requests.lastMs),
      per_second: Math.round(requests.perSecond * 10) / 10,
      limit_per_second: requests.limitPerSecond,
    },
    workers: status.workers ?? null,
    seen_at: iso(status.seenMs),
  };
}

function iso(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}
