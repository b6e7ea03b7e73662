/** One person of the population, before numbers are given out. */

import { addDays, ageOn, daysBetween, isDate, yearOf } from './dates.ts';
import { drawFamilyName, drawGivenName, type Tradition } from './names.ts';
import { type Address, drawPostcode, drawPracticeCode, drawTelephone } from './places.ts';
import type { PopulationEntry } from './population-entry.ts';
import { between, chance, pick, type Random } from './random.ts';

/** An entry of the population that has no number yet; always current. */
export type Person = Omit<PopulationEntry, 'nhs_number' | 'status' | 'superseded_by'>;

/** What a household decides about one of its people. The rest is drawn. */
export interface PersonPlan {
  readonly tradition: Tradition;
  readonly familyName: string;
  readonly address: Address;
  readonly birthDate: string;
  readonly gender: '1' | '2';
  readonly givenName?: string;
  /** Maiden and other earlier family names, the latest last. */
  readonly previousFamilyNames?: readonly string[];
}

/** What all people of a population share. */
export interface PersonContext {
  readonly random: Random;
  /** YYYYMMDD; nobody is born or dies after it. */
  readonly today: string;
  /** As PopulationOptions has it. */
  readonly isAdversarial?: boolean;
}

/** A whole person from a plan, with the rare oddities (unknown gender, partial dates, no telephone). */
export function completePerson(context: PersonContext, plan: PersonPlan): Person {
  const { random, today } = context;
  const { birthDate, address, gender, tradition } = plan;
  const age = ageOn(birthDate, today);
  const givenName = plan.givenName ?? drawGivenName(random, tradition, gender, yearOf(birthDate));
  const isMarriedName = (plan.previousFamilyNames ?? []).length > 0;
  const [line1, line2, line3, line4, line5] = address.lines;
  return {
    title: drawTitle(random, gender, age, isMarriedName),
    family_name: plan.familyName,
    given_name: givenName,
    other_given_names: drawOtherNames(random, plan, givenName),
    gender: chance(random, 0.004) ? pick(random, ['0', '9']) : gender,
    birth_date: chance(random, 0.002) ? birthDate.slice(0, pick(random, [4, 6])) : birthDate,
    death_date: drawDeathDate(context, birthDate, age),
    address_line_1: line1,
    address_line_2: line2,
    address_line_3: line3,
    address_line_4: line4,
    address_line_5: line5,
    postcode: address.postcode,
    telephone: age >= 16 && chance(random, 0.7) ? drawTelephone(random) : '',
    gp_practice_code: drawPracticeCode(random, address.postcode),
    is_sensitive: chance(random, 0.003) ? 'Y' : '',
    previous_family_names: previousNames(random, plan, age).join('|'),
    previous_postcodes: drawPreviousPostcodes(context, age).join('|'),
  };
}

/** A birth date of somebody from `youngest` to `oldest` whole years old today. */
export function birthDateAged(context: PersonContext, youngest: number, oldest: number): string {
  const { random, today } = context;
  const daysOld = between(
    random,
    Math.ceil(youngest * 365.25),
    Math.floor((oldest + 1) * 365.25) - 1,
  );
  return addDays(today, -daysOld);
}

/** The date so many years after a full date, give or take half a year, but never after today. */
export function yearsAfter(context: PersonContext, date: string, years: number): string {
  const days = Math.floor(years * 365.25) + between(context.random, -180, 180);
  const later = addDays(date, days);
  return later > context.today ? addDays(context.today, -between(context.random, 0, 300)) : later;
}

function drawTitle(random: Random, gender: string, age: number, isMarriedName: boolean): string {
  if (chance(random, 0.15)) return '';
  if (age >= 24 && chance(random, 0.02)) return pick(random, ['Dr', 'Rev', 'Prof', 'Mx']);
  if (gender === '1') return age < 13 ? 'Master' : 'Mr';
  if (age < 18) return 'Miss';
  return isMarriedName ? 'Mrs' : pick(random, ['Miss', 'Ms', 'Mrs']);
}

function drawOtherNames(random: Random, plan: PersonPlan, givenName: string): string {
  const mark = random.next();
  const count = mark < 0.3 ? 0 : mark < 0.85 ? 1 : 2;
  const names = new Set<string>();
  for (let at = 0; at < count; at += 1) {
    names.add(drawGivenName(random, plan.tradition, plan.gender, yearOf(plan.birthDate)));
  }
  names.delete(givenName);
  return [...names].join(' ');
}

/** About 3 in 100 have died, nearly all of them old; the date is rarely partial. */
function drawDeathDate({ random, today }: PersonContext, birthDate: string, age: number): string {
  const isDead = chance(random, age >= 75 ? 0.18 : age >= 50 ? 0.02 : 0.002);
  if (!isDead || !isDate(birthDate)) return '';
  const daysAgo = random.below(Math.min(3650, daysBetween(birthDate, today) + 1));
  const date = addDays(today, -daysAgo);
  return chance(random, 0.03) ? date.slice(0, pick(random, [4, 6])) : date;
}

function previousNames(random: Random, plan: PersonPlan, age: number): readonly string[] {
  if (plan.previousFamilyNames !== undefined) return plan.previousFamilyNames;
  if (age < 18 || !chance(random, 0.02)) return [];
  const name = drawFamilyName(random, plan.tradition);
  return name === plan.familyName ? [] : [name];
}

/** 30 in 100 have lived elsewhere, some of them at more than one place. */
/** PDS keeps the addresses of a life; the plain population is one whose registers have forgotten most. */
function drawPreviousPostcodes(
  { random, isAdversarial }: PersonContext,
  age: number,
): readonly string[] {
  if (age < 1 || !chance(random, isAdversarial ? 0.85 : 0.31)) return [];
  const count = chance(random, 0.75) ? 1 : between(random, 2, 3);
  return Array.from({ length: count }, () => drawPostcode(random));
}
