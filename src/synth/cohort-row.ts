/** Makes the rows of a cohort, one of each sort. */

import { type CohortLayout, type Draft, draftOf, emptyDraft } from './cohort-style.ts';
import type { DamageKind, Subject } from './damage.ts';
import { respell } from './damage-names.ts';
import type { Drawer } from './drawer.ts';
import { drawUnusedNumber } from './numbers.ts';
import type { PeopleIndex } from './people-index.ts';
import { chance, pick, type Random } from './random.ts';
import type { Schedule } from './schedule.ts';
import type { StrangerMaker } from './strangers.ts';
import type { TruthRow } from './truth.ts';

/** What every row is made with, whatever the rates. */
export interface Bench {
  readonly random: Random;
  readonly today: string;
  readonly layout: CohortLayout;
  readonly index: PeopleIndex;
  readonly drawer: Drawer;
}

/** What rows of the demonstration rates are made with. */
export interface Workshop extends Bench {
  readonly schedule: Schedule;
  /** The kinds of damage that this style has and this population allows. */
  readonly kinds: readonly DamageKind[];
  /** The rows made last, for those that repeat one. */
  readonly recent: readonly MadeRow[];
}

/** A row with the truth about it. */
export interface MadeRow {
  readonly draft: Draft;
  readonly truth: TruthRow;
  /** The person's place in the index; absent for somebody who is not in the population. */
  readonly position: number | undefined;
}

/** Makes a row of some sort; `undefined` when that cannot be done at this point. */
export type RowMaker = (workshop: Workshop, row: number) => MadeRow | undefined;

/** Somebody of the population, with all damage that is due and fits. */
export function ordinaryRow(workshop: Workshop, row: number): MadeRow {
  const { drawer, schedule, layout } = workshop;
  const due = workshop.kinds.filter(({ kind }) => schedule.isDue(kind, row));
  const wanted = due.find(({ pool }) => pool !== undefined);
  const position = (wanted && drawer.draw(wanted.pool)) ?? drawer.draw() ?? 0;
  const subject = subjectAt(workshop, position);
  const inOrder = wanted === undefined ? due : [wanted, ...due.filter((kind) => kind !== wanted)];
  let draft = draftOf(subject.person, layout, row);
  const touched = new Set<string>();
  const done: string[] = [];
  for (const { kind, touches, apply } of inOrder) {
    if (touches.some((field) => touched.has(field))) continue;
    const damaged = apply(draft, subject, workshop.random);
    if (damaged === undefined) continue;
    draft = damaged;
    done.push(kind);
    schedule.done(kind, row);
    for (const field of touches) touched.add(field);
  }
  return { draft, position, truth: truthAbout(subject, row, done, '') };
}

/** The same row once more, cell for cell. */
export const duplicateRow: RowMaker = ({ recent, random }, row) => {
  if (recent.length === 0) return undefined;
  const original = pick(random, recent);
  const damage = joined(original.truth.damage, 'row-duplicated');
  const note = `same as row ${original.truth.row}`;
  return { ...original, truth: { ...original.truth, row, damage, note } };
};

/** Somebody of a recent row again, under another local identifier and another spelling. */
export const samePersonRow: RowMaker = (workshop, row) => {
  const { recent, random, layout } = workshop;
  const known = recent.filter(({ position }) => position !== undefined);
  if (known.length === 0) return undefined;
  const { position = 0, truth } = pick(random, known);
  const subject = subjectAt(workshop, position);
  const draft = respell(draftOf(subject.person, layout, row), subject, random);
  if (draft === undefined) return undefined;
  const nhsNumber = chance(random, 0.5) ? draft.nhsNumber : '';
  const note = `same person as row ${truth.row}`;
  return {
    draft: { ...draft, nhsNumber },
    position,
    truth: truthAbout(subject, row, ['same-person-again'], note),
  };
};

/** Somebody whose row carries the number of the person of a recent row, who carries it too. */
export const sharedNumberRow: RowMaker = (workshop, row) => {
  const { recent, random, layout, drawer } = workshop;
  const owners = recent.filter(
    ({ draft, truth }) => truth.isInPopulation && draft.nhsNumber === truth.trueNhsNumber,
  );
  if (owners.length === 0) return undefined;
  const owner = pick(random, owners);
  const position = drawer.draw() ?? 0;
  const subject = subjectAt(workshop, position);
  const number = owner.truth.trueNhsNumber;
  if (number === subject.person.nhs_number) return undefined;
  const note = `row ${owner.truth.row} carries the same number`;
  return {
    draft: { ...draftOf(subject.person, layout, row), nhsNumber: number },
    position,
    truth: truthAbout(subject, row, ['number-shared'], note),
  };
};

/** A row of commas: nobody. */
export const emptyRow: RowMaker = (_workshop, row) => ({
  draft: emptyDraft,
  position: undefined,
  truth: { row, trueNhsNumber: '', isInPopulation: false, damage: 'empty-row', note: '' },
});

/** A row maker for somebody who is not in the population; the row is as it should be otherwise. */
export function strangerRow(
  kind: string,
  make: StrangerMaker,
): (bench: Bench, row: number) => MadeRow | undefined {
  return (bench, row) => {
    for (let attempt = 0; attempt < 50; attempt += 1) {
      const stranger = make(bench, bench.index);
      if (stranger === undefined) continue;
      const { person, note } = stranger;
      return {
        draft: draftOf(person, bench.layout, row),
        position: undefined,
        truth: { row, trueNhsNumber: '', isInPopulation: false, damage: kind, note },
      };
    }
    return undefined;
  };
}

/** The person at a position of the index, with the numbers that could stand in the row. */
export function subjectAt({ index, random, today, layout }: Bench, position: number): Subject {
  const person = index.people[position];
  if (person === undefined) throw new RangeError('a cohort needs people to be drawn from');
  const number = person.nhs_number;
  return {
    person,
    today,
    layout,
    twinNumber: index.twinNumbers.get(number),
    supersededNumber: index.supersededNumbers.get(number),
    invalidatedNumber: index.invalidatedNumbers.get(number),
    otherNumber: () => pick(random, index.people).nhs_number,
    nobodysNumber: () => drawUnusedNumber(random, index.numbers),
  };
}

/** The truth about a row of somebody in the population. */
export function truthAbout(
  { person }: Subject,
  row: number,
  damage: readonly string[],
  note: string,
): TruthRow {
  return {
    row,
    trueNhsNumber: person.nhs_number,
    isInPopulation: true,
    damage: damage.join('|'),
    note,
  };
}

function joined(damage: string, kind: string): string {
  return damage === '' ? kind : `${damage}|${kind}`;
}
