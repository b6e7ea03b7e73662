/** Households: people who share an address and mostly a family name. */

import { addDays } from './dates.ts';
import {
  children,
  drawGender,
  type Home,
  member,
  multiples,
  partner,
} from './household-members.ts';
import { drawFamilyName, drawTradition } from './names.ts';
import {
  birthDateAged,
  completePerson,
  type Person,
  type PersonContext,
  yearsAfter,
} from './person.ts';
import { drawAddress } from './places.ts';
import { between, chance, pickWeighted, weightedBy } from './random.ts';

/** The people of one household, parents first. */
type Household = readonly Person[];

const kinds = weightedBy<(home: Home) => Household>([
  [single, 30],
  [couple, 26],
  [family, 26],
  [loneParent, 9],
  [familyWithTwins, 1.6],
  [familyWithTriplets, 0.3],
  [familyWithNewborn, 1],
  [fatherAndNamesakeSon, 1.2],
  [sharedHouse, 1.5],
]);

/** A household of any kind, as likely as it is, with twins and the like somewhat likelier. */
export function drawHousehold(context: PersonContext): Household {
  const { random } = context;
  const tradition = drawTradition(random);
  const familyName = drawFamilyName(random, tradition);
  const home = { ...context, tradition, familyName, address: drawAddress(random) };
  return pickWeighted(random, kinds)(home);
}

/** Somebody of the same names, gender and birth date who lives elsewhere, and is somebody else. */
export function drawNamesake(context: PersonContext, of: Person): Person {
  const drawn = completePerson(context, {
    tradition: drawTradition(context.random),
    familyName: of.family_name,
    givenName: of.given_name,
    gender: of.gender === '2' ? '2' : '1',
    birthDate: of.birth_date,
    address: drawAddress(context.random),
  });
  return { ...drawn, gender: of.gender, birth_date: of.birth_date, title: of.title };
}

function single(home: Home): Household {
  return [
    member(home, { birthDate: birthDateAged(home, 18, 98), gender: drawGender(home.random) }),
  ];
}

function couple(home: Home): Household {
  const birthDate = birthDateAged(home, 22, 90);
  const partnerBirthDate = yearsAfter(home, birthDate, between(home.random, -4, 2));
  return [member(home, { birthDate: partnerBirthDate, gender: '1' }), partner(home, birthDate)];
}

function family(home: Home): Household {
  const motherBorn = birthDateAged(home, 22, 58);
  const father = member(home, { birthDate: yearsAfter(home, motherBorn, -2), gender: '1' });
  return [
    father,
    partner(home, motherBorn),
    ...children(home, motherBorn, between(home.random, 1, 4)),
  ];
}

function loneParent(home: Home): Household {
  const born = birthDateAged(home, 20, 55);
  const parent = member(home, { birthDate: born, gender: chance(home.random, 0.85) ? '2' : '1' });
  return [parent, ...children(home, born, between(home.random, 1, 3))];
}

function familyWithTwins(home: Home): Household {
  const motherBorn = birthDateAged(home, 20, 70);
  return [partner(home, motherBorn), ...multiples(home, motherBorn, 2)];
}

function familyWithTriplets(home: Home): Household {
  const motherBorn = birthDateAged(home, 20, 60);
  return [partner(home, motherBorn), ...multiples(home, motherBorn, 3)];
}

function familyWithNewborn(home: Home): Household {
  const motherBorn = birthDateAged(home, 18, 42);
  const born = addDays(home.today, -home.random.below(41));
  const baby = member(home, { birthDate: born, gender: drawGender(home.random) });
  return [partner(home, motherBorn), baby];
}

function fatherAndNamesakeSon(home: Home): Household {
  const fatherBorn = birthDateAged(home, 40, 85);
  const father = member(home, { birthDate: fatherBorn, gender: '1' });
  const sonBorn = yearsAfter(home, fatherBorn, between(home.random, 20, 34));
  const mother = partner(home, yearsAfter(home, fatherBorn, 2));
  const son = member(home, { birthDate: sonBorn, gender: '1', givenName: father.given_name });
  return [father, mother, son];
}

/** Lodgers, students, a care home: one address, a name each. */
function sharedHouse(home: Home): Household {
  const [youngest, oldest] = chance(home.random, 0.5) ? [18, 30] : [70, 99];
  return Array.from({ length: between(home.random, 3, 6) }, () => {
    const tradition = drawTradition(home.random);
    const familyName = drawFamilyName(home.random, tradition);
    const birthDate = birthDateAged(home, youngest, oldest);
    return member(
      { ...home, tradition, familyName },
      { birthDate, gender: drawGender(home.random) },
    );
  });
}
