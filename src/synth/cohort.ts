import type { CohortRates } from './cohort-rates.ts';
import {
  type Bench,
  duplicateRow,
  emptyRow,
  type MadeRow,
  ordinaryRow,
  type RowMaker,
  samePersonRow,
  sharedNumberRow,
  strangerRow,
  type Workshop,
} from './cohort-row.ts';
import { type CohortStyle, cellsOf, hasNumbers, layoutOf } from './cohort-style.ts';
import { damageKinds, rateIn } from './damage-kinds.ts';
import { isDate } from './dates.ts';
import { documentedRow, openDocumentedBench } from './documented-row.ts';
import { documentedStranger } from './documented-strangers.ts';
import { createDrawer } from './drawer.ts';
import { indexPeople } from './people-index.ts';
import type { CohortSource } from './population-entry.ts';
import { createRandom } from './random.ts';
import { createSchedule } from './schedule.ts';
import { makeInvalidatedOnly, makeNamesake, makeSon, makeStranger, makeTwin } from './strangers.ts';
import type { TruthRow } from './truth.ts';

/** What to make. */
export interface CohortOptions {
  /** The same seed and population give the same rows, for ever. */
  readonly seed: string | number;
  /** The entries that people are drawn from; held in memory. At least one is current. */
  readonly population: Iterable<CohortSource>;
  /** How many data rows, 0 or more. More than there are people: people come again. */
  readonly count: number;
  readonly style: CohortStyle;
  /** YYYYMMDD: the day on which ages are what they are; the population's, usually. */
  readonly today: string;
  /** Demonstration when absent. */
  readonly rates?: CohortRates;
}

/** A row of the cohort file and the truth about it. */
export interface CohortRow {
  /** In the order of `cohortHeader(style)`. */
  readonly cells: readonly string[];
  readonly truth: TruthRow;
}

/** Rows that are of a sort of their own, with how many in 100 they are. About 4 are strangers. */
const specialRows: readonly (readonly [kind: string, per100: number, make: RowMaker])[] = [
  ['not-in-population', 2, strangerRow('not-in-population', makeStranger)],
  ['namesake-not-in-population', 0.7, strangerRow('namesake-not-in-population', makeNamesake)],
  ['twin-not-registered', 0.7, strangerRow('twin-not-registered', makeTwin)],
  ['son-not-registered', 0.6, strangerRow('son-not-registered', makeSon)],
  ['invalidated-only', 0.5, strangerRow('invalidated-only', makeInvalidatedOnly)],
  ['row-duplicated', 0.6, duplicateRow],
  ['same-person-again', 0.6, samePersonRow],
  ['number-shared', 0.5, sharedNumberRow],
  ['empty-row', 0.5, emptyRow],
];

const rememberedRows = 60;

/** So that no field is missing and wrong in more than all rows. */
const mostTimes = 5;

/** Every kind of damage that a truth file may name, whatever the style. */
export const cohortDamageKinds: readonly string[] = [
  ...specialRows.map(([kind]) => kind),
  ...damageKinds.map(({ kind }) => kind),
];

/**
 * A damaged cohort, row by row. Memory grows with the population, not with `count`.
 * Each person comes once before anybody comes again, apart from the repetitions that the truth names.
 * Throws RangeError for a bad count, date or rate, or a population with nobody current.
 */
export function makeCohort(options: CohortOptions): Iterable<CohortRow> {
  const { count, today, rates } = options;
  if (!Number.isInteger(count) || count < 0) {
    throw new RangeError(`a cohort needs a whole number of rows, not ${count}`);
  }
  if (!isDate(today)) throw new RangeError(`today must be a date as YYYYMMDD, not ${today}`);
  if (rates?.kind !== 'documented') return { [Symbol.iterator]: () => rows(options) };
  const { times } = rates;
  if (!(times > 0 && times <= mostTimes)) {
    throw new RangeError(`errors can be up to ${mostTimes} times as often, not ${times}`);
  }
  return { [Symbol.iterator]: () => documentedRows(options, times) };
}

function* documentedRows(options: CohortOptions, times: number): Generator<CohortRow> {
  const { seed, style, count } = options;
  const common = openBench(options, `cohort/documented/${times}/${style}/${seed}`);
  const bench = openDocumentedBench(common, style, times);
  for (let row = 1; row <= count; row += 1) {
    const made = documentedStranger(bench, row) ?? documentedRow(bench, row);
    yield { cells: cellsOf(made.draft, bench.layout), truth: made.truth };
  }
}

function* rows(options: CohortOptions): Generator<CohortRow> {
  const recent: MadeRow[] = [];
  const workshop = openWorkshop(options, recent);
  for (let row = 1; row <= options.count; row += 1) {
    const made = specialRow(workshop, row) ?? ordinaryRow(workshop, row);
    if (made.truth.damage !== 'empty-row') recent[row % rememberedRows] = made;
    yield { cells: cellsOf(made.draft, workshop.layout), truth: made.truth };
  }
}

function openWorkshop(options: CohortOptions, recent: readonly MadeRow[]): Workshop {
  const { style } = options;
  const bench = openBench(options, `cohort/${style}/${options.seed}`);
  const { random, index, layout } = bench;
  const kinds = damageKinds.filter(
    (kind) =>
      rateIn(style, kind) > 0 && (kind.pool === undefined || index.pools[kind.pool].length > 0),
  );
  const rates = [
    ...specialRows
      .filter(([kind]) => kind !== 'number-shared' || hasNumbers(layout))
      .map(([kind, per100]) => [kind, per100] as const),
    ...kinds.map((kind) => [kind.kind, rateIn(style, kind)] as const),
  ];
  return { ...bench, kinds, recent, schedule: createSchedule(rates, random) };
}

function openBench({ style, today, population }: CohortOptions, seed: string): Bench {
  const random = createRandom(seed);
  const index = indexPeople(population, today);
  if (index.people.length === 0) throw new RangeError('a cohort needs people to be drawn from');
  return { random, today, layout: layoutOf(style), index, drawer: createDrawer(index, random) };
}

function specialRow(workshop: Workshop, row: number): MadeRow | undefined {
  for (const [kind, , make] of specialRows) {
    if (!workshop.schedule.isDue(kind, row)) continue;
    const made = make(workshop, row);
    if (made === undefined) continue;
    workshop.schedule.done(kind, row);
    return made;
  }
  return undefined;
}
