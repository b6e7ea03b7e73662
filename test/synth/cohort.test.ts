import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { type CohortRow, cohortDamageKinds, makeCohort } from '../../src/synth/cohort.ts';
import { type CohortStyle, cohortHeader } from '../../src/synth/cohort-style.ts';
import { hasRightCheckDigit } from '../../src/synth/numbers.ts';
import { makePopulation } from '../../src/synth/population.ts';
import type { PopulationEntry } from '../../src/synth/population-entry.ts';

const today = '20250601';
const styles: readonly CohortStyle[] = ['nightly', 'backfill', 'social-care'];
const population = [...makePopulation({ seed: 'cohort', count: 20_000, today })];
const byNumber = new Map(population.map((entry) => [entry.nhs_number, entry]));

function cohort(style: CohortStyle, count = 500, seed = 'cohort'): readonly CohortRow[] {
  return [...makeCohort({ seed, population, count, style, today })];
}

/** A row as a record from header to cell. */
function cellsByHeader(style: CohortStyle, row: CohortRow): ReadonlyMap<string, string> {
  return new Map(cohortHeader(style).map((header, at) => [header, row.cells[at] ?? '']));
}

function numberIn(style: CohortStyle, row: CohortRow): string {
  return cellsByHeader(style, row).get(style === 'nightly' ? 'NHS NUMBER' : 'NHS Number') ?? '';
}

function damageOf(row: CohortRow): readonly string[] {
  return row.truth.damage === '' ? [] : row.truth.damage.split('|');
}

describe('makeCohort', () => {
  test('is the same for ever (change this digest only on purpose)', () => {
    const hash = createHash('sha256');
    for (const style of styles) hash.update(JSON.stringify(cohort(style, 200, 'pinned')));
    expect(hash.digest('hex')).toBe(
      'b01057ff530d21e67503eaedbdac861b4e57b1d16fcb5ed4d5da18536399bd60',
    );
  });

  test('is another for another seed', () => {
    expect(cohort('nightly', 50, 'a')).not.toEqual(cohort('nightly', 50, 'b'));
  });

  test.each([
    [{ count: -1 }, /whole number/],
    [{ today: '2025-06-01' }, /YYYYMMDD/],
  ])('refuses %j at once', (fault, message) => {
    const options = { seed: 1, population, count: 1, style: 'nightly' as const, today };
    expect(() => makeCohort({ ...options, ...fault })).toThrow(message);
  });

  test('refuses a population with nobody current', () => {
    const options = { seed: 1, population: [], count: 1, style: 'nightly' as const, today };
    expect(() => [...makeCohort(options)]).toThrow(/people/);
  });

  test('works with a single person, again and again', () => {
    const [one] = population;
    const options = { seed: 1, population: one ? [one] : [], style: 'nightly' as const, today };
    const rows = [...makeCohort({ ...options, count: 300 })];
    expect(rows).toHaveLength(300);
    const owners = new Set(rows.map(({ truth }) => truth.trueNhsNumber));
    expect(owners).toEqual(new Set([one?.nhs_number, '']));
    expect(rows.flatMap(damageOf)).not.toContain('number-shared');
  });

  test('has every kind of damage in 500 rows of some style, whatever the seed', () => {
    for (const seed of ['1', '2', '3']) {
      const rows = styles.flatMap((style) => cohort(style, 500, seed));
      const seen = new Set(rows.flatMap(damageOf));
      expect(cohortDamageKinds.filter((kind) => !seen.has(kind))).toEqual([]);
    }
  });
});

describe.each(styles)('a %s cohort', (style) => {
  let rows: readonly CohortRow[] = [];
  const withDamage = (kind: string) => rows.filter((row) => damageOf(row).includes(kind));
  const copies = (row: CohortRow) => damageOf(row).includes('row-duplicated');

  beforeAll(() => {
    rows = cohort(style, 5000);
  });

  test('numbers its rows from 1 and fills every column', () => {
    expect(rows.map(({ truth }) => truth.row)).toEqual(rows.map((_, at) => at + 1));
    for (const { cells } of rows) expect(cells).toHaveLength(cohortHeader(style).length);
  });

  test('names a current number for everybody in the population, and none for others', () => {
    for (const { truth } of rows) {
      if (truth.isInPopulation) {
        expect(byNumber.get(truth.trueNhsNumber)?.status).toBe('current');
      } else {
        expect(truth.trueNhsNumber).toBe('');
      }
    }
  });

  test('has about 4 in 100 people who are not in the population', () => {
    const strangers = rows.filter((row) => /not-|registered/.test(row.truth.damage));
    expect(strangers.length / rows.length).toBeGreaterThan(0.03);
    expect(strangers.length / rows.length).toBeLessThan(0.05);
    for (const { truth } of strangers) expect(truth.isInPopulation).toBe(false);
  });

  test('an undamaged row holds the details of the person whom the truth names', () => {
    const clean = rows.filter((row) => row.truth.damage === '');
    expect(clean.length).toBeGreaterThan(100);
    for (const row of clean) {
      const owner = byNumber.get(row.truth.trueNhsNumber);
      expect(row.cells).toContain(owner?.family_name);
      expect(row.cells).toContain(owner?.given_name);
      expect(row.cells).toContain(owner?.postcode);
      if (style !== 'backfill') expect(numberIn(style, row)).toBe(row.truth.trueNhsNumber);
    }
  });

  test('nobody comes twice unless the truth says so', () => {
    const own = rows.filter((row) => row.truth.isInPopulation && row.truth.note === '');
    const numbers = own.map((row) => row.truth.trueNhsNumber);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test('a copied row equals the row that the truth names, and has its truth', () => {
    const copied = rows.filter(copies);
    expect(copied.length).toBeGreaterThan(5);
    for (const row of copied) {
      const original = rows[Number(row.truth.note.replace('same as row ', '')) - 1];
      expect(row.cells).toEqual(original?.cells);
      expect(row.truth.trueNhsNumber).toBe(original?.truth.trueNhsNumber);
    }
  });

  test('a person who comes again is spelt in another way and has another local identifier', () => {
    const again = withDamage('same-person-again').filter((row) => !copies(row));
    expect(again.length).toBeGreaterThan(5);
    for (const row of again) {
      const original = rows[Number(row.truth.note.replace('same person as row ', '')) - 1];
      expect(row.truth.trueNhsNumber).toBe(original?.truth.trueNhsNumber);
      expect(row.cells[0]).not.toBe(original?.cells[0]);
    }
  });

  test('strangers who resemble somebody are not to be told apart by names and birth date', () => {
    const namesakes = withDamage('namesake-not-in-population').filter((row) => !copies(row));
    expect(namesakes.length).toBeGreaterThan(5);
    for (const row of namesakes) {
      const base = byNumber.get(row.truth.note.replace('namesake of ', ''));
      expect(row.cells).toContain(base?.family_name);
      expect(row.cells).toContain(base?.given_name);
      expect(row.cells).not.toContain(base?.postcode);
    }
    for (const row of withDamage('twin-not-registered').filter((row) => !copies(row))) {
      const base = byNumber.get(row.truth.note.replace('unregistered twin of ', ''));
      expect(row.cells).toContain(base?.family_name);
      expect(row.cells).toContain(base?.postcode);
      expect(row.cells).not.toContain(base?.given_name);
    }
    for (const row of withDamage('son-not-registered').filter((row) => !copies(row))) {
      const base = byNumber.get(row.truth.note.replace('unregistered son of ', ''));
      expect(row.cells).toContain(base?.family_name);
      expect(row.cells).toContain(base?.given_name);
      expect(row.cells).toContain(base?.postcode);
    }
  });
});

test.each(['nightly', 'social-care'] as const)(
  'wrong numbers of a %s cohort are what the truth says',
  (style) => {
    const rows = cohort(style, 5000);
    const check: Readonly<Record<string, (number: string, owner: PopulationEntry) => boolean>> = {
      'number-of-twin': (number, owner) => {
        const twin = byNumber.get(number);
        return twin?.birth_date === owner.birth_date && twin.given_name !== owner.given_name;
      },
      'number-superseded': (number, owner) =>
        byNumber.get(number)?.superseded_by === owner.nhs_number,
      'number-invalidated': (number) => byNumber.get(number)?.status === 'invalidated',
      'number-of-nobody': (number) => hasRightCheckDigit(number) && !byNumber.has(number),
      'number-of-other-person': (number, owner) =>
        byNumber.get(number)?.status === 'current' && number !== owner.nhs_number,
      'number-bad-check-digit': (number) => !hasRightCheckDigit(number) && number.length === 10,
      'number-digits-transposed': (number) => !hasRightCheckDigit(number) && number.length === 10,
      'number-spaces': (number, owner) => number.replaceAll(' ', '') === owner.nhs_number,
      'number-missing': (number) => number === '',
      'number-shared': (number, owner) => number !== owner.nhs_number && byNumber.has(number),
    };
    for (const [kind, isAsSaid] of Object.entries(check)) {
      const found = rows.filter((row) => damageOf(row).includes(kind));
      expect(found.length, kind).toBeGreaterThan(5);
      for (const row of found) {
        const owner = byNumber.get(row.truth.trueNhsNumber);
        expect(
          owner !== undefined && isAsSaid(numberIn(style, row), owner),
          `${kind} ${row.truth.row}`,
        ).toBe(true);
      }
    }
  },
);

test('the styles differ as they should', () => {
  const share = (style: CohortStyle, column: string, empty = '') => {
    const cells = cohort(style, 2000).map((row) => cellsByHeader(style, row).get(column));
    return cells.filter((cell) => cell === empty).length / cells.length;
  };
  expect(share('nightly', 'NHS NUMBER')).toBeLessThan(0.12);
  expect(cohortHeader('backfill').join()).not.toMatch(/nhs/i);
  expect(share('social-care', 'NHS Number')).toBeGreaterThan(0.45);
  expect(share('social-care', 'Postcode')).toBeGreaterThan(0.08);
  expect(share('social-care', 'DOB Estimated', 'Y')).toBeGreaterThan(0.03);
});
