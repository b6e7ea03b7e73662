import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { daysBetween } from '../../src/synth/dates.ts';
import { hasRightCheckDigit } from '../../src/synth/numbers.ts';
import { makePopulation } from '../../src/synth/population.ts';
import { type PopulationEntry, populationColumns } from '../../src/synth/population-entry.ts';

const today = '20250601';

/** Of all entries made with one seed, as they would stand in a file. */
function digest(seed: string, count: number): string {
  const hash = createHash('sha256');
  for (const entry of makePopulation({ seed, count, today })) {
    hash.update(`${populationColumns.map((column) => entry[column]).join('\u001f')}\n`);
  }
  return hash.digest('hex');
}

describe('makePopulation', () => {
  test('is the same for ever (change this digest only on purpose)', () => {
    expect(digest('pinned', 300)).toBe(
      '031447c8431c4272b6ffa8aa0227693a74c3125df7951413c1f13c0d4f16df37',
    );
  });

  test('is another for another seed, and goes on the same way when longer', () => {
    expect(digest('a', 200)).not.toBe(digest('b', 200));
    const short = [...makePopulation({ seed: 'a', count: 50, today })];
    const long = [...makePopulation({ seed: 'a', count: 80, today })];
    expect(long.slice(0, 50)).toEqual(short);
  });

  test('can be gone through twice', () => {
    const population = makePopulation({ seed: 'twice', count: 30, today });
    expect([...population]).toEqual([...population]);
  });

  test('has the count asked for, even none', () => {
    for (const count of [0, 1, 2, 7]) {
      expect([...makePopulation({ seed: 1, count, today })]).toHaveLength(count);
    }
  });

  test.each([
    [{ seed: 1, count: 909_091, today }, /909090 usable/],
    [{ seed: 1, count: -1, today }, /whole number/],
    [{ seed: 1, count: 1.5, today }, /whole number/],
    [{ seed: 1, count: 1, today: '20250230' }, /YYYYMMDD/],
  ])('refuses %j at once', (options, message) => {
    expect(() => makePopulation(options)).toThrow(message);
  });
});

describe('a population of 20,000', () => {
  let entries: readonly PopulationEntry[] = [];
  let current: readonly PopulationEntry[] = [];
  const share = (test: (entry: PopulationEntry) => boolean) =>
    entries.filter(test).length / entries.length;

  beforeAll(() => {
    entries = [...makePopulation({ seed: 'structure', count: 20_000, today })];
    current = entries.filter((entry) => entry.status === 'current');
  });

  test('has the columns of the file and no others', () => {
    for (const entry of entries.slice(0, 50)) {
      expect(Object.keys(entry)).toEqual([...populationColumns]);
    }
  });

  test('has valid, different numbers of the 999 range', () => {
    expect(new Set(entries.map((entry) => entry.nhs_number)).size).toBe(entries.length);
    const bad = entries.filter(
      ({ nhs_number }) => !hasRightCheckDigit(nhs_number) || !nhs_number.startsWith('999'),
    );
    expect(bad).toEqual([]);
  });

  test('keeps the limits of PDS and the shapes of codes', () => {
    const postcode = /^[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][ABD-HJLNP-UW-Z]{2}$|^ZZ99 [0-9][A-Z]Z$/;
    const bad = entries.filter(
      (entry) =>
        entry.family_name === '' ||
        entry.family_name.length > 35 ||
        entry.given_name === '' ||
        entry.given_name.length > 35 ||
        entry.other_given_names.length > 100 ||
        !postcode.test(entry.postcode) ||
        !/^[0129]$/.test(entry.gender) ||
        !/^(Y?)$/.test(entry.is_sensitive) ||
        !/^(Z9[0-9]{4}|V8199[789])$/.test(entry.gp_practice_code) ||
        !/^([0-9]{4}|[0-9]{6}|[0-9]{8})$/.test(entry.birth_date) ||
        entry.birth_date > today ||
        entry.death_date > today ||
        (entry.death_date !== '' &&
          entry.death_date < entry.birth_date.slice(0, entry.death_date.length)),
    );
    expect(bad).toEqual([]);
  });

  test.each([
    ['dead', 0.015, 0.045, (entry: PopulationEntry) => entry.death_date !== ''],
    ['superseded', 0.003, 0.008, (entry: PopulationEntry) => entry.status === 'superseded'],
    ['invalidated', 0.001, 0.004, (entry: PopulationEntry) => entry.status === 'invalidated'],
    ['sensitive', 0.001, 0.006, (entry: PopulationEntry) => entry.is_sensitive === 'Y'],
    ['moved', 0.25, 0.35, (entry: PopulationEntry) => entry.previous_postcodes !== ''],
    ['renamed', 0.1, 0.25, (entry: PopulationEntry) => entry.previous_family_names !== ''],
    ['gender 0', 0.0005, 0.005, (entry: PopulationEntry) => entry.gender === '0'],
    ['gender 9', 0.0005, 0.005, (entry: PopulationEntry) => entry.gender === '9'],
    ['partly dated', 0.0005, 0.005, (entry: PopulationEntry) => entry.birth_date.length < 8],
    ['homeless', 0.00001, 0.002, (entry: PopulationEntry) => entry.postcode.startsWith('ZZ99')],
  ])('has about as many %s people as it should', (_name, low, high, test) => {
    expect(share(test)).toBeGreaterThan(low);
    expect(share(test)).toBeLessThan(high);
  });

  test('replaces superseded numbers by current ones, and nothing else', () => {
    const numbers = new Set(current.map((entry) => entry.nhs_number));
    for (const entry of entries) {
      if (entry.status === 'superseded') expect(numbers.has(entry.superseded_by)).toBe(true);
      else expect(entry.superseded_by).toBe('');
    }
  });

  test('has withdrawn numbers of people with and without a current one', () => {
    const keys = new Set(current.map((entry) => `${entry.given_name}|${bornAt(entry)}`));
    const withdrawn = entries.filter((entry) => entry.status === 'invalidated');
    const paired = withdrawn.filter((entry) => keys.has(`${entry.given_name}|${bornAt(entry)}`));
    expect(paired.length).toBeGreaterThan(0);
    expect(paired.length).toBeLessThan(withdrawn.length);
  });

  test('has twins and triplets, of one gender and of two, some sharing an initial', () => {
    const groups = [...groupsBy(current, bornAt).values()].filter((group) => group.length > 1);
    const sizes = new Set(groups.map((group) => group.length));
    const [same, mixed] = [true, false].map((wanted) =>
      groups.filter((group) => (new Set(group.map(({ gender }) => gender)).size === 1) === wanted),
    );
    const initials = groups.filter(
      (group) => new Set(group.map(({ given_name }) => given_name.charAt(0))).size === 1,
    );
    expect(sizes).toEqual(new Set([2, 3]));
    expect(same?.length).toBeGreaterThan(10);
    expect(mixed?.length).toBeGreaterThan(10);
    expect(initials.length).toBeGreaterThan(5);
    for (const group of groups) {
      expect(new Set(group.map(({ given_name }) => given_name)).size).toBe(group.length);
    }
  });

  test('has fathers and sons of one name at one address', () => {
    const groups = groupsBy(
      current.filter(({ gender }) => gender === '1'),
      (entry) => `${entry.family_name}|${entry.given_name}|${entry.postcode}`,
    );
    const pairs = [...groups.values()].filter(
      ([one, two]) => one && two && yearsApart(one, two) > 17,
    );
    // About 70 come by chance, in traditions that name children as they named their parents.
    expect(pairs.length).toBeGreaterThan(120);
  });

  test('has namesakes who share birth date and gender, and live apart', () => {
    const groups = groupsBy(
      current,
      (entry) => `${entry.family_name}|${entry.given_name}|${entry.gender}|${entry.birth_date}`,
    );
    const apart = [...groups.values()].filter(
      ([one, two]) => two && one?.postcode !== two.postcode,
    );
    expect(apart.length).toBeGreaterThan(20);
  });

  test('has households, newborn babies and names of every sort', () => {
    const homes = [...groupsBy(current, ({ postcode }) => postcode).values()];
    expect(homes.filter((home) => home.length > 2).length).toBeGreaterThan(500);
    const full = current.filter((entry) => entry.birth_date.length === 8);
    const newborn = full.filter((entry) => daysBetween(entry.birth_date, today) < 42);
    expect(newborn.length).toBeGreaterThan(20);
    const names = current.map((entry) => entry.family_name);
    for (const sort of [
      /^O'/,
      /^van der /,
      /^Al-/,
      /^[A-Z][a-z]+-[A-Z]/,
      /^[A-Z][a-z]+ [A-Z]/,
      /^.{2}$/,
      /^O$/,
      /[öüńç]/,
      /^Mc /,
      /^.{20}/,
    ]) {
      expect(
        names.some((name) => sort.test(name)),
        String(sort),
      ).toBe(true);
    }
  });
});

function bornAt(entry: PopulationEntry): string {
  return `${entry.family_name}|${entry.birth_date}|${entry.postcode}`;
}

function yearsApart(one: PopulationEntry, two: PopulationEntry): number {
  return Math.abs(Number(one.birth_date.slice(0, 4)) - Number(two.birth_date.slice(0, 4)));
}

function groupsBy(
  entries: readonly PopulationEntry[],
  key: (entry: PopulationEntry) => string,
): Map<string, PopulationEntry[]> {
  const groups = new Map<string, PopulationEntry[]>();
  for (const entry of entries) groups.set(key(entry), [...(groups.get(key(entry)) ?? []), entry]);
  return groups;
}
