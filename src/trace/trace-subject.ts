/** Asks about one subject, question by question, until no further one is worth asking. */

import type { AuditLog } from '../domain/audit.ts';
import type {
  Asked,
  Hand,
  PendingSubject,
  SentRequest,
  StoredSubject,
  Traced,
} from '../domain/record.ts';
import type { Question, TraceReply } from '../domain/trace.ts';
import {
  BusyError,
  FatalError,
  RetryableError,
  TooLateError,
  UnansweredError,
  UnsendableError,
} from '../errors.ts';
import type { Clock } from '../lib/clock.ts';
import type { NextQuestion } from '../match/next-question.ts';
import type { Tracer } from './tracer.ts';

export interface TraceDependencies {
  readonly tracer: Tracer;
  /** The next question about a subject, from what was answered so far; undefined when that is enough. */
  readonly next: (subject: StoredSubject, asked: readonly Asked[]) => NextQuestion | undefined;
  /** Names the run to the provider, beside the subject. */
  readonly queueId: string;
  /** How often one request is sent when no answer comes, 1 or more. */
  readonly attempts: number;
  /** Waits for the next place under the rate; `hold` keeps everybody back. */
  readonly pace: {
    turn(signal: AbortSignal): Promise<{ leave(): void }>;
    hold(ms: number): Promise<void>;
  };
  /** What leaves, before it does; durable when it resolves (MSCA-AUD-02). */
  readonly audit: Pick<AuditLog, 'add'>;
  readonly clock: Clock;
  /** An upper-case UUID, new at every call. */
  readonly newId: () => string;
  /** From 0 up to, not including, 1: for the jitter of back-off. */
  readonly random: () => number;
}

/** Back-off between attempts, and while the provider is busy: doubled each time up to the limit. */
const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 30_000;

/** Refused once, all would be: everybody waits for so long, until the run has noticed and stops. */
const REFUSED_HOLD_MS = 500;

/**
 * Goes on from where the subject was left. What was answered is saved before the next question leaves.
 * Told to halt, it says how far it came. Throws only our own mistakes.
 */
export async function traceSubject(
  subject: PendingSubject,
  dependencies: TraceDependencies,
  hand: Hand,
): Promise<Traced> {
  const requests = [...(subject.progress?.requests ?? [])];
  const asked = [...(subject.progress?.asked ?? [])];
  const localIdentifier = `${dependencies.queueId}-${subject.subjectId}`;
  let next = dependencies.next(subject, asked);
  while (next !== undefined) {
    const { step, question } = next;
    const call = { question, localIdentifier, subjectId: subject.subjectId };
    const ended = await askUntilAnswered(call, { asked, requests }, dependencies, hand);
    if (ended.kind !== 'answered') return { ...ended, asked, requests };
    const { answer, code } = ended;
    asked.push({ step, question, answer, code, messageId: requests.at(-1)?.messageId ?? '' });
    next = dependencies.next(subject, asked);
    if (next !== undefined) await hand.save({ asked, requests });
  }
  return { kind: 'answered', asked, requests };
}

interface Call {
  readonly subjectId: number;
  readonly question: Question;
  readonly localIdentifier: string;
}

/** As it grows. */
interface Story {
  readonly asked: readonly Asked[];
  readonly requests: SentRequest[];
}

type Ended =
  | ({ readonly kind: 'answered' } & TraceReply)
  | { readonly kind: 'unanswered'; readonly code: string }
  | { readonly kind: 'refused'; readonly code: string; readonly reason: string }
  | { readonly kind: 'unfinished' };

/** One question, sent again for as long as that is worth it. */
async function askUntilAnswered(
  call: Call,
  { asked, requests }: Story,
  dependencies: TraceDependencies,
  hand: Hand,
): Promise<Ended> {
  let failures = 0;
  let busy = 0;
  /** How it ends, or undefined once it is time to try again. */
  const waitAfter = async (error: unknown): Promise<Ended | undefined> => {
    if (hand.abort.aborted || error === hand.halt.reason) return { kind: 'unfinished' };
    if (error instanceof BusyError) {
      busy += 1;
      await dependencies.pace.hold(error.retryAfterMs ?? backOffMs(busy, dependencies.random));
      return undefined;
    }
    failures += 1;
    const end = giveUp(error, failures, dependencies.attempts);
    if (end === undefined)
      await sleep(backOffMs(failures, dependencies.random), dependencies.clock, hand.halt);
    return end;
  };
  for (let attempt = unansweredRequests({ asked, requests }) + 1; ; attempt += 1) {
    try {
      const reply = await send({ ...call, attempt }, requests, dependencies, hand);
      return { kind: 'answered', ...reply };
    } catch (error) {
      const ended = await waitAfter(error);
      if (ended !== undefined) return ended;
    }
  }
}

/** How often the question that comes next was sent in vain, by whatever process. */
function unansweredRequests({ asked, requests }: Story): number {
  const answered = asked.at(-1)?.messageId;
  return requests.length - 1 - requests.findLastIndex(({ messageId }) => messageId === answered);
}

/** What the subject ends with, or undefined when it is worth another attempt. Our own mistakes are thrown on. */
function giveUp(
  error: unknown,
  failures: number,
  attempts: number,
): Exclude<Ended, { kind: 'answered' }> | undefined {
  if (error instanceof FatalError)
    return { kind: 'refused', code: error.code, reason: error.message };
  if (error instanceof UnansweredError) return { kind: 'unanswered', code: error.code };
  if (!(error instanceof RetryableError)) throw error;
  const allowed = Math.min(attempts, (error.maxRetries ?? attempts) + 1);
  return failures >= allowed ? { kind: 'unanswered', code: error.code } : undefined;
}

/** A message on its way. */
interface Message extends Call {
  readonly messageId: string;
  readonly attempt: number;
  hasLeft: boolean;
}

/** One request, on record before it leaves, in the first place under the rate that it is in time for. */
async function send(
  call: Call & { readonly attempt: number },
  requests: SentRequest[],
  dependencies: TraceDependencies,
  hand: Hand,
): Promise<TraceReply> {
  const message = { ...call, messageId: dependencies.newId(), hasLeft: false };
  await record('request.sent', message, dependencies);
  for (;;) {
    try {
      return await sendInPlace(message, requests, dependencies, hand);
    } catch (error) {
      if (error instanceof TooLateError) continue;
      if (!message.hasLeft) await record('request.withdrawn', message, dependencies);
      throw error;
    }
  }
}

/** Throws FatalError when it cannot be put on record: then nothing may leave (MSCA-AUD-01). */
async function record(
  event: 'request.sent' | 'request.withdrawn',
  { messageId, attempt, question, subjectId }: Message,
  { audit }: TraceDependencies,
): Promise<void> {
  const { operation, nhsNumber } = question;
  try {
    await audit.add({
      ...{ event, messageId, operation, subjectId, attempt },
      ...(nhsNumber === undefined ? {} : { nhsNumber }),
    });
  } catch (cause) {
    throw new FatalError('audit', 'the audit trail cannot be written', { cause });
  }
}

/** A place, then the wire. */
async function sendInPlace(
  message: Message,
  requests: SentRequest[],
  { tracer, pace, clock }: TraceDependencies,
  { halt, abort }: Hand,
): Promise<TraceReply> {
  const { question, localIdentifier, attempt, messageId } = message;
  const place = await pace.turn(halt);
  let sentAt = clock.preciseMs();
  const leave = (): void => {
    place.leave();
    message.hasLeft = true;
    sentAt = clock.preciseMs();
  };
  const sent = (code: string): void => {
    const durationMs = Math.round((clock.preciseMs() - sentAt) * 10) / 10;
    const { operation } = question;
    requests.push({ messageId, operation, attempt, sentAt, durationMs, code });
  };
  try {
    const asked = { ...question, localIdentifier };
    const reply = await tracer.ask(asked, { messageId, signal: abort, leave });
    sent(reply.code);
    return reply;
  } catch (error) {
    if (!(error instanceof UnsendableError || error instanceof TooLateError))
      sent(abort.aborted ? 'aborted' : codeOf(error));
    if (error instanceof FatalError) await pace.hold(REFUSED_HOLD_MS);
    throw error;
  }
}

/** Woken early, the caller finds out why by himself. */
async function sleep(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  try {
    await clock.sleep(ms, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

function backOffMs(times: number, random: () => number): number {
  const full = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (times - 1));
  return Math.round(full * (0.5 + random() / 2));
}
