/** Which question to ask about a subject. Pure. */
import type { BirthDate } from '../domain/birth-date.ts';
import { isInitial } from '../domain/person-name.ts';
import type { StoredSubject, Subject } from '../domain/record.ts';
import type { Operation, TraceRequest } from '../domain/trace.ts';

/** The operations that the job has chosen. */
export interface SearchPolicy {
  readonly suppliedNumber: Operation;
  readonly noNumber: Operation;
}

export interface PlannedCall {
  /** The name of the step, as it stands in `trace_step`. */
  readonly step: 'supplied-number' | 'all-details';
  readonly request: TraceRequest;
}

/**
 * A row with a number is verified; one without is traced on what it has. An initial narrows a
 * search to nobody, because PDS compares it with the whole given name, so it is not searched with.
 */
export function planCall(subject: StoredSubject, policy: SearchPolicy, runId: string): PlannedCall {
  const localIdentifier = `${runId}-${subject.subjectId}`;
  return subject.route === 'verify'
    ? { step: 'supplied-number', request: verifyRequest(subject, policy, localIdentifier) }
    : { step: 'all-details', request: searchRequest(subject, policy, localIdentifier) };
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
