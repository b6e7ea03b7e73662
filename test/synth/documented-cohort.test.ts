/** The documented rates are what a cohort shows, and the adversarial population what it should. */
import { describe, expect, test } from 'vitest';
import { type CohortOptions, makeCohort } from '../../src/synth/cohort.ts';
import { type CohortStyle, draftOfCells, layoutOf } from '../../src/synth/cohort-style.ts';
import { areCommonNames } from '../../src/synth/common-names.ts';
import { damageKinds, rateIn } from '../../src/synth/damage-kinds.ts';
import { writingKinds } from '../../src/synth/documented-mishaps.ts';
import { createJudge } from '../../src/synth/evidence.ts';
import { type JudgedRow, makeJudgedCohort } from '../../src/synth/judged-cohort.ts';
import { lookAlikeOf } from '../../src/synth/look-alikes.ts';
import { makePopulation } from '../../src/synth/population.ts';
import type { PopulationEntry } from '../../src/synth/population-entry.ts';

const today = '20250601';
const ROWS = 20_000;
const styles: readonly CohortStyle[] = ['nightly', 'backfill', 'social-care'];
const population = [
  ...makePopulation({ seed: 'documented', count: 90_000, today, isAdversarial: true }),
];
const judge = createJudge(population);
const byNumber = new Map(population.map((entry) => [entry.nhs_number, entry]));

function optionsOf(style: CohortStyle, times: number, count = ROWS, seed = 'rates'): CohortOptions {
  return { seed, population, count, style, today, rates: { kind: 'documented', times } };
}

const made = new Map<string, readonly JudgedRow[]>();
function cohort(style: CohortStyle, times: number): readonly JudgedRow[] {
  const key = `${style} ${times}`;
  const rows = made.get(key) ?? [...makeJudgedCohort(optionsOf(style, times), judge)];
  made.set(key, rows);
  return rows;
}

function damageOf({ truth }: JudgedRow): readonly string[] {
  return truth.damage.split('|');
}

function personOf({ truth }: JudgedRow): PopulationEntry | undefined {
  return byNumber.get(truth.trueNhsNumber);
}

/** So many in 100 of the rows carry one of the kinds, within five standard deviations. */
function expectRate(
  rows: readonly JudgedRow[],
  kinds: readonly string[],
  per100: number,
  name = kinds.join(' or '),
): void {
  const count = rows.filter((row) => damageOf(row).some((kind) => kinds.includes(kind))).length;
  const expected = (rows.length * per100) / 100;
  const slack = 5 * Math.sqrt(expected * (1 - per100 / 100)) + 1;
  const of = `${name}: ${count} of ${rows.length}, not ${expected}`;
  expect(count, of).toBeGreaterThan(expected - slack);
  expect(count, of).toBeLessThan(expected + slack);
}

describe.each(styles.flatMap((style) => [1, 3].map((times) => [style, times] as const)))(
  'a %s cohort, %i times',
  (style, times) => {
    const own = () => cohort(style, times).filter(({ truth }) => truth.isInPopulation);
    const without = (...kinds: readonly string[]) =>
      own().filter((row) => !damageOf(row).some((kind) => kinds.includes(kind)));

    test('given names', () => {
      const sparse = style === 'social-care';
      const unswapped = without('names-swapped');
      expectRate(own(), ['names-swapped'], 0.19 * times);
      expectRate(unswapped, ['given-name-missing'], (sparse ? 2 : 0.2) * times);
      expectRate(unswapped, ['given-name-initial'], (sparse ? 1.5 : 0.3) * times);
      const held = without('names-swapped', 'given-name-missing', 'given-name-initial');
      expectRate(held, ['given-name-slip'], 0.87 * times);
      const wrong = ['nickname', 'given-name-middle', 'given-name-other'];
      expectRate(held, wrong, 0.6 * times);
    });

    test('family names, of women and of men', () => {
      const held = without('names-swapped');
      const wrong = ['previous-family-name', 'family-name-slip', 'family-name-other'];
      const women = held.filter((row) => personOf(row)?.gender === '2');
      const others = held.filter((row) => personOf(row)?.gender !== '2');
      expectRate(women, wrong, 5.67 * times, 'wrong family names of women');
      expectRate(women, ['previous-family-name'], 5.67 * 0.7 * times, 'previous ones of women');
      expectRate(others, wrong, 1.34 * times, 'wrong family names of others');
    });

    test('birth dates', () => {
      const sparse = style === 'social-care';
      expectRate(own(), ['birth-date-missing'], (sparse ? 1 : 0.2) * times);
      expectRate(own(), ['birth-date-estimated'], sparse ? 2 * times : 0);
      const held = without('birth-date-missing', 'birth-date-estimated');
      const partial = ['birth-date-digit-wrong', 'birth-date-exchanged'];
      expectRate(held, [...partial, 'birth-date-other'], 0.49 * times);
      expectRate(held, partial, 0.49 * 0.93 * times);
    });

    test('genders', () => {
      expectRate(own(), ['gender-missing'], (style === 'social-care' ? 3 : 0.5) * times);
      expectRate(without('gender-missing'), ['gender-wrong'], 0.33 * times);
    });

    test('postcodes', () => {
      const different = Math.min(75, 30 * times);
      expectRate(own(), ['postcode-missing'], (style === 'social-care' ? 8 : 1) * times);
      expectRate(own(), ['postcode-pseudo'], 0.02 * times);
      const held = without('postcode-missing', 'postcode-pseudo');
      expectRate(held, ['postcode-slip'], 0.97 * times);
      expectRate(held, ['postcode-old', 'postcode-unknown'], different);
      const movers = held.filter((row) => personOf(row)?.previous_postcodes !== '');
      expectRate(movers, ['postcode-old'], (different * 2) / 3, 'old postcodes of who has one');
    });

    test('numbers', () => {
      const errors: readonly (readonly [readonly string[], number])[] = [
        [['number-bad-check-digit', 'number-digits-transposed', 'number-nine-digits'], 0.5],
        [['number-of-other-person'], 0.05],
        [['number-of-twin'], 0.02],
        [['number-superseded'], 0.3],
        [['number-invalidated'], 0.05],
        [['number-of-nobody'], 0.05],
      ];
      const missing = { nightly: 5, backfill: 0, 'social-care': 60 }[style];
      expectRate(own(), ['number-missing'], missing);
      const held = without('number-missing');
      for (const [kinds, per100] of errors) {
        expectRate(held, kinds, style === 'backfill' ? 0 : per100 * times);
      }
    });

    test('ways of writing do not come more often', () => {
      for (const kind of damageKinds.filter((one) => writingKinds.has(one.kind))) {
        const field = kind.touches[0];
        const isNumber = field === 'nhsNumber';
        if (isNumber && style === 'backfill') continue;
        const held = cohort(style, times).filter((row) => {
          if (!row.truth.isInPopulation) return false;
          const draft = draftOfCells(row.cells, layoutOf(style));
          return field === undefined || field === 'notes' || draft[field].trim() !== '';
        });
        const count = held.filter((row) => damageOf(row).includes(kind.kind)).length;
        const expected = (held.length * rateIn(style, kind)) / 100;
        expect(count, kind.kind).toBeLessThan(expected + 5 * Math.sqrt(expected) + 1);
        if (kind.kind === 'postcode-letters-for-digits') continue; // Most postcodes have neither digit.
        expect(count, kind.kind).toBeGreaterThanOrEqual(0.9 * expected - 5 * Math.sqrt(expected));
      }
    });

    test('strangers are as rare as they are, whatever the errors', () => {
      const all = cohort(style, times);
      expectRate(all, ['not-in-population'], 2);
      expectRate(all, ['twin-not-registered'], 0.05);
      expectRate(all, ['child-not-registered'], 0.1);
      expectRate(all, ['namesake-not-in-population'], 0.1);
      const known = all.filter(({ truth }) => truth.isInPopulation);
      for (const { truth } of known) expect(truth.trueNhsNumber).not.toBe('');
    });
  },
);

describe('strangers who resemble somebody', () => {
  const strangers = (kind: string) =>
    styles
      .flatMap((style) =>
        [1, 3].flatMap((times) =>
          cohort(style, times).map((row) => ({
            row,
            draft: draftOfCells(row.cells, layoutOf(style)),
          })),
        ),
      )
      .filter(({ row }) => row.truth.damage === kind)
      .map(({ row, draft }) => {
        const base = byNumber.get(/[0-9]{10}$/.exec(row.truth.note)?.[0] ?? '');
        if (base === undefined) throw new Error(`nobody is resembled by ${row.truth.note}`);
        return { draft, base, evidence: row.evidence };
      });

  test('namesakes have common names and live elsewhere', () => {
    const namesakes = strangers('namesake-not-in-population');
    expect(namesakes.length).toBeGreaterThan(10);
    for (const { draft, base } of namesakes) {
      expect([draft.familyName, draft.givenName]).toEqual([base.family_name, base.given_name]);
      expect(areCommonNames(base.family_name, base.given_name)).toBe(true);
      expect([base.postcode, ...base.previous_postcodes.split('|')]).not.toContain(draft.postcode);
    }
  });

  test('children have the names of a parent of their gender, at one address', () => {
    const children = strangers('child-not-registered');
    expect(new Set(children.map(({ base }) => base.gender))).toEqual(new Set(['1', '2']));
    for (const { draft, base } of children) {
      expect([draft.familyName, draft.givenName, draft.postcode]).toEqual([
        base.family_name,
        base.given_name,
        base.postcode,
      ]);
    }
  });

  test('some twins have look-alike names; none the same', () => {
    const twins = strangers('twin-not-registered');
    for (const { draft, base } of twins) expect(draft.givenName).not.toBe(base.given_name);
    const alike = twins.filter(
      ({ draft, base }) => lookAlikeOf(base.given_name) === draft.givenName,
    );
    expect(alike.length).toBeGreaterThan(5);
    expect(alike.length).toBeLessThan(twins.length);
  });

  test('nobody can identify them', () => {
    for (const kind of ['namesake-not-in-population', 'child-not-registered']) {
      for (const { evidence } of strangers(kind)) expect(evidence.canBeIdentified).toBe(false);
    }
  });
});

describe('with few people', () => {
  const few = population.slice(0, 2000);
  const rowsOf = (times: number, seed: string) => [
    ...makeCohort({ ...optionsOf('nightly', times, 300, seed), population: few }),
  ];

  test('the same seed gives the same rows; another seed or number of times, others', () => {
    expect(rowsOf(1, 'a')).toEqual(rowsOf(1, 'a'));
    expect(rowsOf(1, 'a')).not.toEqual(rowsOf(1, 'b'));
    expect(rowsOf(1, 'a')).not.toEqual(rowsOf(3, 'a'));
  });

  test('the demonstration rates are what comes when nothing is said', () => {
    const { rates, ...options } = { ...optionsOf('nightly', 1, 300), population: few };
    expect(rates?.kind).toBe('documented');
    const demonstration = [...makeCohort({ ...options, rates: { kind: 'demonstration' } })];
    expect([...makeCohort(options)]).toEqual(demonstration);
  });

  test('rows are judged by what stands in their cells', () => {
    const options = { ...optionsOf('backfill', 3, 300), population: few };
    const layout = layoutOf('backfill');
    const judgeOfFew = createJudge(few);
    for (const { cells, truth, evidence } of makeJudgedCohort(options)) {
      expect(evidence).toEqual(judgeOfFew(draftOfCells(cells, layout), truth.trueNhsNumber));
    }
  });
});

test.each([0, -1, 6, Number.NaN])('refuses %d times', (times) => {
  expect(() => makeCohort(optionsOf('nightly', times))).toThrow(/times as often/);
});

test('a row as it should be can be identified, unless PDS lacks gender or full birth date', () => {
  const clean = cohort('backfill', 1).filter(({ truth }) => truth.damage === '');
  expect(clean.length).toBeGreaterThan(5000);
  for (const row of clean) {
    const person = personOf(row);
    const isWhole = /^[12]$/.test(person?.gender ?? '') && person?.birth_date.length === 8;
    const isHomeless = person?.postcode.startsWith('ZZ99') ?? false;
    if (!isHomeless) expect(row.evidence.canBeIdentified, row.cells.join()).toBe(isWhole);
  }
});

describe('an adversarial population', () => {
  const current = population.filter(({ status }) => status === 'current');

  test('has twins of look-alike names', () => {
    const births = new Map(
      current.map((one) => [
        `${one.family_name}|${one.birth_date}|${one.postcode}|${one.given_name}`,
        one,
      ]),
    );
    const alike = current.filter((one) => {
      const other = lookAlikeOf(one.given_name);
      return births.has(`${one.family_name}|${one.birth_date}|${one.postcode}|${other}`);
    });
    expect(alike.length).toBeGreaterThan(40);
  });

  test('has namesakes born on one day, most of them with common names', () => {
    const shared = new Map<string, PopulationEntry[]>();
    for (const one of current) {
      const key = `${one.family_name}|${one.given_name}|${one.gender}|${one.birth_date}`;
      shared.set(key, [...(shared.get(key) ?? []), one]);
    }
    const pairs = [...shared.values()].filter((group) => group.length > 1);
    const common = pairs.filter(([one]) =>
      areCommonNames(one?.family_name ?? '', one?.given_name ?? ''),
    );
    expect(pairs.length).toBeGreaterThan(100);
    expect(common.length / pairs.length).toBeGreaterThan(0.75);
  });

  test.each([
    ['sensitive', 0.001, (one: PopulationEntry) => one.is_sensitive === 'Y'],
    ['double-barrelled', 0.01, (one: PopulationEntry) => /^\p{L}+-\p{L}+$/u.test(one.family_name)],
    ['middle names', 0.5, (one: PopulationEntry) => one.other_given_names !== ''],
  ])('has %s', (_name, least, isSo) => {
    expect(current.filter(isSo).length / current.length).toBeGreaterThan(least);
  });
});

test.each([
  ['Smith', 'John', true],
  ['Kaur', 'Gurpreet', true],
  ['Smith', 'Zoltan', false],
  ['Papakonstantinopoulou', 'José', false],
  ['Smith', 'Fatima', false],
])('%s, %s: common %s', (familyName, givenName, isCommon) => {
  expect(areCommonNames(familyName, givenName)).toBe(isCommon);
});
