/** What is known of a run while it goes on. */
import type { Decision } from '../domain/decision.ts';
import type { RunCounts } from '../domain/run.ts';
import type { QueueResult } from '../queue/trace-queue.ts';
import { decideSubject } from '../reconcile/decide.ts';
import type { Ledger } from '../run-store/ledger.ts';

export interface RunProgress {
  /** Duplicates are found only at the end; until then they count as matched. */
  counts(): RunCounts;
  /** Requests that this process has recorded so far. */
  requests(): number;
  /** The most subjects in a row that got no answer, after every retry. */
  mostUnansweredInARow(): number;
  add(results: readonly QueueResult[]): void;
}

/** Begins with what the ledger already has. */
export function createRunProgress(ledger: Ledger): RunProgress {
  const { rows, localRows } = ledger.counts();
  let done = localRows;
  let matched = 0;
  let requests = 0;
  let unanswered = 0;
  let mostUnanswered = 0;
  const count = (decision: Decision, sharedBy: number): void => {
    done += sharedBy;
    if (decision.kind === 'match') matched += sharedBy;
  };
  for (const { subject, result } of ledger.results()) {
    count(decideSubject(subject, result), ledger.rowCount(subject.subjectId));
  }
  return {
    counts: () => ({ rows, done, matched, exceptions: done - matched }),
    requests: () => requests,
    mostUnansweredInARow: () => mostUnanswered,
    add: (results) => {
      const subjects = new Map(
        ledger.subjectsById(results.map(({ subjectId }) => subjectId)).map((s) => [s.subjectId, s]),
      );
      for (const { subjectId, result } of results) {
        requests += result.requests.length;
        unanswered = result.kind === 'unanswered' ? unanswered + 1 : 0;
        mostUnanswered = Math.max(mostUnanswered, unanswered);
        const subject = subjects.get(subjectId);
        if (result.kind === 'refused' || subject === undefined) continue;
        count(decideSubject(subject, result), ledger.rowCount(subjectId));
      }
    },
  };
}
