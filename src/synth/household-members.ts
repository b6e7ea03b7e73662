/** Members of households, by what they are to one another. */

import { addDays, yearOf } from './dates.ts';
import { lookAlikePairs } from './look-alikes.ts';
import { drawFamilyName, drawGivenName, drawWomansFamilyName, type Tradition } from './names.ts';
import {
  completePerson,
  type Person,
  type PersonContext,
  type PersonPlan,
  yearsAfter,
} from './person.ts';
import type { Address } from './places.ts';
import { between, chance, pick, type Random } from './random.ts';

/** What the members of a household share. */
export interface Home extends PersonContext {
  readonly tradition: Tradition;
  readonly familyName: string;
  readonly address: Address;
}

/** A wife, most of whom have had another name; or a partner who keeps hers. */
export function partner(home: Home, birthDate: string): Person {
  const { random, tradition } = home;
  const ownName = drawFamilyName(random, tradition);
  const takesName = ownName !== home.familyName && chance(random, 0.75);
  if (!takesName) return member({ ...home, familyName: ownName }, { birthDate, gender: '2' });
  const marriedName = drawWomansFamilyName(random, tradition, home.familyName);
  const earlier = chance(random, 0.1) ? [ownName, drawFamilyName(random, tradition)] : [ownName];
  return member(
    { ...home, familyName: marriedName },
    {
      birthDate,
      gender: '2',
      previousFamilyNames: earlier.filter((name) => name !== marriedName),
    },
  );
}

/** Brothers and sisters, the eldest first, each of another given name and birth date. */
export function children(home: Home, motherBorn: string, count: number): readonly Person[] {
  const given = new Set<string>();
  let born = yearsAfter(home, motherBorn, between(home.random, 20, 32));
  return Array.from({ length: count }, () => {
    const gender = drawGender(home.random);
    const givenName = newGivenName(home, given, gender, born);
    const child = member(home, { birthDate: born, gender, givenName });
    born = addDays(born, between(home.random, 400, 1600));
    if (born > home.today) born = addDays(home.today, -between(home.random, 42, 380));
    return child;
  });
}

/**
 * Twins or triplets: one birth date; a third of them of one gender and sharing an initial. In an
 * adversarial population some twins have names one letter apart.
 */
export function multiples(home: Home, motherBorn: string, count: number): readonly Person[] {
  const birthDate = yearsAfter(home, motherBorn, between(home.random, 18, 36));
  const given = new Set<string>();
  const first = drawGender(home.random);
  const shareInitial = chance(home.random, 0.35);
  if (home.isAdversarial && count === 2 && chance(home.random, 0.15)) {
    const names = pick(home.random, lookAlikePairs(first));
    return names.map((givenName) => member(home, { birthDate, gender: first, givenName }));
  }
  return Array.from({ length: count }, () => {
    const gender = shareInitial ? first : drawGender(home.random);
    const initial = shareInitial ? [...given][0]?.charAt(0) : undefined;
    return member(home, {
      birthDate,
      gender,
      givenName: newGivenName(home, given, gender, birthDate, initial),
    });
  });
}

/** A given name that no brother or sister has; with the initial asked for, if there is one. */
function newGivenName(
  home: Home,
  taken: Set<string>,
  gender: string,
  born: string,
  initial?: string,
): string {
  let name = 'Alex';
  for (let attempt = 0; attempt < 60; attempt += 1) {
    name = drawGivenName(home.random, home.tradition, gender, yearOf(born));
    const isFitting = attempt > 40 || initial === undefined || name.startsWith(initial);
    if (isFitting && !taken.has(name)) break;
  }
  taken.add(name);
  return name;
}

/** One of the household, of its tradition, family name and address. */
export function member(
  home: Home,
  plan: Pick<PersonPlan, 'birthDate' | 'gender' | 'givenName' | 'previousFamilyNames'>,
): Person {
  const { tradition, familyName, address } = home;
  return completePerson(home, { tradition, familyName, address, ...plan });
}

/** Male or female, as likely. */
export function drawGender(random: Random): '1' | '2' {
  return chance(random, 0.5) ? '1' : '2';
}
