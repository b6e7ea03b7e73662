/** One decision for each row, from what it holds and what the provider said. Pure. */
import type { Decision, Exception, NhsNumberStatus } from '../domain/decision.ts';
import type { Outcome } from '../domain/exception.ts';
import type { NhsNumber } from '../domain/nhs-number.ts';
import type { Asked, Subject, TraceResult } from '../domain/record.ts';
import type { SearchPolicy } from '../domain/search-policy.ts';
import type { Answer } from '../domain/trace.ts';
import { nextQuestion } from '../match/next-question.ts';
import { isConflicting, type JudgedPerson, type Standing, standingOf } from '../match/standing.ts';
import * as words from './decision-words.ts';

/** The part of a job that decisions follow from, in its own words. */
export interface DecisionRules {
  readonly policy: SearchPolicy;
  /** Whether a number found takes the place of a supplied one that is not this person's. */
  readonly accept_corrections: boolean;
}

/** What is decided about a subject by itself, and on which answer it rests. */
export interface Decided {
  readonly decision: Decision;
  /** The step that gave the number or candidate; else the last one asked. Empty when none was. */
  readonly step: string;
}

/** Other rows may still turn a match into a duplicate. */
export function decideSubject(
  subject: Subject,
  result: TraceResult | undefined,
  rules: DecisionRules,
): Decided {
  const hasNumber = subject.demographics.nhsNumber !== undefined;
  const last = result?.asked.at(-1)?.step ?? '';
  if (result === undefined || result.kind !== 'answered') {
    return { decision: unanswered(result, hasNumber), step: last };
  }
  if (result.asked.length === 0)
    return {
      decision: exception('unusable', words.NOTHING_TO_ASK, untouchedStatus(hasNumber)),
      step: '',
    };
  const standing = standingOf(subject, result.asked, rules.policy);
  const decision = isWildcardUnproven(subject, result.asked, standing, rules)
    ? exception('multiple-matches', words.WILDCARD, hasNumber ? '05' : '04')
    : decideStanding(standing, rules);
  const person = personBehind(standing);
  return { decision, step: person?.asked.step ?? last };
}

function decideStanding(standing: Standing, rules: DecisionRules): Decision {
  return standing.supplied === undefined
    ? decideSearched(standing)
    : decideSupplied(standing.supplied, standing, rules);
}

/** What one wildcard found counts only when all were tried, and none found anybody else (MSCA-PDS-07). */
function isWildcardUnproven(
  subject: Subject,
  asked: readonly Asked[],
  { searched: [found] }: Standing,
  { policy }: DecisionRules,
): boolean {
  if (found?.judgement.kind !== 'accepted' || !found.asked.question.hasWildcard) return false;
  const wildcards = asked.filter(({ question }) => question.hasWildcard);
  const isSeveral = wildcards.some(({ answer }) => answer.kind === 'multiple-matches');
  const unlimited = { ...policy, max_requests: Number.POSITIVE_INFINITY };
  return isSeveral || nextQuestion(subject, asked, unlimited) !== undefined;
}

/** Whom the decision is about, matched or not. */
function personBehind(standing: Standing): JudgedPerson | undefined {
  const { supplied, searched } = standing;
  const people = [supplied?.person, ...searched].filter((person) => person !== undefined);
  return people.find(({ judgement }) => judgement.kind === 'accepted') ?? searched[0] ?? people[0];
}

/** The row held no number that could be asked about. */
function decideSearched(standing: Standing): Decision {
  const [found] = standing.searched;
  if (isConflicting(standing)) return exception('multiple-matches', words.TWO_PEOPLE, '04');
  if (found?.judgement.kind === 'accepted') return match('traced', found.nhsNumber);
  if (found !== undefined) return inDoubt(found, '04');
  return standing.state === 'several'
    ? exception('multiple-matches', words.SEVERAL, '04')
    : exception('no-match', words.NOBODY, '04');
}

function decideSupplied(
  supplied: NonNullable<Standing['supplied']>,
  standing: Standing,
  rules: DecisionRules,
): Decision {
  const { person, asked } = supplied;
  if (isConflicting(standing)) return exception('not-verified', words.TWO_PEOPLE, '05');
  if (person?.judgement.kind === 'accepted')
    return match(asked.answer.kind === 'superseded' ? 'superseded' : 'verified', person.nhsNumber);
  if (person?.judgement.kind === 'doubt') return inDoubt(person, '05');
  const other = person === undefined ? anotherNumber(asked.answer) : undefined;
  if (other !== undefined)
    return withCandidate(exception('possible-match', words.OTHER_NUMBER, '05'), other);
  const [found] = standing.searched;
  if (found !== undefined && found.nhsNumber === asked.question.nhsNumber)
    return decideFoundAgain(found, asked.answer, person);
  return decideUnconfirmed(standing, asked.answer, person, rules);
}

/**
 * The provider's check did not pass, but a search in another form came to the same number. That makes
 * nothing valid that was just called withdrawn or replaced.
 */
function decideFoundAgain(
  found: JudgedPerson,
  answer: Answer,
  contradicted: JudgedPerson | undefined,
): Decision {
  if (answer.kind === 'invalidated' || answer.kind === 'superseded')
    return notConfirmed(answer, contradicted);
  return found.judgement.kind === 'accepted'
    ? match('verified', found.nhsNumber)
    : inDoubt(found, '05');
}

/** The supplied number is not this person's; a search may have found whose row it is. */
function decideUnconfirmed(
  { searched: [found] }: Standing,
  answer: Answer,
  contradicted: JudgedPerson | undefined,
  { accept_corrections }: DecisionRules,
): Decision {
  const own = notConfirmed(answer, contradicted);
  if (found === undefined) return own;
  const isAccepted = found.judgement.kind === 'accepted';
  if (isAccepted && accept_corrections) return match('corrected', found.nhsNumber);
  const code = own.code === 'no-match' ? 'not-verified' : own.code;
  const more = isAccepted ? words.FOUND_ANOTHER : words.foundAnotherInDoubt(reasonOf(found));
  return withCandidate({ ...own, code, reason: `${own.reason} ${more}` }, found.nhsNumber);
}

/** Success for a number that was not asked about confirms nothing. */
function anotherNumber(answer: Answer): NhsNumber | undefined {
  return answer.kind === 'other-number' || answer.kind === 'found' ? answer.nhsNumber : undefined;
}

function notConfirmed(answer: Answer, contradicted: JudgedPerson | undefined): Exception {
  if (contradicted !== undefined)
    return exception('not-verified', words.contradicted(reasonOf(contradicted)), '05');
  switch (answer.kind) {
    case 'invalidated':
      return exception('invalidated', words.INVALIDATED, '05');
    case 'superseded':
      return exception('not-verified', words.REPLACEMENT_UNKNOWN, '05');
    case 'not-new-style':
      return exception('not-verified', words.NOT_NEW_STYLE, '05');
    case 'no-match':
      return exception('no-match', words.NOBODYS_NUMBER, '05');
    case 'not-verified':
    case 'multiple-matches':
    case 'found':
    case 'other-number':
      return exception('not-verified', words.NOT_VERIFIED, '05');
  }
}

function reasonOf({ judgement }: JudgedPerson): string {
  return judgement.kind === 'accepted' ? '' : judgement.because;
}

function inDoubt(person: JudgedPerson, status: NhsNumberStatus): Exception {
  const { nhsNumber } = person;
  return withCandidate(
    exception('possible-match', words.possible(reasonOf(person)), status),
    nhsNumber,
  );
}

/** Two rows that look like different people came to the same number (MSCA-DQ-01): held for both. */
export function decideDuplicate(nhsNumber: NhsNumber): Exception {
  return withCandidate(exception('duplicate', words.DUPLICATE, '05'), nhsNumber);
}

/** The replacement of a superseded number is already on another row (MSCA-DQ-03, FLGINV-7). */
export function decideMerge(nhsNumber: NhsNumber): Exception {
  return withCandidate(exception('duplicate', words.MERGE, '05'), nhsNumber);
}

function unanswered(result: TraceResult | undefined, hasNumber: boolean): Exception {
  const code = result === undefined || result.kind === 'answered' ? undefined : result.code;
  const wasSent = (result?.requests.length ?? 0) > 0;
  return exception('failed', words.noAnswer(code), wasSent ? '06' : untouchedStatus(hasNumber));
}

/** Nothing was learned: the number, if there is one, is present and not traced. */
export function untouchedStatus(hasNumber: boolean): NhsNumberStatus {
  return hasNumber ? '02' : '03';
}

/** What a subject claims for itself, for the check across rows. */
export function claimedNumber(decision: Decision): NhsNumber | undefined {
  return decision.kind === 'match' ? decision.nhsNumber : undefined;
}

function match(outcome: Outcome, nhsNumber: NhsNumber): Decision {
  return { kind: 'match', outcome, nhsNumber, status: '01' };
}

function exception(
  code: Exception['code'],
  { reason, action }: words.Words,
  status: NhsNumberStatus,
): Exception {
  return { kind: 'exception', code, reason, action, status };
}

function withCandidate(held: Exception, candidate: NhsNumber): Exception {
  return { ...held, candidate };
}
