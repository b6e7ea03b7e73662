/**
 * Small random registers in which people share what people share (twins, namesakes, relatives under
 * one roof), and rows about one of them that were damaged as rows are. For property tests.
 */
import fc from 'fast-check';
import type { Register, Registered } from './register.ts';
import { type Row, testNumbers } from './search.ts';

export interface World {
  readonly register: Register;
  /** Whose row it is; in the register or not. */
  readonly person: Registered;
  readonly row: Row;
}

interface Pools {
  readonly givenNames: readonly string[];
  readonly familyNames: readonly string[];
}

/** Names that a careless rule would take for each other. */
const ALIKE: Pools = {
  givenNames: [
    ...['Rowan', 'Rosalind', 'Rosalnid', 'William', 'Bill', 'Stephen', 'Steven', 'Steve', 'Marian'],
    ...['Marion', 'John', 'Mary', 'Rose', 'R', 'BABY'],
  ],
  familyNames: [
    ...['Smith', 'Thackeray', 'Thackery', "O'Neill", 'ONEILL', 'Blackwood-Hale', 'Blackwood'],
    ...['Hale', 'Rowan', 'Patel'],
  ],
};

/** Names that nobody could take for each other, whatever is done to one letter of them. */
export const APART: Pools = {
  givenNames: ['Rosalind', 'Gwendolen', 'Bartholomew', 'Quentin', 'Imogen', 'Zebulon'],
  familyNames: ['Thackeray', 'Underhill', 'Smith', 'Blackwood-Hale', "O'Neill", 'Patel'],
};

const DATES = ['19810917', '19810917', '19810918', '19810307', '19810703', '19820101', '20260901'];
const POSTCODES = ['LS6 1AA', 'LS6 1AB', 'LS7 2AA', 'BS3 2BB', 'NE1 7RU'];
const NUMBERS = testNumbers(12);

const some = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
/** Once in so many times. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>, times = 6): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

/** Somebody new, or somebody like one who is there: a twin, a sister, a neighbour, a namesake. */
interface Birth {
  readonly person: Omit<Registered, 'nhsNumber'>;
  /** What is taken over from somebody who is there already. */
  readonly shares: readonly (keyof Registered)[];
  readonly like: number;
}

const SHARED = [
  ['familyName', 'formerFamilyNames', 'birthDate', 'gender', 'postcode', 'formerPostcodes'], // twin
  ['familyName', 'birthDate', 'postcode'], // twin of the other sex
  ['familyName', 'birthDate', 'gender'], // twin who has moved, or somebody of the same name
  ['familyName', 'givenNames', 'birthDate', 'gender'], // namesake
  ['familyName', 'givenNames', 'gender', 'postcode'], // father and son
  ['familyName', 'gender', 'postcode'],
  ['postcode'],
  [],
] as const satisfies readonly (readonly (keyof Registered)[])[];

function births({ givenNames, familyNames }: Pools): fc.Arbitrary<Birth> {
  const person: fc.Arbitrary<Birth['person']> = fc
    .record({
      familyName: some(...familyNames),
      formerFamilyNames: seldom(
        some(...familyNames).map((name) => [name]),
        4,
      ),
      givenNames: fc.array(some(...givenNames), { minLength: 1, maxLength: 2 }),
      birthDate: some(...DATES),
      gender: some('1' as const, '2' as const, '2' as const),
      postcode: some(...POSTCODES),
      formerPostcodes: seldom(
        some(...POSTCODES).map((postcode) => [postcode]),
        3,
      ),
      isSensitive: seldom(fc.constant(true as const)),
      isWithdrawn: seldom(fc.constant(true as const), 20),
    })
    .map(present);
  return fc.record({ person, shares: some<Birth['shares']>(...SHARED), like: fc.nat({ max: 7 }) });
}

type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Without the fields that hold nothing. */
function present<T extends object>(value: T): Present<T> {
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(fields) as Present<T>;
}

function grow(all: readonly Birth[]): readonly Registered[] {
  const people: Registered[] = [];
  for (const { person, shares, like } of all) {
    const other = people[like % Math.max(1, people.length)];
    const taken = shares.map((field) => [field, other?.[field] ?? undefined] as const);
    const shared = other === undefined ? {} : present(Object.fromEntries(taken));
    const nhsNumber = NUMBERS[people.length];
    if (nhsNumber !== undefined) people.push({ ...person, ...shared, nhsNumber });
  }
  return people;
}

/** The row of a person without any mistake. */
export function rowOf(person: Registered): Row {
  const { familyName, givenNames, birthDate, gender, postcode } = person;
  const [givenName, ...others] = givenNames;
  const otherGivenNames = others.length === 0 ? undefined : others.join(' ');
  return present<Row>({ familyName, givenName, otherGivenNames, birthDate, gender, postcode });
}

type Damage = (row: Row) => Row;

/** One letter exchanged with the next, never the first. */
function slip(name: string): string {
  const [a = '', b = ''] = [name.charAt(2), name.charAt(3)];
  return `${name.slice(0, 2)}${b}${a}${name.slice(4)}`;
}

const EXCHANGED = /^(....)(..)(..)$/;

/** What happens to rows. Those that leave the given name as it is come first. */
function damages({ familyNames }: Pools): readonly fc.Arbitrary<Damage>[] {
  const set = (field: keyof Row, values: readonly string[]): fc.Arbitrary<Damage> =>
    some(...values).map((value) => (row) => ({ ...row, [field]: value }));
  const drop = (field: keyof Row): Damage => {
    return (row) => ({ ...row, [field]: undefined });
  };
  return [
    set('postcode', POSTCODES),
    set('previousPostcode', POSTCODES),
    set('familyName', familyNames),
    set('previousFamilyName', familyNames),
    set('birthDate', DATES),
    set('nhsNumber', NUMBERS),
    set('nhsNumber', NUMBERS.slice(0, 4)),
    fc.constant((row) => ({
      ...row,
      birthDate:
        Number(row.birthDate?.slice(6)) > 12
          ? row.birthDate
          : row.birthDate?.replace(EXCHANGED, '$1$3$2'),
    })),
    fc.constant((row) => ({ ...row, familyName: slip(row.familyName ?? '') })),
    fc.constant((row) => ({ ...row, familyName: row.givenName, givenName: row.familyName })),
    fc.constantFrom<Damage>(
      drop('postcode'),
      drop('otherGivenNames'),
      drop('gender'),
      drop('familyName'),
    ),
  ];
}

const slipped: Damage = (row) => ({ ...row, givenName: slip(row.givenName ?? '') });
const initialled: Damage = (row) => ({ ...row, givenName: row.givenName?.charAt(0) });
const unnamed: Damage = (row) => ({ ...row, givenName: undefined });

export interface WorldOptions {
  readonly pools?: Pools;
  /** Whether the row's person is in the register; either, when left out. */
  readonly isRegistered?: boolean;
  /** Whether the row still holds the whole given name, one slip aside; not always, when left out. */
  readonly isNamed?: boolean;
}

export function worlds({
  pools = ALIKE,
  isRegistered,
  isNamed = false,
}: WorldOptions = {}): fc.Arbitrary<World> {
  const usual = damages(pools);
  const named = fc.oneof(...usual, fc.constant(slipped));
  const any = fc.oneof(
    { weight: 3, arbitrary: named },
    { weight: 1, arbitrary: fc.constantFrom(initialled, unnamed, withOtherName(pools)) },
  );
  return fc
    .record({
      born: fc.array(births(pools), { minLength: 1, maxLength: 7 }),
      whose: fc.nat({ max: 6 }),
      hasNumber: fc.boolean(),
      isMissing: isRegistered === undefined ? some(false, false, true) : fc.constant(!isRegistered),
      damage: fc.array(isNamed ? named : any, { maxLength: 2 }),
      merged: seldom(fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 6 })), 3),
    })
    .map(({ born, whose, hasNumber, isMissing, damage, merged }) => {
      const people = grow(born);
      const person = people[whose % people.length] as Registered;
      const others = isMissing ? people.filter((one) => one !== person) : people;
      const own = hasNumber ? { nhsNumber: person.nhsNumber } : {};
      const row = damage.reduce((now, change) => change(now), { ...rowOf(person), ...own });
      return { register: merge(others, merged), person, row: present(row) };
    });
}

function withOtherName({ givenNames }: Pools): Damage {
  return (row) => ({ ...row, givenName: givenNames[(row.familyName ?? '').length] ?? 'Rowan' });
}

/** One of two numbers goes over to the other, as when two records of one person are merged. */
function merge(people: Register, pair: readonly [number, number] | undefined): Register {
  if (pair === undefined || people.length < 2) return people;
  const [gone, kept] = [people[pair[0] % people.length], people[pair[1] % people.length]];
  if (gone === undefined || kept === undefined || gone === kept) return people;
  return people.map((one) => (one === gone ? { ...one, supersededBy: kept.nhsNumber } : one));
}
