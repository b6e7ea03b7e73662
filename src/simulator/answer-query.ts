/** From a valid query to what will be answered. */
import type { Matcher, Verdict } from './match-person.ts';
import type { Person } from './person.ts';
import type { LocalIdentifier, Query } from './query.ts';
import type { Operation } from './wire-names.ts';

/** What one reply says. With neither number nor person there is no result part. */
export interface Answer {
  readonly operation: Operation;
  readonly code: string;
  /** The NHS number of the result part. */
  readonly nhsNumber?: string | undefined;
  /** `true` or `false` as a rule, written as it stands; for verifyNHSNumber only. */
  readonly validity?: string | undefined;
  /** Whose details; for the details services only. */
  readonly person?: Person | undefined;
  readonly localIdentifier?: LocalIdentifier | undefined;
}

export interface AnswerSettings {
  /** Whether DEMOG-0017 names the replacement. */
  readonly isReplacementReturned: boolean;
  /** How verifyNHSNumber says that the details are not the number's: SMSP-0000 comes with `false`. */
  readonly mismatchAnswer: 'DEMOG-0040' | 'SMSP-0000';
}

/** Looks up or searches, as the operation and the parameters demand. */
export function answerQuery(query: Query, matcher: Matcher, settings: AnswerSettings): Answer {
  const { nhsNumber } = query;
  const verdict =
    nhsNumber === undefined ? matcher.search(query) : matcher.checkNumber(query, nhsNumber);
  if (query.operation === 'verifyNHSNumber') return verifyAnswer(query, verdict, settings);
  const isWithheld = verdict.code === 'DEMOG-0017' && !settings.isReplacementReturned;
  const person = isWithheld ? undefined : verdict.person;
  if (person === undefined) return plainAnswer(query.operation, verdict.code);
  return personAnswer(query, verdict.code, person);
}

/** A code alone. */
export function plainAnswer(operation: Operation, code: string): Answer {
  return { operation, code };
}

/** A code with everything the operation tells about a person. */
export function personAnswer(query: Query, code: string, person: Person): Answer {
  const { operation, localIdentifier } = query;
  const { nhsNumber } = person;
  if (operation === 'verifyNHSNumber') return { operation, code, nhsNumber, validity: 'true' };
  if (operation === 'getNHSNumber') return { operation, code, nhsNumber, localIdentifier };
  return { operation, code, nhsNumber, localIdentifier, person };
}

function verifyAnswer(query: Query, verdict: Verdict, settings: AnswerSettings): Answer {
  const { operation, nhsNumber } = query;
  const { code, person } = verdict;
  if (code === 'SMSP-0000') return { operation, code, nhsNumber, validity: 'true' };
  if (code === 'DEMOG-0017' && settings.isReplacementReturned) {
    return { operation, code, nhsNumber: person?.nhsNumber, validity: 'false' };
  }
  if (code === 'DEMOG-0040' && settings.mismatchAnswer === 'SMSP-0000') {
    return { operation, code: 'SMSP-0000', nhsNumber, validity: 'false' };
  }
  return plainAnswer(operation, code);
}
