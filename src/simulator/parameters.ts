/** The parameters of the five requests: their names, and which request takes which. */
import type { Query } from './query.ts';
import type { Operation } from './wire-names.ts';

/** In the order of the schemas, which is the order they must be sent in. */
export const PARAMETERS = [
  'Person.DateOfBirth',
  'Person.Gender',
  'Person.LocalIdentifier',
  'Person.NHSNumber',
  'Person.Name',
  'Person.Postcode',
] as const;

export type ParameterName = (typeof PARAMETERS)[number];

/** What was read, before it is known to be enough. */
export type Parameters = Partial<Omit<Query, 'operation'>>;

/** `1` exactly one, `?` at most one, `-` not a parameter of the request; in the order above. */
const CARDINALITY: Readonly<Record<Operation, string>> = {
  verifyNHSNumber: '1--1?-',
  getNHSNumber: '11?-1?',
  getPatientDetailsByNHSNumber: '1-?1?-',
  getPatientDetailsBySearch: '11?-1?',
  getPatientDetails: '1?????',
};

/** How often a request takes a parameter. */
export function cardinality(operation: Operation, name: ParameterName): string {
  return CARDINALITY[operation][PARAMETERS.indexOf(name)] ?? '-';
}
