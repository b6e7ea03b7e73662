/** What earlier runs were answered, for people whose details are unchanged. */
import type { PendingSubject, Subject } from '../domain/record.ts';
import type { SearchPolicy } from '../domain/search-policy.ts';
import { nextQuestion } from '../match/next-question.ts';
import type { AnswerStore, StoredAnswer } from '../run-store/answer-store.ts';
import type { Ledger, RecordedResult } from '../run-store/ledger.ts';

const AT_ONCE = 1000;

/**
 * Answers from the store whom it knows, and gives how many those were. Whom this run has begun to ask about is
 * asked on; so is everybody about whom the search would ask more by now than the earlier run did.
 */
export function reuseAnswers(
  ledger: Ledger,
  store: AnswerStore,
  policy: SearchPolicy,
  signal: AbortSignal,
): number {
  let reused = 0;
  let last = 0;
  while (!signal.aborted) {
    const subjects = ledger.subjectsToTrace(last, AT_ONCE);
    const known = subjects.flatMap((subject) => earlierResult(subject, store, policy));
    ledger.record(known);
    reused += known.length;
    last = subjects.at(-1)?.subjectId ?? last;
    if (subjects.length < AT_ONCE) break;
  }
  return reused;
}

function earlierResult(
  subject: PendingSubject,
  store: AnswerStore,
  policy: SearchPolicy,
): readonly RecordedResult[] {
  if (subject.progress !== undefined) return [];
  const found = earlierAnswer(subject, store, policy);
  if (found === undefined) return [];
  const { asked, answeredAtMs } = found;
  return [
    {
      subjectId: subject.subjectId,
      result: { kind: 'answered', isEarlier: true, asked, requests: [] },
      at: new Date(answeredAtMs).toISOString(),
    },
  ];
}

/** Undefined when the store does not know the person, or the search would ask more by now than the earlier run did. */
export function earlierAnswer(
  subject: Subject,
  store: AnswerStore,
  policy: SearchPolicy,
): StoredAnswer | undefined {
  const found = store.find(subject);
  if (found === undefined || nextQuestion(subject, found.asked, policy) !== undefined) return;
  return found;
}

/**
 * Keeps what this run was answered for later ones. Nothing of a run that a person had to look at because its
 * answers seemed wrong: what a broken provider said must not live on.
 */
export function keepAnswers(ledger: Ledger, store: AnswerStore): void {
  if (ledger.about('doubted') !== undefined) return;
  let batch: Parameters<AnswerStore['keep']>[0][number][] = [];
  for (const { subject, result, at } of ledger.results()) {
    if (result.kind !== 'answered' || result.isEarlier || result.asked.length === 0) continue;
    batch.push({ subject, asked: result.asked, answeredAtMs: Date.parse(at) });
    if (batch.length < AT_ONCE) continue;
    store.keep(batch);
    batch = [];
  }
  store.keep(batch);
}
