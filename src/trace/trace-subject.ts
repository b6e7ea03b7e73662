/** Asks about one subject, question by question, until no further one is worth asking. */

import type { Asked, SentRequest, StoredSubject, TraceResult } from '../domain/record.ts';
import type { Question, TraceReply } from '../domain/trace.ts';
import {
  BusyError,
  FatalError,
  RetryableError,
  UnansweredError,
  UnsendableError,
} from '../errors.ts';
import type { Clock } from '../lib/clock.ts';
import type { NextQuestion } from '../match/next-question.ts';
import type { InFlight } from './in-flight.ts';
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
    turn(signal: AbortSignal): Promise<void>;
    hold(ms: number): Promise<void>;
  };
  readonly inFlight: InFlight;
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

/** Throws only the signal's reason, when it was aborted before there was an answer. */
export async function traceSubject(
  subject: StoredSubject,
  dependencies: TraceDependencies,
  signal: AbortSignal,
): Promise<TraceResult> {
  const requests: SentRequest[] = [];
  const asked: Asked[] = [];
  const localIdentifier = `${dependencies.queueId}-${subject.subjectId}`;
  for (;;) {
    const next = dependencies.next(subject, asked);
    if (next === undefined) return { kind: 'answered', asked, requests };
    const { step, question } = next;
    const call = { question, localIdentifier };
    const ended = await askUntilAnswered(call, requests, dependencies, signal);
    if (ended.kind !== 'answered') return { ...ended, asked, requests };
    const { answer, code } = ended;
    asked.push({ step, question, answer, code, messageId: requests.at(-1)?.messageId ?? '' });
  }
}

interface Call {
  readonly question: Question;
  readonly localIdentifier: string;
}

type Ended =
  | ({ readonly kind: 'answered' } & TraceReply)
  | { readonly kind: 'unanswered'; readonly code: string }
  | { readonly kind: 'refused'; readonly code: string; readonly reason: string };

/** One question, sent again for as long as that is worth it. */
async function askUntilAnswered(
  call: Call,
  requests: SentRequest[],
  dependencies: TraceDependencies,
  signal: AbortSignal,
): Promise<Ended> {
  let failures = 0;
  let busy = 0;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const reply = await send({ ...call, attempt }, requests, dependencies, signal);
      return { kind: 'answered', ...reply };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof BusyError) {
        busy += 1;
        await dependencies.pace.hold(error.retryAfterMs ?? backOffMs(busy, dependencies.random));
        continue;
      }
      failures += 1;
      const end = giveUp(error, failures, dependencies.attempts);
      if (end !== undefined) return end;
      await dependencies.clock.sleep(backOffMs(failures, dependencies.random), signal);
    }
  }
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

/** One request: a free connection, then a place under the rate, then the wire. */
async function send(
  { question, localIdentifier, attempt }: Call & { readonly attempt: number },
  requests: SentRequest[],
  { tracer, pace, inFlight, clock, newId }: TraceDependencies,
  signal: AbortSignal,
): Promise<TraceReply> {
  return inFlight(async () => {
    await pace.turn(signal);
    const messageId = newId();
    const sentAt = clock.preciseMs();
    const sent = (code: string): void => {
      const durationMs = Math.round((clock.preciseMs() - sentAt) * 10) / 10;
      const { operation } = question;
      requests.push({ messageId, operation, attempt, sentAt, durationMs, code });
    };
    try {
      const reply = await tracer.ask({ ...question, localIdentifier }, { messageId, signal });
      sent(reply.code);
      return reply;
    } catch (error) {
      if (!(error instanceof UnsendableError)) sent(codeOf(error));
      if (error instanceof FatalError) await pace.hold(REFUSED_HOLD_MS);
      throw error;
    }
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

function backOffMs(times: number, random: () => number): number {
  const full = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (times - 1));
  return Math.round(full * (0.5 + random() / 2));
}
