/** Which question to ask next about a row, from what came back so far; none when there is no use in it. */
import type { Demographics } from '../domain/demographics.ts';
import type { NhsNumber } from '../domain/nhs-number.ts';
import type { Asked, Subject } from '../domain/record.ts';
import type { SearchPolicy, SearchStep } from '../domain/search-policy.ts';
import type { Question } from '../domain/trace.ts';
import { birthDateForms, familyNameForms, givenNameForms, postcodeForms } from './field-forms.ts';
import { DETAILS_STEP, peopleFound } from './people-found.ts';
import { isConflicting, proofsLacking, type Standing, standingOf } from './standing.ts';

export interface NextQuestion {
  /** The name of the step, as it stands in `trace_step`. */
  readonly step: string;
  readonly question: Question;
}

/**
 * The first question, in the order of the policy, that fits what the search has come to, can be made
 * of what the row holds, was not asked before, and is within the budget.
 */
export function nextQuestion(
  subject: Subject,
  asked: readonly Asked[],
  policy: SearchPolicy,
): NextQuestion | undefined {
  if (asked.length >= policy.max_requests) return undefined;
  const unseen = detailsQuestion(asked);
  if (unseen !== undefined) return unseen;
  const standing = standingOf(subject, asked, policy);
  for (const step of policy.steps) {
    if (!isWorthIt(step, standing)) continue;
    const question = questionsOf(step, subject).find((q) => !wasAsked(q, asked));
    if (question !== undefined) return { step: step.step, question };
  }
  return undefined;
}

function isWorthIt(step: SearchStep, standing: Standing): boolean {
  if (standing.state === 'settled') return isWildcardStep(step) && needsAllWildcards(standing);
  if (!step.after.includes(standing.state)) return false;
  if (standing.state !== 'doubt') return true;
  const lacks = proofsLacking(standing);
  const addsPostcode = step.send.postcode !== undefined && lacks.includes('postcode');
  const addsOnlyOne = step.send.given_name === undefined && lacks.includes('only-one');
  return addsPostcode || addsOnlyOne;
}

function isWildcardStep({ send }: SearchStep): boolean {
  return Object.values(send).includes('start');
}

/** What one wildcard found counts only when all the others find the same person or nobody. */
function needsAllWildcards(standing: Standing): boolean {
  const [only] = standing.searched;
  return !isConflicting(standing) && only?.asked.question.hasWildcard === true;
}

/** A number without a person proves too little: its details are fetched before anything else. */
function detailsQuestion(asked: readonly Asked[]): NextQuestion | undefined {
  const fetched = new Set(
    asked.filter(({ step }) => step === DETAILS_STEP).map(({ question }) => question.nhsNumber),
  );
  const unseen = peopleFound(asked).find(
    ({ nhsNumber, details }) => details === undefined && !fetched.has(nhsNumber),
  );
  const by = unseen?.by[0];
  if (unseen === undefined || by === undefined) return undefined;
  return { step: DETAILS_STEP, question: questionAbout(unseen.nhsNumber, by.question) };
}

/** The names go along, for the provider's own cross-check; the start of one would not pass it. */
function questionAbout(nhsNumber: NhsNumber, by: Question): Question {
  const { birthDate, familyName, givenName } = by;
  const names = by.hasWildcard
    ? {}
    : {
        ...(familyName === undefined ? {} : { familyName }),
        ...(givenName === undefined ? {} : { givenName }),
      };
  return { operation: 'getPatientDetailsByNHSNumber', nhsNumber, birthDate, ...names };
}

/** Every form of the step's question that the row can give; none when a field is lacking. */
function questionsOf(step: SearchStep, { demographics }: Subject): readonly Question[] {
  const { send } = step;
  if (send.nhs_number !== undefined) return numberQuestions(step, demographics);
  const { gender } = demographics;
  if (gender === undefined || gender === '0') return [];
  const families = familyNameForms(demographics, send.family_name ?? 'as-given');
  const givens = send.given_name ? givenNameForms(demographics, send.given_name) : [undefined];
  const postcodes = send.postcode ? postcodeForms(demographics, send.postcode) : [undefined];
  const [birthDate] = birthDateForms(demographics, send.birth_date ?? 'as-given');
  if (birthDate === undefined) return [];
  const base = { operation: step.ask, birthDate, gender } as const;
  const wildcard = isWildcardStep(step) ? { hasWildcard: true as const } : {};
  return families.flatMap((familyName) =>
    givens.flatMap((givenName) =>
      postcodes.map((postcode) => ({
        ...base,
        familyName,
        ...present({ givenName, postcode }),
        ...wildcard,
      })),
    ),
  );
}

/** Without the keys that hold nothing, so that a stored question looks the same as a fresh one. */
function present(values: { givenName: string | undefined; postcode: string | undefined }): {
  readonly givenName?: string;
  readonly postcode?: string;
} {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function numberQuestions(step: SearchStep, held: Demographics): readonly Question[] {
  const { nhsNumber, birthDate, familyName, givenName } = held;
  if (nhsNumber === undefined || birthDate?.length !== 8) return [];
  const { send } = step;
  return [
    {
      operation: step.ask,
      nhsNumber,
      birthDate,
      ...(send.family_name === undefined || familyName === undefined ? {} : { familyName }),
      ...(send.given_name === undefined || givenName === undefined ? {} : { givenName }),
    },
  ];
}

function wasAsked(question: Question, asked: readonly Asked[]): boolean {
  const text = keyOf(question);
  return asked.some((step) => step.step !== DETAILS_STEP && keyOf(step.question) === text);
}

/** Two questions are one when nothing but the case of letters differs, for providers ignore that. */
function keyOf({ operation: _, ...question }: Question): string {
  return JSON.stringify(Object.entries(question).sort()).toUpperCase();
}
