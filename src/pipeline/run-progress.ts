/** What is known of a run while it goes on. */
import type { StoredSubject, TraceResult } from '../domain/record.ts';
import type { RunCounts } from '../domain/run.ts';
import type { Pause } from '../domain/sending-hours.ts';
import { looksSwapped } from '../match/swapped-names.ts';
import type { QueueResult } from '../queue/trace-queue.ts';
import { type DecisionRules, decideSubject } from '../reconcile/decide.ts';
import type { Ledger } from '../run-store/ledger.ts';
import { createAlikeGuard } from './alike-guard.ts';
import type { SeenSoFar } from './match-guard.ts';

export interface RunProgress {
  /** Duplicates are found only at the end; until then they count as matched. */
  counts(): RunCounts;
  /** What tells whether the file is what it is taken for. */
  seen(): SeenSoFar;
  /** Why the provider's answers mean nothing, or undefined. */
  answersAlike(): string | undefined;
  /** Requests that this process has recorded so far. */
  requests(): number;
  /** The most subjects in a row that got no answer, after every retry. */
  mostUnansweredInARow(): number;
  /** Why the last of them got none; empty when all had an answer. */
  lastFailure(): string;
  /** Why nobody may send at the moment, as far as was last heard. */
  pause(): Pause | undefined;
  hearOf(pause: Pause | undefined): void;
  /** `sent`: how many of their requests were not recorded before. */
  add(results: readonly QueueResult[], sent: number): void;
}

/** Begins with what the ledger already has. */
export function createRunProgress(ledger: Ledger, rules: DecisionRules): RunProgress {
  const { rows, localRows } = ledger.counts();
  let done = localRows;
  let answered = 0;
  let matched = 0;
  let swapped = 0;
  let requests = 0;
  let unanswered = 0;
  let mostUnanswered = 0;
  let failure = '';
  let heard: Pause | undefined;
  const byStep: Record<string, number> = {};
  const alike = createAlikeGuard();
  const count = (subject: StoredSubject, result: TraceResult): void => {
    const sharedBy = ledger.rowCount(subject.subjectId);
    const { decision, step } = decideSubject(subject, result, rules);
    done += sharedBy;
    if (result.kind !== 'answered') return;
    answered += sharedBy;
    if (!result.isEarlier) alike.add(result.asked);
    if (looksSwapped(subject.demographics)) swapped += sharedBy;
    if (decision.kind !== 'match') return;
    matched += sharedBy;
    byStep[step] = (byStep[step] ?? 0) + sharedBy;
  };
  const hearAnswer = (result: TraceResult): void => {
    unanswered = result.kind === 'unanswered' ? unanswered + 1 : 0;
    mostUnanswered = Math.max(mostUnanswered, unanswered);
    if (result.kind === 'unanswered') failure = result.code;
  };
  for (const { subject, result } of ledger.results()) count(subject, result);
  const counts = (): RunCounts => ({ rows, done, matched, exceptions: done - matched });
  return {
    counts,
    seen: () => ({
      rows,
      done: localRows + answered,
      matched,
      exceptions: localRows + answered - matched,
      answered,
      answeredMatched: matched,
      looksSwapped: swapped,
      byStep,
    }),
    answersAlike: alike.reason,
    requests: () => requests,
    mostUnansweredInARow: () => mostUnanswered,
    lastFailure: () => failure,
    pause: () => heard,
    hearOf: (pause) => {
      heard = pause;
    },
    add: (results, sent) => {
      requests += sent;
      const subjects = new Map(
        ledger.subjectsById(results.map(({ subjectId }) => subjectId)).map((s) => [s.subjectId, s]),
      );
      for (const { subjectId, result } of results) {
        if (result.kind === 'refused' || result.kind === 'unfinished') continue;
        hearAnswer(result);
        const subject = subjects.get(subjectId);
        if (subject === undefined) continue;
        count(subject, result);
      }
    },
  };
}
