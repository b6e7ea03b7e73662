/** Rows of a cohort with the documented rates: every field of every row is drawn by itself. */

import { type Bench, type MadeRow, subjectAt, truthAbout } from './cohort-row.ts';
import { type CohortStyle, draftOf, hasNumbers } from './cohort-style.ts';
import type { DamageKind, PoolName, Subject } from './damage.ts';
import { damageKinds, rateIn } from './damage-kinds.ts';
import * as mishaps from './documented-mishaps.ts';
import { type DocumentedRates, documentedRates } from './documented-rates.ts';
import { type DamagedDraft, drawMishap, type Mishap, suffer } from './mishaps.ts';
import { chance } from './random.ts';

/** What rows of the documented rates are made with. */
export interface DocumentedBench extends Bench {
  readonly style: CohortStyle;
  readonly rates: DocumentedRates;
  /** How many of the women of the population have had another family name, 0 to 1. */
  readonly earlierNameHolders: number;
}

/** Adds the documented rates, so many times as often, to what every row is made with. */
export function openDocumentedBench(
  bench: Bench,
  style: CohortStyle,
  times: number,
): DocumentedBench {
  return {
    ...bench,
    style,
    rates: documentedRates(style, times),
    earlierNameHolders: mishaps.shareWithEarlierName(bench.index.people),
  };
}

/** Somebody of the population. */
export function documentedRow(bench: DocumentedBench, row: number): MadeRow {
  const { random, layout } = bench;
  const number = drawNumberMishap(bench);
  const writing = writingKindsOf(bench).filter((kind) =>
    chance(random, rateIn(bench.style, kind) / 100),
  );
  const pool = number?.pool ?? writing.find((kind) => kind.pool !== undefined)?.pool;
  const position = drawPerson(bench, pool);
  const subject = subjectAt(bench, position);
  const clean: DamagedDraft = { draft: draftOf(subject.person, layout, row), done: [] };
  const { draft, done } = rewrite(
    bench,
    err(bench, suffer(clean, number, subject, random), subject),
    subject,
    writing,
  );
  return { draft, position, truth: truthAbout(subject, row, done, '') };
}

function drawNumberMishap(bench: DocumentedBench): mishaps.NumberMishap | undefined {
  const { random, rates, layout } = bench;
  if (!hasNumbers(layout)) return undefined;
  return (
    drawMishap(random, mishaps.numberAbsences(rates)) ??
    drawMishap(random, mishaps.numberErrors(rates))
  );
}

function drawPerson({ drawer }: DocumentedBench, pool: PoolName | undefined): number {
  return (pool && drawer.draw(pool)) ?? drawer.draw() ?? 0;
}

/** Names, birth date, gender and postcode: first whether they are there, then whether right. */
function err(bench: DocumentedBench, before: DamagedDraft, subject: Subject): DamagedDraft {
  const { random, rates } = bench;
  const befall = (draft: DamagedDraft, ...stages: readonly (readonly Mishap[])[]): DamagedDraft => {
    for (const stage of stages) {
      const after = suffer(draft, drawMishap(random, stage), subject, random);
      if (after !== draft) return after;
    }
    return draft;
  };
  let damaged = befall(before, mishaps.swapMishaps(rates));
  if (damaged === before) {
    damaged = befall(damaged, mishaps.givenNameAbsences(rates), mishaps.givenNameErrors(rates));
    damaged = befall(damaged, mishaps.familyNameErrors(rates, subject, bench.earlierNameHolders));
  }
  damaged = befall(damaged, mishaps.birthDateAbsences(rates), mishaps.birthDateErrors(rates));
  damaged = befall(damaged, mishaps.genderAbsences(rates), mishaps.genderErrors(rates));
  return befall(damaged, mishaps.postcodeAbsences(rates), mishaps.postcodeErrors(rates));
}

/** Writes what is left in another way. A wrong date or gender stays as it is written. */
function rewrite(
  { random }: DocumentedBench,
  before: DamagedDraft,
  subject: Subject,
  writing: readonly DamageKind[],
): DamagedDraft {
  const clean = draftOf(subject.person, subject.layout, 0);
  const fixed = (['birthDate', 'gender'] as const).filter(
    (field) => before.draft[field] !== clean[field],
  );
  const touched = new Set<string>(fixed);
  let damaged = before;
  for (const { kind, touches, apply } of writing) {
    if (
      touches.some((field) => touched.has(field)) ||
      touches.every((field) => isEmptied(damaged, field))
    )
      continue;
    const after = suffer(damaged, { ways: [[kind, apply]] }, subject, random);
    if (after !== damaged) for (const field of touches) touched.add(field);
    damaged = after;
  }
  return damaged;
}

/** Notes and flags are written where there was nothing; names and the like are not. */
function isEmptied({ draft }: DamagedDraft, field: keyof typeof draft): boolean {
  return field !== 'notes' && field !== 'isEstimated' && draft[field] === '';
}

function writingKindsOf({ layout, index }: DocumentedBench): readonly DamageKind[] {
  return damageKinds.filter(
    ({ kind, touches, pool }) =>
      mishaps.writingKinds.has(kind) &&
      (pool === undefined || index.pools[pool].length > 0) &&
      (hasNumbers(layout) || !touches.includes('nhsNumber')),
  );
}
