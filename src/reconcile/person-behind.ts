/** The person of PDS whom a row was matched to, as far as they may be shown. Pure. */
import type { AnsweredRow } from '../domain/record.ts';
import type { PatientAddress, PatientDetails } from '../domain/trace.ts';
import { peopleFound } from '../match/people-found.ts';
import type { DecidedRow } from './decide-rows.ts';
import { isMarkedRestricted, type RecordColumns } from './record-columns.ts';

export interface PersonBehind {
  /** Absent when the row is no match. */
  readonly details?: PatientDetails;
  /**
   * The file marks the record as restricted, or PDS gave neither address, telephone nor practice, which
   * is all that an SMSP lets one see of that (smsp: sensitive records are not marked as such).
   */
  readonly isRestricted: boolean;
}

/** Of somebody restricted nothing that tells where they are is left in `details`. */
export function personBehind(
  answered: AnsweredRow,
  { decision }: DecidedRow,
  columns: RecordColumns,
): PersonBehind {
  if (decision.kind !== 'match') return { isRestricted: false };
  const people = peopleFound(answered.result?.asked ?? []);
  const details = people.find(({ nhsNumber }) => nhsNumber === decision.nhsNumber)?.details;
  const isRestricted =
    details === undefined || isMarkedRestricted(answered.cells, columns) || isWithheld(details);
  if (details === undefined) return { isRestricted };
  return { details: isRestricted ? withoutLocation(details) : details, isRestricted };
}

/** The one where the person lives. */
export function usualAddress({ addresses }: PatientDetails): PatientAddress | undefined {
  return addresses.find(({ use }) => use === 'usual');
}

function isWithheld({ addresses, telecoms, practiceCode = '' }: PatientDetails): boolean {
  return addresses.every(isBlank) && telecoms.length === 0 && practiceCode === '';
}

/** Withheld, some providers send the element without its content. */
function isBlank({ lines, postcode = '' }: PatientAddress): boolean {
  return lines.every((line) => line === '') && postcode === '';
}

function withoutLocation({ practiceCode: _, ...details }: PatientDetails): PatientDetails {
  return { ...details, addresses: [], telecoms: [] };
}
