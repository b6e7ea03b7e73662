/** Which question to ask about a subject. Pure. */
import type { BirthDate } from '../domain/birth-date.ts';
import type { NhsNumber } from '../domain/nhs-number.ts';
import { isInitial } from '../domain/person-name.ts';
import type { StoredSubject, Subject } from '../domain/record.ts';
import type { Answer, Operation, TraceRequest } from '../domain/trace.ts';

/** The operations that the job has chosen. */
export interface SearchPolicy {
  readonly suppliedNumber: Operation;
  readonly noNumber: Operation;
}

export interface PlannedCall {
  /** The name of the step, as it stands in `trace_step`. */
  readonly step: 'supplied-number' | 'all-details' | 'details';
  readonly request: TraceRequest;
}

/**
 * A row with a number is verified; one without is traced on what it has. An initial narrows a
 * search to nobody, because PDS compares it with the whole given name, so it is not searched with.
 */
export function planCall(
  subject: StoredSubject,
  policy: SearchPolicy,
  queueId: string,
): PlannedCall {
  const localIdentifier = `${queueId}-${subject.subjectId}`;
  return subject.route === 'verify'
    ? { step: 'supplied-number', request: verifyRequest(subject, policy, localIdentifier) }
    : { step: 'all-details', request: searchRequest(subject, policy, localIdentifier) };
}

/**
 * An answer that names a number but shows nobody proves too little: the details of that number are
 * asked for. Undefined when there is nothing to ask.
 */
export function planDetails({ request }: PlannedCall, answer: Answer): PlannedCall | undefined {
  const nhsNumber = bareNumber(answer);
  if (nhsNumber === undefined) return undefined;
  const { birthDate, localIdentifier, familyName, givenName } = request;
  return {
    step: 'details',
    request: {
      operation: 'getPatientDetailsByNHSNumber',
      nhsNumber,
      birthDate,
      localIdentifier,
      ...(familyName === undefined ? {} : { familyName }),
      ...(givenName === undefined ? {} : { givenName }),
    },
  };
}

function bareNumber(answer: Answer): NhsNumber | undefined {
  if (answer.kind === 'found' && answer.details === undefined) return answer.nhsNumber;
  return answer.kind === 'superseded' && answer.details === undefined
    ? answer.replacement
    : undefined;
}

/** The first answer with what the second showed, when both name the same number. */
export function withDetails(first: Answer, second: Answer): Answer {
  if (second.kind !== 'found' || second.details === undefined) return first;
  const { nhsNumber, details } = second;
  if (first.kind === 'found' && first.nhsNumber === nhsNumber) return { ...first, details };
  if (first.kind === 'superseded' && first.replacement === nhsNumber) return { ...first, details };
  return first;
}

function verifyRequest(
  { demographics }: Subject,
  policy: SearchPolicy,
  localIdentifier: string,
): TraceRequest {
  const { nhsNumber, familyName, givenName } = demographics;
  return {
    operation: policy.suppliedNumber,
    birthDate: birthDateOf(demographics),
    localIdentifier,
    ...(nhsNumber === undefined ? {} : { nhsNumber }),
    ...(familyName === undefined ? {} : { familyName }),
    ...(givenName === undefined ? {} : { givenName }),
  };
}

function searchRequest(
  { demographics }: Subject,
  policy: SearchPolicy,
  localIdentifier: string,
): TraceRequest {
  const { familyName, givenName, gender, postcode } = demographics;
  return {
    operation: policy.noNumber,
    birthDate: birthDateOf(demographics),
    localIdentifier,
    ...(familyName === undefined ? {} : { familyName }),
    ...(givenName === undefined || isInitial(givenName) ? {} : { givenName }),
    ...(gender === undefined ? {} : { gender }),
    ...(postcode === undefined ? {} : { postcode }),
  };
}

/** Only subjects with a date of birth reach the queue; one without is our own mistake. */
function birthDateOf({ birthDate }: { readonly birthDate?: BirthDate }): BirthDate {
  if (birthDate === undefined) throw new Error('a subject without a date of birth was queued');
  return birthDate;
}
