/** A population held so that the people of a cohort can be drawn from it. */

import type { PoolName } from './damage.ts';
import { newbornDays } from './damage-names.ts';
import { withoutDiacritics } from './damage-slips.ts';
import { daysBetween } from './dates.ts';
import { nicknamesOf } from './nicknames.ts';
import type { CohortSource } from './population-entry.ts';
import { hashText } from './random.ts';

/** The people of a population. A position is the place of a current entry among the current ones. */
export interface PeopleIndex {
  /** Current entries only. */
  readonly people: readonly CohortSource[];
  /** Every number of the population, whatever its status. */
  readonly numbers: ReadonlySet<string>;
  /** Entries with a withdrawn number that belong to nobody who has a current one. */
  readonly invalidatedOnly: readonly CohortSource[];
  /** Positions of the people in a pool. */
  readonly pools: Readonly<Record<PoolName, readonly number[]>>;
  /** The superseded number of the person with this current number. */
  readonly supersededNumbers: ReadonlyMap<string, string>;
  /** The withdrawn number of the person with this current number. */
  readonly invalidatedNumbers: ReadonlyMap<string, string>;
  /** The number of a twin of the person with this current number. */
  readonly twinNumbers: ReadonlyMap<string, string>;
  /** True when somebody in the population has these names and this birth date. */
  readonly isKnown: (familyName: string, givenName: string, birthDate: string) => boolean;
}

/** Indexes a population. `today` (YYYYMMDD) decides who is newborn. */
export function indexPeople(population: Iterable<CohortSource>, today: string): PeopleIndex {
  const people: CohortSource[] = [];
  const others: CohortSource[] = [];
  const numbers = new Set<string>();
  const identities = new Set<number>();
  for (const entry of population) {
    numbers.add(entry.nhs_number);
    identities.add(identityOf(entry.family_name, entry.given_name, entry.birth_date));
    if (entry.status === 'current') people.push(entry);
    else others.push(entry);
  }
  const twinNumbers = findTwins(people);
  const { supersededNumbers, invalidatedNumbers, invalidatedOnly } = oldNumbers(people, others);
  return {
    people,
    numbers,
    invalidatedOnly,
    twinNumbers,
    supersededNumbers,
    invalidatedNumbers,
    pools: fillPools(people, {
      twin: (person) => twinNumbers.has(person.nhs_number),
      superseded: (person) => supersededNumbers.has(person.nhs_number),
      invalidated: (person) => invalidatedNumbers.has(person.nhs_number),
      apostrophe: (person) => person.family_name.includes("'"),
      diacritics: (person) => isMarked(person.family_name) || isMarked(person.given_name),
      'double-barrelled': (person) => /^[A-Z][a-z]{2,}[- ][A-Z][a-z]{2,}/.test(person.family_name),
      newborn: (person) => isNewborn(person.birth_date, today),
      nicknamed: (person) => nicknamesOf(person.given_name).length > 0,
    }),
    isKnown: (familyName, givenName, birthDate) =>
      identities.has(identityOf(familyName, givenName, birthDate)),
  };
}

/** The number of a twin for each person who has one; of triplets, that of the next one. */
function findTwins(people: readonly CohortSource[]): ReadonlyMap<string, string> {
  const twins = new Map<string, string>();
  for (const group of birthGroups(people)) {
    for (const [at, person] of group.entries()) {
      const twin = group[(at + 1) % group.length];
      if (twin !== undefined && twin.given_name !== person.given_name) {
        twins.set(person.nhs_number, twin.nhs_number);
      }
    }
  }
  return twins;
}

/** Groups of two or more people who share family name, birth date and postcode. */
function birthGroups(people: readonly CohortSource[]): Iterable<readonly CohortSource[]> {
  const first = new Map<number, CohortSource>();
  const groups = new Map<CohortSource, CohortSource[]>();
  for (const person of people) {
    if (person.birth_date.length !== 8) continue;
    const key = hashText(birthOf(person));
    const sibling = first.get(key);
    if (sibling === undefined) first.set(key, person);
    else if (birthOf(sibling) === birthOf(person)) {
      groups.set(sibling, [...(groups.get(sibling) ?? [sibling]), person]);
    }
  }
  return groups.values();
}

function birthOf(person: CohortSource): string {
  return `${person.family_name}|${person.birth_date}|${person.postcode}`;
}

function oldNumbers(people: readonly CohortSource[], others: readonly CohortSource[]) {
  const wanted = new Map<string, string>();
  const invalidated = others.filter((entry) => entry.status === 'invalidated');
  const keys = new Set(invalidated.map(registrationOf));
  for (const person of people) {
    const key = registrationOf(person);
    if (keys.has(key)) wanted.set(key, person.nhs_number);
  }
  const invalidatedNumbers = new Map<string, string>();
  const invalidatedOnly: CohortSource[] = [];
  for (const entry of invalidated) {
    const current = wanted.get(registrationOf(entry));
    if (current === undefined) invalidatedOnly.push(entry);
    else invalidatedNumbers.set(current, entry.nhs_number);
  }
  const supersededNumbers = new Map<string, string>();
  for (const entry of others) {
    if (entry.status === 'superseded') supersededNumbers.set(entry.superseded_by, entry.nhs_number);
  }
  return { supersededNumbers, invalidatedNumbers, invalidatedOnly };
}

function fillPools(
  people: readonly CohortSource[],
  tests: Readonly<Record<PoolName, (person: CohortSource) => boolean>>,
): Readonly<Record<PoolName, readonly number[]>> {
  const positions = (test: (person: CohortSource) => boolean): readonly number[] =>
    people.flatMap((person, position) => (test(person) ? [position] : []));
  return {
    twin: positions(tests.twin),
    superseded: positions(tests.superseded),
    invalidated: positions(tests.invalidated),
    apostrophe: positions(tests.apostrophe),
    diacritics: positions(tests.diacritics),
    'double-barrelled': positions(tests['double-barrelled']),
    newborn: positions(tests.newborn),
    nicknamed: positions(tests.nicknamed),
  };
}

function identityOf(familyName: string, givenName: string, birthDate: string): number {
  return hashText(`${familyName}|${givenName}|${birthDate}`, 1);
}

function registrationOf(entry: CohortSource): string {
  return `${entry.family_name}|${entry.given_name}|${entry.birth_date}|${entry.postcode}`;
}

function isMarked(name: string): boolean {
  return withoutDiacritics(name) !== name;
}

function isNewborn(birthDate: string, today: string): boolean {
  return birthDate.length === 8 && daysBetween(birthDate, today) < newbornDays;
}
