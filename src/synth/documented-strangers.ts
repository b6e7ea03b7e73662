/** People who are not in the population, as real ones who resemble somebody are. */

import { type Bench, type MadeRow, strangerRow } from './cohort-row.ts';
import { ageOn } from './dates.ts';
import { strangerRates } from './documented-rates.ts';
import { lookAlikeOf } from './look-alikes.ts';
import { yearsAfter } from './person.ts';
import { between, chance, pick } from './random.ts';
import { makeNamesake, makeStranger, makeTwin, nobody, type StrangerMaker } from './strangers.ts';

/** How many of the people looked at may have no look-alike name. */
const attempts = 200;

/** A twin, at the same address; a third of them bear a name one letter from the other's. */
const makeLikelyTwin: StrangerMaker = (context, index) => {
  const { random } = context;
  return (chance(random, 1 / 3) && lookAlikeTwin(context, index)) || makeTwin(context, index);
};

const lookAlikeTwin: StrangerMaker = ({ random }, index) => {
  let base = pick(random, index.people);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (lookAlikeOf(base.given_name) !== undefined) break;
    base = pick(random, index.people);
  }
  const given_name = lookAlikeOf(base.given_name);
  if (given_name === undefined || base.birth_date.length !== 8) return undefined;
  if (index.isKnown(base.family_name, given_name, base.birth_date)) return undefined;
  const nhs_number = chance(random, 0.4) ? base.nhs_number : '';
  return {
    person: { ...base, ...nobody, given_name, title: '', nhs_number },
    note: `unregistered twin of ${base.nhs_number}`,
  };
};

/** A son of his father's names, or a daughter of her mother's, at the same address. */
const makeChild: StrangerMaker = (context, index) => {
  const { random, today } = context;
  const base = pick(random, index.people);
  const isParent =
    /^[12]$/.test(base.gender) &&
    base.birth_date.length === 8 &&
    ageOn(base.birth_date, today) >= 30;
  if (!isParent) return undefined;
  const birth_date = yearsAfter(context, base.birth_date, between(random, 19, 34));
  if (index.isKnown(base.family_name, base.given_name, birth_date)) return undefined;
  const nhs_number = chance(random, 0.4) ? base.nhs_number : '';
  return {
    person: { ...base, ...nobody, birth_date, nhs_number },
    note: `unregistered child of ${base.nhs_number}`,
  };
};

const makers: readonly (readonly [keyof typeof strangerRates, StrangerMaker])[] = [
  ['not-in-population', makeStranger],
  ['twin-not-registered', makeLikelyTwin],
  ['child-not-registered', makeChild],
  ['namesake-not-in-population', makeNamesake],
];

/** Now and then somebody who is not in the population; `undefined` for the other rows. */
export function documentedStranger(bench: Bench, row: number): MadeRow | undefined {
  let mark = bench.random.next() * 100;
  for (const [kind, make] of makers) {
    if (mark < strangerRates[kind]) return strangerRow(kind, make)(bench, row);
    mark -= strangerRates[kind];
  }
  return undefined;
}
