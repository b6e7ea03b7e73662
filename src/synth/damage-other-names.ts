/** Damage that puts another name altogether into a row. */

import type { Damage } from './damage.ts';
import { yearOf } from './dates.ts';
import { drawFamilyName, drawGivenName, drawTradition } from './names.ts';
import { nicknamesOf } from './nicknames.ts';
import { pick } from './random.ts';

/** One of the person's other given names, as of people who go by their middle name. */
export const useMiddleName: Damage = (draft, { person }, random) => {
  if (person.other_given_names === '') return undefined;
  const givenName = pick(random, person.other_given_names.split(' '));
  return givenName === draft.givenName ? undefined : { ...draft, givenName };
};

/** Somebody else's given name, of the same gender and generation. */
export const useOtherGivenName: Damage = (draft, { person }, random) => {
  const givenName = drawGivenName(
    random,
    drawTradition(random),
    person.gender,
    yearOf(person.birth_date),
  );
  const own = [person.given_name, ...nicknamesOf(person.given_name)];
  return own.includes(givenName) ? undefined : { ...draft, givenName };
};

/** A family name under which PDS does not know the person. */
export const useOtherFamilyName: Damage = (draft, { person }, random) => {
  const familyName = drawFamilyName(random, drawTradition(random));
  const own = [person.family_name, ...person.previous_family_names.split('|')];
  return own.includes(familyName) ? undefined : { ...draft, familyName };
};
