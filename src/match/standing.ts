/** What a search has come to so far. */
import type { Demographics } from '../domain/demographics.ts';
import type { NhsNumber } from '../domain/nhs-number.ts';
import { sameName } from '../domain/person-name.ts';
import type { Asked, Subject } from '../domain/record.ts';
import type { SearchPolicy, SearchState } from '../domain/search-policy.ts';
import type { Answer, Question } from '../domain/trace.ts';
import { type Judgement, judgeSearched, judgeSupplied, type Proof } from './judge-person.ts';
import { DETAILS_STEP, type PersonFound, peopleFound } from './people-found.ts';

export interface JudgedPerson {
  readonly nhsNumber: NhsNumber;
  readonly judgement: Judgement;
  /** The answer that the judgement rests on. */
  readonly asked: Asked;
}

export interface Standing {
  /** What was said of the number that the row holds, and whose it is. */
  readonly supplied?: { readonly asked: Asked; readonly person?: JudgedPerson };
  /** Everybody whom searches found, in order; two different ones mean that none is taken. */
  readonly searched: readonly JudgedPerson[];
  /** Answers about one number contradict one another. */
  readonly isContradictory?: true;
  /** `settled`: nothing further is worth asking. */
  readonly state: SearchState | 'settled';
}

export function standingOf(
  subject: Subject,
  asked: readonly Asked[],
  policy: SearchPolicy,
): Standing {
  const people = peopleFound(asked);
  const aboutNumber = asked.find(isAboutSuppliedNumber);
  const supplied = aboutNumber && judgeNumber(subject, aboutNumber, people, policy);
  const searched = people.flatMap((person) => judgeFound(subject, person, policy) ?? []);
  const state = stateOf(supplied, searched, asked);
  const isContradictory = people.some(({ isSeveral }) => isSeveral);
  const standing = { searched, state, ...(isContradictory ? { isContradictory } : {}) };
  return supplied === undefined ? standing : { supplied, ...standing };
}

/** What could still turn doubt about the one person found into a match. */
export function proofsLacking({ supplied, searched }: Standing): readonly Proof[] {
  const inDoubt = [supplied?.person, ...searched].filter((person) => person !== undefined);
  return inDoubt.flatMap(({ judgement }) => (judgement.kind === 'doubt' ? judgement.lacks : []));
}

/** Two people in one search, or behind one number: neither is taken. A supplied number that was contradicted is no person found. */
export function isConflicting({ supplied, searched, isContradictory }: Standing): boolean {
  const [first, second] = searched;
  if (second !== undefined || isContradictory === true) return true;
  const doubted = supplied?.person?.judgement.kind === 'doubt' ? supplied.person : undefined;
  return first !== undefined && doubted !== undefined && first.nhsNumber !== doubted.nhsNumber;
}

/** Fetching the details of a number is no search. */
function isSearch(asked: Asked): boolean {
  return asked.step !== DETAILS_STEP && !isAboutSuppliedNumber(asked);
}

function isAboutSuppliedNumber({ step, question }: Asked): boolean {
  return step !== DETAILS_STEP && question.nhsNumber !== undefined;
}

function judgeNumber(
  subject: Subject,
  asked: Asked,
  people: readonly PersonFound[],
  policy: SearchPolicy,
): NonNullable<Standing['supplied']> {
  const found = people.find(({ by }) => by.includes(asked));
  if (found === undefined || isAnotherNumber(subject, asked.answer)) return { asked };
  const searches = found.by.filter((step) => step !== asked);
  const evidence = evidenceFor(subject.demographics, found, searches);
  const own = judgeSupplied(evidence, policy.max_namesakes);
  const judgement =
    own.kind === 'accepted' ? own : (bestOf(subject, found, searches, policy) ?? own);
  return { asked, person: { nhsNumber: found.nhsNumber, judgement, asked } };
}

/** Success for a number that was not asked about confirms nothing, wherever it came from. */
function isAnotherNumber({ demographics }: Subject, answer: Answer): boolean {
  return answer.kind === 'found' && answer.nhsNumber !== demographics.nhsNumber;
}

/** A number that is in doubt by itself, and that a search came to as well, on enough evidence. */
function bestOf(
  subject: Subject,
  found: PersonFound,
  searches: readonly Asked[],
  policy: SearchPolicy,
): Judgement | undefined {
  const judged = searches.map((search) => judgeBy(search, subject, found, policy));
  return judged.find(({ kind }) => kind === 'accepted');
}

function judgeFound(
  subject: Subject,
  found: PersonFound,
  policy: SearchPolicy,
): JudgedPerson | undefined {
  const searches = found.by.filter((step) => !isAboutSuppliedNumber(step));
  const judged = searches.map((asked) => ({
    asked,
    nhsNumber: found.nhsNumber,
    judgement: judgeBy(asked, subject, found, policy),
  }));
  return judged.find(({ judgement }) => judgement.kind === 'accepted') ?? judged[0];
}

/** Against the row in the form in which this search asked, under the rule of this search. */
function judgeBy(
  asked: Asked,
  { demographics }: Subject,
  found: PersonFound,
  policy: SearchPolicy,
): Judgement {
  const searches = found.by.filter((step) => !isAboutSuppliedNumber(step));
  const step = policy.steps.find(({ step: name }) => name === asked.step);
  const held = asSent(demographics, asked.question);
  const max_namesakes = step?.max_namesakes ?? policy.max_namesakes;
  return judgeSearched(evidenceFor(held, found, searches), { ...policy, max_namesakes });
}

/**
 * A wildcard is no form of a name: what was found by one is compared with the row itself. Nor is the
 * registered name that a short form may stand for: Steve may be Stephen's twin Steven.
 */
function asSent(held: Demographics, question: Question): Demographics {
  if (question.hasWildcard) return held;
  const { familyName, birthDate } = question;
  const isExchanged = sameName(question.givenName ?? '', held.familyName ?? '');
  const givenName = isExchanged ? question.givenName : undefined;
  return {
    ...held,
    ...(familyName === undefined ? {} : { familyName }),
    ...(givenName === undefined ? {} : { givenName }),
    birthDate,
  };
}

function evidenceFor(held: Demographics, found: PersonFound, searches: readonly Asked[]) {
  const questions = searches.map(({ question }) => question).filter((q) => !q.hasWildcard);
  return {
    held,
    details: found.details,
    isFamilyNameKnown: questions.some(({ familyName = '' }) =>
      sameName(familyName, held.familyName ?? ''),
    ),
    isPostcodeKnown: questions.some(({ postcode }) => postcode !== undefined),
    isOnlyOne: questions.some(({ givenName }) => givenName === undefined),
  };
}

function stateOf(
  supplied: Standing['supplied'],
  searched: readonly JudgedPerson[],
  asked: readonly Asked[],
): Standing['state'] {
  const judgements = [supplied?.person, ...searched].map((person) => person?.judgement.kind);
  const standing = { searched, state: 'begin' as const, ...(supplied ? { supplied } : {}) };
  if (judgements.includes('accepted') || isConflicting(standing)) return 'settled';
  if (isOfAnother(supplied?.asked.answer, supplied)) return 'settled';
  if (judgements.includes('doubt')) return 'doubt';
  const answers = asked.filter(isSearch).map(({ answer }) => answer);
  if (answers.some(({ kind }) => kind === 'multiple-matches')) return 'several';
  return answers.length === 0 ? 'begin' : 'nobody';
}

/** The provider answered about somebody else: it is not to be trusted with this row. */
function isOfAnother(answer: Answer | undefined, supplied: Standing['supplied']): boolean {
  if (answer?.kind === 'other-number') return true;
  return answer?.kind === 'found' && supplied?.person === undefined;
}
