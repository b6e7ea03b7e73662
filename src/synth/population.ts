import { areCommonNames } from './common-names.ts';
import { isDate } from './dates.ts';
import { drawHousehold, drawNamesake } from './households.ts';
import { numbersInSeededOrder, usableNumbers } from './numbers.ts';
import type { Person, PersonContext } from './person.ts';
import { drawPostcode } from './places.ts';
import type { PopulationEntry } from './population-entry.ts';
import { between, chance, createRandom, pick, type Random } from './random.ts';

/** What to make. */
export interface PopulationOptions {
  /** The same seed gives the same people, for ever. */
  readonly seed: string | number;
  /** How many entries, superseded and invalidated ones among them: 0 to 909,090. */
  readonly count: number;
  /** YYYYMMDD: the day on which ages are what they are. */
  readonly today: string;
  /**
   * With what makes matching hard and is real: some twins have look-alike given names, and most
   * namesakes born on one day bear common names. Other people than without, from the same seed.
   */
  readonly isAdversarial?: boolean;
}

const rememberedPeople = 250;

/**
 * A synthetic population, entry by entry: memory does not grow with `count`. Members of a household
 * follow one another, and the old entries of a person follow the current one.
 * Numbers are of the 999 range and all different. Throws RangeError for a bad count or date, at once.
 */
export function makePopulation(options: PopulationOptions): Iterable<PopulationEntry> {
  const { count, today } = options;
  if (!Number.isInteger(count) || count < 0) {
    throw new RangeError(`a population needs a whole number of people, not ${count}`);
  }
  if (count > usableNumbers) {
    throw new RangeError(
      `a population of ${count} is too large: the 999 range has ${usableNumbers} usable NHS numbers`,
    );
  }
  if (!isDate(today)) throw new RangeError(`today must be a date as YYYYMMDD, not ${today}`);
  return { [Symbol.iterator]: () => entries(options) };
}

function* entries({
  seed,
  count,
  today,
  isAdversarial = false,
}: PopulationOptions): Generator<PopulationEntry> {
  const random = createRandom(`population/${seed}`);
  const numbers = numbersInSeededOrder(seed);
  let left = count;
  for (const person of people({ random, today, isAdversarial })) {
    for (const entry of numberedEntries(random, person, numbers)) {
      if (left === 0) return;
      left -= 1;
      yield entry;
    }
    if (left === 0) return;
  }
}

/** People without end: households, and now and then a namesake of somebody made not long before. */
function* people(context: PersonContext): Generator<Person> {
  const { random } = context;
  const recent: Person[] = [];
  while (true) {
    for (const person of drawHousehold(context)) {
      remember(recent, person, random);
      yield person;
    }
    if (recent.length > 0 && chance(random, 0.012))
      yield drawNamesake(context, pick(random, likelyShared(context, recent)));
  }
}

/** Whose names and birth date somebody else is likely to share: mostly people of common names. */
function likelyShared({ random, isAdversarial }: PersonContext, people: Person[]): Person[] {
  if (!isAdversarial || !chance(random, 0.85)) return people;
  const common = people.filter((one) => areCommonNames(one.family_name, one.given_name));
  return common.length === 0 ? people : common;
}

function remember(recent: Person[], person: Person, random: Random): void {
  if (recent.length < rememberedPeople) recent.push(person);
  else recent[random.below(rememberedPeople)] = person;
}

/** A person's current entry, then the rare superseded or invalidated ones. */
function* numberedEntries(
  random: Random,
  person: Person,
  numbers: Iterator<string>,
): Generator<PopulationEntry> {
  const number = nextNumber(numbers);
  if (chance(random, 0.0008)) {
    yield entry(person, number, 'invalidated');
    return;
  }
  yield entry(person, number, 'current');
  if (chance(random, 0.0055)) {
    const older = olderDetails(random, person);
    yield entry(older, nextNumber(numbers), 'superseded', number);
  }
  if (chance(random, 0.0015)) yield entry(person, nextNumber(numbers), 'invalidated');
}

/** The same person as registered a second time by mistake, some at another address or name. */
function olderDetails(random: Random, person: Person): Person {
  const [previousName] = person.previous_family_names.split('|');
  const [previousPostcode] = person.previous_postcodes.split('|');
  const familyName = chance(random, 0.5) && previousName ? previousName : person.family_name;
  const moved = chance(random, 0.5);
  return {
    ...person,
    family_name: familyName,
    postcode: moved ? previousPostcode || drawPostcode(random) : person.postcode,
    address_line_2: moved ? `${between(random, 1, 99)} Former Road` : person.address_line_2,
    is_sensitive: '',
    previous_family_names: '',
    previous_postcodes: '',
  };
}

function entry(
  person: Person,
  number: string,
  status: 'current' | 'superseded' | 'invalidated',
  supersededBy = '',
): PopulationEntry {
  return { nhs_number: number, status, superseded_by: supersededBy, ...person };
}

function nextNumber(numbers: Iterator<string>): string {
  const next = numbers.next();
  if (next.done === true) throw new RangeError('the 999 range has no more numbers');
  return next.value;
}
