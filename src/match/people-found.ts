/** Who came back, whatever was asked: everything known about each person found for one row. */
import type { NhsNumber } from '../domain/nhs-number.ts';
import type { Asked } from '../domain/record.ts';
import type { Answer, PatientDetails } from '../domain/trace.ts';

/** The step that fetches what a bare number left out. */
export const DETAILS_STEP = 'details';

export interface PersonFound {
  readonly nhsNumber: NhsNumber;
  /** The person as PDS holds them, once an answer has shown it. */
  readonly details?: PatientDetails;
  /** The answers that named this number, other than those that only fetched its details. */
  readonly by: readonly Asked[];
}

/** In the order in which they were found. */
export function peopleFound(asked: readonly Asked[]): readonly PersonFound[] {
  const people = new Map<NhsNumber, { details?: PatientDetails; by: Asked[] }>();
  for (const step of asked) {
    const named = personNamed(step.answer);
    if (named === undefined) continue;
    const person = people.get(named.nhsNumber) ?? { by: [] };
    people.set(named.nhsNumber, person);
    if (named.details !== undefined) person.details = named.details;
    if (step.step !== DETAILS_STEP) person.by.push(step);
  }
  return [...people]
    .filter(([, { by }]) => by.length > 0)
    .map(([nhsNumber, person]) => ({ nhsNumber, ...person }));
}

/** The one person whom an answer names. */
export function personNamed(
  answer: Answer,
): { readonly nhsNumber: NhsNumber; readonly details?: PatientDetails } | undefined {
  const { details } = answer.kind === 'found' || answer.kind === 'superseded' ? answer : {};
  const nhsNumber = numberNamed(answer);
  if (nhsNumber === undefined) return undefined;
  return details === undefined ? { nhsNumber } : { nhsNumber, details };
}

function numberNamed(answer: Answer): NhsNumber | undefined {
  if (answer.kind === 'found') return answer.nhsNumber;
  return answer.kind === 'superseded' ? answer.replacement : undefined;
}
