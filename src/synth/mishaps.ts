/** What can happen to one field of one row: at most one thing, drawn by its rate. */

import type { Draft } from './cohort-style.ts';
import type { Damage, Subject } from './damage.ts';
import type { Random } from './random.ts';

/** A kind of damage as the truth names it. */
export type NamedDamage = readonly [kind: string, apply: Damage];

/** Something that happens to so many rows in 100, in the first of its ways that the row allows. */
export interface Mishap {
  readonly per100: number;
  readonly ways: readonly NamedDamage[];
}

/** A row as it has become, and the kinds of damage done to it. */
export interface DamagedDraft {
  readonly draft: Draft;
  readonly done: readonly string[];
}

/** One of the mishaps, or none; their rates must not come to more than 100. */
export function drawMishap<M extends Mishap>(random: Random, mishaps: readonly M[]): M | undefined {
  let mark = random.next() * 100;
  for (const mishap of mishaps) {
    if (mark < mishap.per100) return mishap;
    mark -= mishap.per100;
  }
  return undefined;
}

const attempts = 20;

/** Does the damage in the first way that fits; the row stays as it is when none does. */
export function suffer(
  before: DamagedDraft,
  mishap: Pick<Mishap, 'ways'> | undefined,
  subject: Subject,
  random: Random,
): DamagedDraft {
  for (const [kind, apply] of mishap?.ways ?? []) {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const draft = apply(before.draft, subject, random);
      if (draft !== undefined) return { draft, done: [...before.done, kind] };
    }
  }
  return before;
}
