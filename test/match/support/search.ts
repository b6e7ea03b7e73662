/** Takes one row through a whole search, as a run does, with a register in the provider's place. */
import { loadPolicy, type SHIPPED_POLICIES } from '../../../src/config/load-policy.ts';
import { policySchema } from '../../../src/config/policy.ts';
import { parseBirthDate } from '../../../src/domain/birth-date.ts';
import type { Demographics } from '../../../src/domain/demographics.ts';
import type { Gender } from '../../../src/domain/gender.ts';
import { type NhsNumber, parseNhsNumber } from '../../../src/domain/nhs-number.ts';
import { parsePostcode } from '../../../src/domain/postcode.ts';
import type { Asked, Subject } from '../../../src/domain/record.ts';
import { GIVEN_NAME_LIKENESSES, type SearchPolicy } from '../../../src/domain/search-policy.ts';
import type { Answer, Question, TraceReply } from '../../../src/domain/trace.ts';
import { nextQuestion } from '../../../src/match/next-question.ts';
import { type Decided, decideSubject } from '../../../src/reconcile/decide.ts';
import { replyOf } from './register.ts';

export type ShippedPolicy = (typeof SHIPPED_POLICIES)[number];

export function shippedPolicy(name: ShippedPolicy): SearchPolicy {
  return policySchema.parse(loadPolicy(name));
}

/** A policy of a job's own, which takes every likeness of a given name. */
export function aPolicy(
  changes: Partial<SearchPolicy> & Pick<SearchPolicy, 'steps'>,
): SearchPolicy {
  return policySchema.parse({
    max_requests: 5,
    max_namesakes: 0.05,
    given_name: GIVEN_NAME_LIKENESSES,
    ...changes,
  });
}

/** The fields of a row as text; what is left out is not in the row. */
export interface Row {
  readonly nhsNumber?: string | undefined;
  readonly familyName?: string | undefined;
  readonly previousFamilyName?: string | undefined;
  readonly givenName?: string | undefined;
  readonly otherGivenNames?: string | undefined;
  readonly birthDate?: string | undefined;
  readonly isBirthDateEstimated?: true | undefined;
  readonly gender?: Gender | undefined;
  readonly postcode?: string | undefined;
  readonly previousPostcode?: string | undefined;
}

export function subjectOf(row: Row): Subject {
  const { nhsNumber, birthDate, postcode, previousPostcode, ...texts } = row;
  const fields = {
    ...texts,
    nhsNumber: read(parseNhsNumber, nhsNumber),
    birthDate: read(parseBirthDate, birthDate),
    postcode: read(parsePostcode, postcode),
    previousPostcode: read(parsePostcode, previousPostcode),
  };
  const held = Object.entries(fields).filter(([, value]) => value !== undefined);
  const demographics: Demographics = Object.fromEntries(held);
  return { demographics, route: nhsNumber === undefined ? 'search' : 'verify' };
}

function read<T>(parse: (text: string) => T | undefined, text: string | undefined): T | undefined {
  const value = text === undefined ? undefined : parse(text);
  if (text !== undefined && value === undefined) throw new Error(`the test uses ${text}`);
  return value;
}

/** The first so many numbers of the 999 range, from `start` on, of which the check digit is right. */
export function testNumbers(count: number, start = 900_000): readonly NhsNumber[] {
  const numbers: NhsNumber[] = [];
  for (let at = start; numbers.length < count; at += 1) {
    for (let check = 0; check < 10; check += 1) {
      const number = parseNhsNumber(`999${at}${check}`);
      if (number !== undefined) numbers.push(number);
    }
  }
  return numbers;
}

export function asked(step: string, question: Question, answer: Answer): Asked {
  return { step, question, ...replyOf(answer), messageId: step };
}

export interface Traced extends Decided {
  readonly asked: readonly Asked[];
}

/** More than any policy of the tests allows: a search that goes on for so long never ends. */
const ENDLESS = 60;

export function traceRow(
  subject: Subject,
  ask: (question: Question, step: string) => TraceReply,
  rules: { readonly policy: SearchPolicy; readonly accept_corrections?: boolean },
): Traced {
  const steps: Asked[] = [];
  for (;;) {
    const next = nextQuestion(subject, steps, rules.policy);
    if (next === undefined) break;
    if (steps.length > ENDLESS) throw new Error('the search never ends');
    const { step, question } = next;
    steps.push({ step, question, ...ask(question, step), messageId: String(steps.length) });
  }
  const result = { kind: 'answered', asked: steps, requests: [] } as const;
  const decided = decideSubject(subject, result, { accept_corrections: false, ...rules });
  return { ...decided, asked: steps };
}
