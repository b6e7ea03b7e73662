/** What a kind of damage is, and what it may know about the row that it damages. */

import type { CohortLayout, Draft, DraftField } from './cohort-style.ts';
import type { CohortSource } from './population-entry.ts';
import type { Random } from './random.ts';

/** The person whose row is damaged, with the other numbers that could stand in the row. */
export interface Subject {
  readonly person: CohortSource;
  /** YYYYMMDD; damaged dates are not after it. */
  readonly today: string;
  readonly layout: CohortLayout;
  /** A twin's (or triplet's) current number; absent for most people. */
  readonly twinNumber: string | undefined;
  /** A number of this person's that was replaced by the current one; absent for most people. */
  readonly supersededNumber: string | undefined;
  /** A number of this person's that was withdrawn; absent for most people. */
  readonly invalidatedNumber: string | undefined;
  /** The current number of somebody else, drawn anew at each call; absent when there is nobody. */
  readonly otherNumber: () => string | undefined;
  /** A number that passes the check digit and is nobody's in the population; absent when all are. */
  readonly nobodysNumber: () => string | undefined;
}

/** People among whom some damage must look for its victims, since it fits few. */
export type PoolName =
  | 'twin'
  | 'superseded'
  | 'invalidated'
  | 'apostrophe'
  | 'diacritics'
  | 'double-barrelled'
  | 'newborn'
  | 'nicknamed';

/** The damaged row; `undefined` when this row cannot be damaged in this way. */
export type Damage = (draft: Draft, subject: Subject, random: Random) => Draft | undefined;

/** A kind of damage as the catalogue holds it. */
export interface DamageKind {
  /** As the truth file names it. */
  readonly kind: string;
  /** The fields that it changes: no other kind changes them in the same row. */
  readonly touches: readonly DraftField[];
  readonly apply: Damage;
  /** How many rows in 100, by style; absent for styles that do not have it. */
  readonly rates: {
    readonly nightly?: number;
    readonly backfill?: number;
    readonly 'social-care'?: number;
  };
  readonly pool?: PoolName;
}
