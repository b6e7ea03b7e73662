/** Who in the population answers to a name, a birth date and a gender. */

import type { CohortSource } from './population-entry.ts';
import { foldName } from './read-draft.ts';

/** Names as `foldName` gives them; the birth date as YYYYMMDD; the gender as its code. */
export interface Identity {
  readonly familyName: string;
  readonly givenName: string;
  readonly birthDate: string;
  readonly gender: string;
}

/** The people with a current entry. */
export interface Census {
  /** The entry with this current number. */
  readonly personOf: (nhsNumber: string) => CohortSource | undefined;
  /** The current number and those superseded by it. */
  readonly numbersOf: (nhsNumber: string) => readonly string[];
  /** True when somebody without this number has the identity, under any family name of theirs. */
  readonly isSharedWithAnother: (identity: Identity, nhsNumber: string) => boolean;
}

/** Stands in the table for an identity of several people. */
const several = '';

/** Counts a population. Memory grows with it. */
export function takeCensus(population: Iterable<CohortSource>): Census {
  const people = new Map<string, CohortSource>();
  const superseded = new Map<string, string[]>();
  const holders = new Map<string, string>();
  for (const entry of population) {
    const { nhs_number, status, superseded_by } = entry;
    if (status === 'superseded') {
      superseded.set(superseded_by, [...(superseded.get(superseded_by) ?? []), nhs_number]);
    }
    if (status !== 'current') continue;
    people.set(nhs_number, entry);
    for (const identity of identitiesOf(entry)) {
      const key = keyOf(identity);
      const holder = holders.get(key) ?? nhs_number;
      holders.set(key, holder === nhs_number ? nhs_number : several);
    }
  }
  return {
    personOf: (nhsNumber) => people.get(nhsNumber),
    numbersOf: (nhsNumber) => [nhsNumber, ...(superseded.get(nhsNumber) ?? [])],
    isSharedWithAnother: (identity, nhsNumber) => {
      const holder = holders.get(keyOf(identity));
      return holder !== undefined && holder !== nhsNumber;
    },
  };
}

/** The family names that PDS knows for a person, the present one first. */
export function knownFamilyNames(person: CohortSource): readonly string[] {
  return [person.family_name, ...known(person.previous_family_names)];
}

/** The postcodes that PDS knows for a person, the present one first. */
export function knownPostcodes(person: CohortSource): readonly string[] {
  return [...known(person.postcode), ...known(person.previous_postcodes)];
}

function identitiesOf(person: CohortSource): readonly Identity[] {
  return knownFamilyNames(person).map((familyName) => ({
    familyName: foldName(familyName),
    givenName: foldName(person.given_name),
    birthDate: person.birth_date,
    gender: person.gender,
  }));
}

function keyOf({ familyName, givenName, birthDate, gender }: Identity): string {
  return `${familyName}|${givenName}|${birthDate}|${gender}`;
}

function known(list: string): readonly string[] {
  return list === '' ? [] : list.split('|');
}
