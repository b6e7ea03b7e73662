/** Which names are so common that two people bear them, and are born on one day, by chance. */

import { eraOf, femaleByEra, maleByEra } from './given-names-by-era.ts';
import { britishFamilyNames, otherTraditions } from './name-lists.ts';

const commonFamilyNames = 25;
const commonGivenNames = 12;

interface CommonNames {
  readonly family: ReadonlySet<string>;
  readonly given: ReadonlySet<string>;
}

const byTradition: readonly CommonNames[] = [
  { family: firstOf(britishFamilyNames), given: firstGiven([...maleByEra, ...femaleByEra]) },
  ...otherTraditions.map(({ family, womensFamily = '', male, female }) => ({
    family: new Set([...firstOf(family), ...firstOf(womensFamily)]),
    given: firstGiven([male, female]),
  })),
];

/**
 * True when family name and given name are both among the commonest of one tradition: the first 25
 * family names and the first 12 given names of a list, as the lists have them.
 */
export function areCommonNames(familyName: string, givenName: string): boolean {
  return byTradition.some(({ family, given }) => family.has(familyName) && given.has(givenName));
}

/**
 * True when both names are among the very commonest of those born then: the first 15 British family
 * names, and the first 6 given names of the era. Two strangers of one name and one birth date bear such.
 */
export function areVeryCommonNames(
  familyName: string,
  givenName: string,
  birthYear: number,
): boolean {
  const given = veryCommonGivenNames[eraOf(birthYear)];
  return veryCommonFamilyNames.has(familyName) && given?.has(givenName) === true;
}

const veryCommonFamilyNames = new Set(britishFamilyNames.split(', ').slice(0, 15));
const veryCommonGivenNames = maleByEra.map(
  (males, era) =>
    new Set([males, femaleByEra[era] ?? ''].flatMap((list) => list.split(', ').slice(0, 6))),
);

function firstOf(list: string): ReadonlySet<string> {
  return new Set(list.split(', ').slice(0, commonFamilyNames));
}

function firstGiven(lists: readonly string[]): ReadonlySet<string> {
  return new Set(lists.flatMap((list) => list.split(', ').slice(0, commonGivenNames)));
}
