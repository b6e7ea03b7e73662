/** The codes of a reply's payload (SMSP Response Codes 1.0), and what each makes us do. */
import { BusyError, FatalError, RetryableError, UnansweredError } from '../../errors.ts';

/** Codes that say something about the person. */
const ANSWERS = {
  'SMSP-0000': 'success',
  'DEMOG-0001': 'no-match',
  'DEMOG-0007': 'multiple-matches',
  'DEMOG-0017': 'superseded',
  'DEMOG-0022': 'invalidated',
  'DEMOG-0040': 'not-verified',
  'DEMOG-0042': 'not-new-style',
} as const;

export type Meaning = (typeof ANSWERS)[keyof typeof ANSWERS];

/** Codes that say why there is no answer. */
const FAILURES: Readonly<Record<string, (code: string) => Error>> = {
  'SMSP-0001': unanswered('the provider found our request invalid'),
  'SMSP-0002': retryable('the provider got an invalid message from Spine', 1),
  // Data of a local store may be out of date: provisional, and never a confirmation.
  'SMSP-0003': unanswered('Spine was unavailable and a local store answered: ask another day'),
  // Every row would meet it, so everybody waits and no attempt is spent.
  'SMSP-0004': (code) => new BusyError(code),
  'SMSP-0005': (code) =>
    new FatalError(code, `the provider refused our identity (${code}): check auditIdentity`),
  'SMSP-9999': retryable('the provider failed', 2),
  'DEMOG-9999': retryable('Spine gave an error without further meaning', 1),
};

/**
 * What a code says about the person. The code system is not looked at: both OIDs in use carry the
 * same codes. Throws for the codes that are no answer, and UnansweredError for an unknown one: it is
 * a fault of the provider, never success.
 */
export function meaningOf(code: string): Meaning {
  if (isAnswer(code)) return ANSWERS[code];
  const failure = Object.hasOwn(FAILURES, code) ? FAILURES[code] : undefined;
  throw failure?.(code) ?? unanswered('the reply holds an unknown code')(publicCode(code));
}

/**
 * A code as it may be logged and counted. Anything that does not look like a code, or that could be
 * a number of a person, becomes `unknown-code`.
 */
export function publicCode(code: string): string {
  return /^[A-Za-z0-9-]{1,32}$/.test(code) && !/\d{6}/.test(code) ? code : 'unknown-code';
}

function isAnswer(code: string): code is keyof typeof ANSWERS {
  return Object.hasOwn(ANSWERS, code);
}

function unanswered(what: string) {
  return (code: string): Error => new UnansweredError(code, `${what} (${code})`);
}

function retryable(what: string, maxRetries: number) {
  return (code: string): Error => new RetryableError(code, `${what} (${code})`, { maxRetries });
}
