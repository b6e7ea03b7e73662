/** People who are not in the population, some of them easily taken for somebody who is. */

import { areVeryCommonNames } from './common-names.ts';
import { ageOn } from './dates.ts';
import { drawHousehold } from './households.ts';
import { drawGivenName, drawTradition } from './names.ts';
import { drawUnusedNumber } from './numbers.ts';
import type { PeopleIndex } from './people-index.ts';
import { type PersonContext, yearsAfter } from './person.ts';
import { drawPostcode } from './places.ts';
import type { CohortSource } from './population-entry.ts';
import { between, chance, pick } from './random.ts';

/** Somebody who is not in the population, with whatever number the file gives them. */
interface Stranger {
  /** `nhs_number` is what the row carries: empty, nobody's, or that of the person resembled. */
  readonly person: CohortSource;
  /** What the truth file says about the row. */
  readonly note: string;
}

/** Makes one; `undefined` when this attempt found nobody suitable to resemble. */
export type StrangerMaker = (context: PersonContext, index: PeopleIndex) => Stranger | undefined;

/** What nobody outside the population has. */
export const nobody = {
  status: '',
  superseded_by: '',
  previous_family_names: '',
  previous_postcodes: '',
};

/** Somebody who resembles nobody in particular. */
export const makeStranger: StrangerMaker = (context, index) => {
  const person = pick(context.random, drawHousehold(context));
  if (index.isKnown(person.family_name, person.given_name, person.birth_date)) return undefined;
  const nhs_number = numberOrNone(context, index);
  return { person: { ...person, ...nobody, nhs_number }, note: 'resembles nobody' };
};

/**
 * Same names, gender and birth date as somebody in the population, at another postcode. Both bear
 * very common names: rare ones are not shared by chance by two people born on one day.
 */
export const makeNamesake: StrangerMaker = (context, index) => {
  const base = pick(context.random, index.people);
  const year = Number(base.birth_date.slice(0, 4));
  if (!areVeryCommonNames(base.family_name, base.given_name, year)) return undefined;
  const postcode = drawPostcode(context.random);
  if (postcode === base.postcode || base.previous_postcodes.includes(postcode)) return undefined;
  const nhs_number = numberOrNone(context, index);
  return {
    person: { ...base, ...nobody, postcode, nhs_number },
    note: `namesake of ${base.nhs_number}`,
  };
};

/** A twin of somebody in the population, at the same address; half of them share the initial. */
export const makeTwin: StrangerMaker = (context, index) => {
  const { random } = context;
  const base = pick(random, index.people);
  const gender = chance(random, 0.6) ? base.gender : pick(random, ['1', '2']);
  const initial = chance(random, 0.5) ? base.given_name.charAt(0) : '';
  const given_name = drawGivenName(
    random,
    drawTradition(random),
    gender,
    Number(base.birth_date.slice(0, 4)),
  );
  const isUnfit = base.birth_date.length !== 8 || !given_name.startsWith(initial);
  if (isUnfit || index.isKnown(base.family_name, given_name, base.birth_date)) return undefined;
  const nhs_number = chance(random, 0.4) ? base.nhs_number : '';
  const title = '';
  return {
    person: { ...base, ...nobody, given_name, gender, title, nhs_number },
    note: `unregistered twin of ${base.nhs_number}`,
  };
};

/** A son of the same names as his father, who is in the population and lives at the same address. */
export const makeSon: StrangerMaker = (context, index) => {
  const { random, today } = context;
  const base = pick(random, index.people);
  const isFather =
    base.gender === '1' && base.birth_date.length === 8 && ageOn(base.birth_date, today) >= 30;
  if (!isFather) return undefined;
  const birth_date = yearsAfter(context, base.birth_date, between(random, 19, 34));
  if (index.isKnown(base.family_name, base.given_name, birth_date)) return undefined;
  const nhs_number = chance(random, 0.4) ? base.nhs_number : '';
  return {
    person: { ...base, ...nobody, birth_date, nhs_number },
    note: `unregistered son of ${base.nhs_number}`,
  };
};

/** Somebody whom the population knows under a withdrawn number alone. */
export const makeInvalidatedOnly: StrangerMaker = (context, index) => {
  if (index.invalidatedOnly.length === 0) return undefined;
  const person = pick(context.random, index.invalidatedOnly);
  return { person, note: 'known under an invalidated number only' };
};

function numberOrNone({ random }: PersonContext, index: PeopleIndex): string {
  return chance(random, 0.5) ? (drawUnusedNumber(random, index.numbers) ?? '') : '';
}
