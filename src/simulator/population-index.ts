/** The population, arranged for look-ups by number and by date of birth. */
import type { Person } from './person.ts';

/** A person with the values a search compares, already folded. */
export interface IndexedPerson {
  readonly person: Person;
  readonly birthDate: string;
  readonly gender: string;
  /** The current family name, then the previous ones. */
  readonly familyNames: readonly string[];
  /** The first given name; and all given names written out, when there are others. */
  readonly givenNames: readonly string[];
  /** The current postcode, then the previous ones. */
  readonly postcodes: readonly string[];
}

export interface PopulationIndex {
  byNumber(nhsNumber: string): Person | undefined;
  /** Everybody whose full date of birth this is. */
  bornOn(day: string): readonly IndexedPerson[];
  /** Those born in this year of whose date of birth no more than month or year is known. */
  partlyKnownIn(year: string): readonly IndexedPerson[];
  /** Everybody born in this year, also those of whom no more than the year is known. */
  bornIn(year: string): readonly IndexedPerson[];
  /** The first current person with another number; absent when there is none. */
  otherThan(nhsNumber: string): Person | undefined;
}

/**
 * Folds case and nothing else: blanks, punctuation and diacritics count. (A letter with a diacritic
 * is the same letter however it is coded: composed, or followed by a combining mark.)
 */
export function fold(text: string): string {
  return text.normalize('NFC').toUpperCase();
}

/** Superseded and invalidated records can be looked up by number only. */
export function indexPopulation(population: readonly Person[]): PopulationIndex {
  const byNumber = new Map<string, Person>();
  const byDay = new Map<string, IndexedPerson[]>();
  const byYear = new Map<string, IndexedPerson[]>();
  const partlyKnown = new Map<string, IndexedPerson[]>();
  for (const person of population) {
    byNumber.set(person.nhsNumber, person);
    const { birthDate } = person;
    if (person.status !== 'current' || birthDate === undefined) continue;
    const entry = indexPerson(person, birthDate);
    const year = birthDate.slice(0, 4);
    if (birthDate.length === 8) add(byDay, birthDate, entry);
    else add(partlyKnown, year, entry);
    add(byYear, year, entry);
  }
  return {
    byNumber: (nhsNumber) => byNumber.get(nhsNumber),
    bornOn: (day) => byDay.get(day) ?? [],
    partlyKnownIn: (year) => partlyKnown.get(year) ?? [],
    bornIn: (year) => byYear.get(year) ?? [],
    otherThan: (nhsNumber) =>
      population.find((person) => person.status === 'current' && person.nhsNumber !== nhsNumber),
  };
}

function indexPerson(person: Person, birthDate: string): IndexedPerson {
  const { familyName, givenName, otherGivenNames, postcode } = person;
  const written = otherGivenNames === undefined ? undefined : `${givenName} ${otherGivenNames}`;
  return {
    person,
    birthDate,
    gender: person.gender ?? '',
    familyNames: folded([familyName, ...(person.previousFamilyNames ?? [])]),
    givenNames: givenName === undefined ? [] : folded([givenName, written]),
    postcodes: folded([postcode, ...(person.previousPostcodes ?? [])]),
  };
}

function folded(values: readonly (string | undefined)[]): readonly string[] {
  return values.filter((value) => value !== undefined).map(fold);
}

function add<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
