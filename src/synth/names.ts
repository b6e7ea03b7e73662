/** Draws names that belong together: family and given names of one tradition, given names of one era. */

import { eraOf, femaleByEra, maleByEra } from './given-names-by-era.ts';
import { britishFamilyNames, type NameLists, otherTraditions } from './name-lists.ts';
import {
  chance,
  pickWeighted,
  type Random,
  type Weighted,
  weightedBy,
  weightedByRank,
} from './random.ts';

/** Where the names of a household come from. */
export interface Tradition {
  /** One list, or four by year of birth. */
  readonly male: readonly Weighted<string>[];
  readonly female: readonly Weighted<string>[];
  readonly family: Weighted<string>;
  readonly womensFamily: Weighted<string> | undefined;
  readonly hasDoubleBarrelled: boolean;
}

const british: Tradition = {
  male: maleByEra.map(listed),
  female: femaleByEra.map(listed),
  family: listed(britishFamilyNames),
  womensFamily: undefined,
  hasDoubleBarrelled: true,
};

const othersShare = otherTraditions.reduce((sum, lists) => sum + lists.share, 0);

const traditions = weightedBy<Tradition>([
  [british, 1000 - othersShare],
  ...otherTraditions.map((lists) => [traditionOf(lists), lists.share] as const),
]);

/** A tradition, as likely as it is in the UK, roughly. */
export function drawTradition(random: Random): Tradition {
  return pickWeighted(random, traditions);
}

/** A family name; about 4 in 100 British ones are two names, joined by a hyphen or a blank. */
export function drawFamilyName(random: Random, tradition: Tradition): string {
  const name = pickWeighted(random, tradition.family);
  if (!tradition.hasDoubleBarrelled || !chance(random, 0.04)) return name;
  const other = pickWeighted(random, tradition.family);
  return other === name ? name : `${name}${chance(random, 0.75) ? '-' : ' '}${other}`;
}

/** The family name of a woman of a household: in some traditions not always the household's. */
export function drawWomansFamilyName(
  random: Random,
  tradition: Tradition,
  household: string,
): string {
  const { womensFamily } = tradition;
  if (womensFamily === undefined || !chance(random, 0.4)) return household;
  return pickWeighted(random, womensFamily);
}

/** A given name for a gender code (1 is male, anything else female) and year of birth. */
export function drawGivenName(
  random: Random,
  tradition: Tradition,
  gender: string,
  birthYear: number,
): string {
  const lists = gender === '1' ? tradition.male : tradition.female;
  const list = lists[eraOf(birthYear)] ?? lists[0];
  return list === undefined ? 'Alex' : pickWeighted(random, list);
}

function traditionOf(lists: NameLists): Tradition {
  return {
    male: [listed(lists.male)],
    female: [listed(lists.female)],
    family: listed(lists.family),
    womensFamily: lists.womensFamily === undefined ? undefined : listed(lists.womensFamily),
    hasDoubleBarrelled: false,
  };
}

function listed(names: string): Weighted<string> {
  return weightedByRank(names.split(', '), 9);
}
