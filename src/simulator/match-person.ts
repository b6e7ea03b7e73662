/** Who is meant: number look-ups with a cross-check, and searches, by the rules of PDS over an SMSP. */
import { isNewStyleNumber, type Person } from './person.ts';
import {
  fold,
  type IndexedPerson,
  indexPopulation,
  type PopulationIndex,
} from './population-index.ts';
import type { Query } from './query.ts';

/** The response code, and the person when there is exactly one and the code allows to name them. */
export interface Verdict {
  readonly code: MatchCode;
  readonly person?: Person;
}

export type MatchCode =
  | 'SMSP-0000'
  | 'DEMOG-0001'
  | 'DEMOG-0007'
  | 'DEMOG-0017'
  | 'DEMOG-0022'
  | 'DEMOG-0040'
  | 'DEMOG-0042';

export interface Matcher {
  /** By number and date of birth, with the names when they were sent. */
  checkNumber(query: Query, nhsNumber: string): Verdict;
  /** By family name, date of birth and gender, narrowed by given name and postcode when sent. */
  search(query: Query): Verdict;
  /** Somebody else: the first current person with another number; absent when there is none. */
  otherThan(nhsNumber: string): Person | undefined;
}

/** SMSP Response Codes 1.0: 0 people found is DEMOG-0001; more than one, DEMOG-0007. */
export function createMatcher(population: readonly Person[]): Matcher {
  const index = indexPopulation(population);
  return {
    checkNumber: (query, nhsNumber) => checkNumber(index, query, nhsNumber),
    search: (query) => search(index, query),
    otherThan: index.otherThan,
  };
}

/**
 * A superseded number goes on with the surviving record, which is cross-checked in its place.
 * A number of another form than the new-style one is DEMOG-0042 before anything is looked up.
 */
function checkNumber(index: PopulationIndex, query: Query, nhsNumber: string): Verdict {
  if (!isNewStyleNumber(nhsNumber)) return { code: 'DEMOG-0042' };
  const record = index.byNumber(nhsNumber);
  if (record === undefined) return { code: 'DEMOG-0001' };
  const survivor = survivorOf(record, index);
  if (survivor?.status !== 'current') return { code: 'DEMOG-0022' };
  if (!isCrossCheckPassed(survivor, query)) return { code: 'DEMOG-0040' };
  return { code: survivor === record ? 'SMSP-0000' : 'DEMOG-0017', person: survivor };
}

function survivorOf(record: Person, index: PopulationIndex): Person | undefined {
  const passed = new Set<Person>();
  let survivor: Person | undefined = record;
  while (survivor?.supersededBy !== undefined && !passed.has(survivor)) {
    passed.add(survivor);
    survivor = index.byNumber(survivor.supersededBy);
  }
  return survivor;
}

/**
 * The same full date of birth is enough, whatever the names. Otherwise two of its three parts, the
 * first three characters of a family name (current or previous) and the forename initial must agree.
 */
function isCrossCheckPassed(person: Person, query: Query): boolean {
  const birthDate = person.birthDate ?? '';
  if (birthDate === query.birthDate) return true;
  if (equalDateParts(birthDate, query.birthDate) < 2) return false;
  const familyNames = [person.familyName, ...(person.previousFamilyNames ?? [])];
  const isFamilyNameAgreed = familyNames.some((name) => agrees(name, query.familyName, 3));
  return isFamilyNameAgreed && agrees(person.givenName, query.givenName, 1);
}

function equalDateParts(held: string, sent: string): number {
  const parts = [
    [0, 4],
    [4, 6],
    [6, 8],
  ] as const;
  return parts.filter(([from, to]) => {
    const part = held.slice(from, to);
    return part !== '' && part === sent.slice(from, to);
  }).length;
}

function agrees(held: string | undefined, sent: string | undefined, length: number): boolean {
  if (!held || !sent) return false;
  return fold(held).slice(0, length) === fold(sent).slice(0, length);
}

function search(index: PopulationIndex, query: Query): Verdict {
  const hits = candidates(index, query).filter(matcherOf(query));
  const [first, second] = hits;
  if (first === undefined) return { code: 'DEMOG-0001' };
  if (second !== undefined) return { code: 'DEMOG-0007' };
  return { code: 'SMSP-0000', person: first.person };
}

/**
 * Everybody whose date of birth agrees. Only getNHSNumber knows dates without day or month: they are
 * compared at the coarser precision of the two, so 200504 is every day of April 2005.
 */
function candidates(index: PopulationIndex, query: Query): readonly IndexedPerson[] {
  const { birthDate } = query;
  if (query.operation !== 'getNHSNumber') return index.bornOn(birthDate);
  const year = birthDate.slice(0, 4);
  const isFull = birthDate.length === 8;
  const near = isFull
    ? [...index.bornOn(birthDate), ...index.partlyKnownIn(year)]
    : index.bornIn(year);
  return near.filter((entry) => {
    const precision = Math.min(entry.birthDate.length, birthDate.length);
    return entry.birthDate.slice(0, precision) === birthDate.slice(0, precision);
  });
}

function matcherOf(query: Query): (entry: IndexedPerson) => boolean {
  const isFamilyName = textMatcher(query.familyName);
  const isGivenName = textMatcher(query.givenName);
  const isPostcode = textMatcher(query.postcode);
  return (entry) =>
    entry.gender === query.gender &&
    isFamilyName(entry.familyNames) &&
    isGivenName(entry.givenNames) &&
    isPostcode(entry.postcodes) &&
    !(entry.person.isSensitive && query.postcode !== undefined);
}

/** Compares one sent value with the values held; nothing sent narrows nothing. `*` is any text. */
function textMatcher(sent: string | undefined): (held: readonly string[]) => boolean {
  if (sent === undefined) return () => true;
  const folded = fold(sent);
  const star = folded.indexOf('*');
  if (star === -1) return (held) => held.includes(folded);
  const [start, end] = [folded.slice(0, star), folded.slice(star + 1)];
  const isMatch = (value: string) =>
    value.length >= start.length + end.length && value.startsWith(start) && value.endsWith(end);
  return (held) => held.some(isMatch);
}
