/** Who came back, whatever was asked: everything known about each person found for one row. */
import type { NhsNumber } from '../domain/nhs-number.ts';
import { sameName } from '../domain/person-name.ts';
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
  /** Two answers said of this number that it is two people's: one of them is wrong, and nobody can say which. */
  readonly isSeveral?: true;
}

/** In the order in which they were found. */
export function peopleFound(asked: readonly Asked[]): readonly PersonFound[] {
  const people = new Map<NhsNumber, { details?: PatientDetails; by: Asked[]; isSeveral?: true }>();
  for (const step of asked) {
    const named = personNamed(step.answer);
    if (named === undefined) continue;
    const person = people.get(named.nhsNumber) ?? { by: [] };
    people.set(named.nhsNumber, person);
    if (named.details !== undefined) {
      if (person.details && isAnother(person.details, named.details)) person.isSeveral = true;
      person.details = named.details;
    }
    if (step.step !== DETAILS_STEP) person.by.push(step);
  }
  return [...people]
    .filter(([, { by }]) => by.length > 0)
    .map(([nhsNumber, person]) => ({ nhsNumber, ...person }));
}

/** By what does not change from one answer to the next; what one of them leaves out says nothing. */
function isAnother(one: PatientDetails, other: PatientDetails): boolean {
  const differs = (a = '', b = ''): boolean => a !== '' && b !== '' && a !== b && !sameName(a, b);
  const known = (gender = ''): string => (/^[12]$/.test(gender) ? gender : '');
  return (
    differs(one.familyName, other.familyName) ||
    differs(one.givenNames[0], other.givenNames[0]) ||
    differs(one.birthDate?.slice(0, 8), other.birthDate?.slice(0, 8)) ||
    differs(known(one.gender), known(other.gender))
  );
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
