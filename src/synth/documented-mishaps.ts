/** The documented rates as mishaps of each field. */

import type { Subject } from './damage.ts';
import * as details from './damage-details.ts';
import * as names from './damage-names.ts';
import * as numbers from './damage-numbers.ts';
import * as others from './damage-other-names.ts';
import {
  type DocumentedRates,
  earlierNameShare,
  earlierPostcodeShare,
  exchangedDateShare,
  familySlipShare,
  middleNameShare,
  numberSlipShare,
  partialDateShare,
  shortFormShare,
} from './documented-rates.ts';
import type { Mishap, NamedDamage } from './mishaps.ts';
import type { CohortSource } from './population-entry.ts';

/** No more women of those with an earlier name than this are written with it, in 100. */
const mostEarlierNames = 60;

/** A number that belongs to few people: who they are is drawn after it is known to be wanted. */
type NumberPool = 'twin' | 'superseded' | 'invalidated';

/** What happens to the number of a row that holds one. */
export interface NumberMishap extends Mishap {
  readonly pool?: NumberPool;
}

export function numberAbsences({ number }: DocumentedRates): readonly NumberMishap[] {
  return [{ per100: number.missing, ways: [['number-missing', numbers.omitNumber]] }];
}

export function numberErrors({ number }: DocumentedRates): readonly NumberMishap[] {
  const slips = numberSlipShare;
  const one = (per100: number, ...way: NamedDamage): Mishap => ({ per100, ways: [way] });
  return [
    { ...one(number.ofTwin, 'number-of-twin', numbers.useTwinsNumber), pool: 'twin' },
    {
      ...one(number.superseded, 'number-superseded', numbers.useSupersededNumber),
      pool: 'superseded',
    },
    {
      ...one(number.invalidated, 'number-invalidated', numbers.useInvalidatedNumber),
      pool: 'invalidated',
    },
    one(number.ofOtherPerson, 'number-of-other-person', numbers.useOtherPersonsNumber),
    one(number.ofNobody, 'number-of-nobody', numbers.useNobodysNumber),
    one(number.typing * slips.digitWrong, 'number-bad-check-digit', numbers.mistypeNumber),
    one(number.typing * slips.transposed, 'number-digits-transposed', numbers.transposeDigits),
    one(number.typing * slips.digitLost, 'number-nine-digits', numbers.loseDigit),
  ];
}

export function swapMishaps({ namesSwapped }: DocumentedRates): readonly Mishap[] {
  return [{ per100: namesSwapped, ways: [['names-swapped', names.swapNames]] }];
}

export function givenNameAbsences({ givenName }: DocumentedRates): readonly Mishap[] {
  return [
    { per100: givenName.missing, ways: [['given-name-missing', names.omitGivenName]] },
    { per100: givenName.initialOnly, ways: [['given-name-initial', names.keepInitialOnly]] },
  ];
}

export function givenNameErrors({ givenName }: DocumentedRates): readonly Mishap[] {
  const other: NamedDamage = ['given-name-other', others.useOtherGivenName];
  const middle: NamedDamage = ['given-name-middle', others.useMiddleName];
  const wrong = givenName.wrong;
  const notShort = wrong * (1 - shortFormShare);
  return [
    { per100: givenName.partlyWrong, ways: [['given-name-slip', names.slipInGivenName], other] },
    {
      per100: wrong * shortFormShare,
      ways: [['nickname', names.nicknameForGivenName], other],
    },
    { per100: notShort * middleNameShare, ways: [middle, other] },
    { per100: notShort * (1 - middleNameShare), ways: [other] },
  ];
}

/** `earlierNameHolders`: how many of the women of the population have had another name, 0 to 1. */
export function familyNameErrors(
  { familyName }: DocumentedRates,
  { person }: Subject,
  earlierNameHolders: number,
): readonly Mishap[] {
  const slip: NamedDamage = ['family-name-slip', names.slipInFamilyName];
  const other: NamedDamage = ['family-name-other', others.useOtherFamilyName];
  if (person.gender !== '2') {
    const { wrongOfOthers } = familyName;
    return slipsAndOthers(wrongOfOthers, familySlipShare.others, slip, other);
  }
  const { wrongOfFemales } = familyName;
  const ofAll = wrongOfFemales * earlierNameShare;
  const ofHolders =
    earlierNameHolders === 0 ? 0 : Math.min(mostEarlierNames, ofAll / earlierNameHolders);
  const rest = wrongOfFemales - ofHolders * earlierNameHolders;
  return [
    {
      per100: person.previous_family_names === '' ? 0 : ofHolders,
      ways: [['previous-family-name', names.usePreviousFamilyName], other],
    },
    ...slipsAndOthers(rest, familySlipShare.females, slip, other),
  ];
}

/** How many of the women have had another family name, 0 to 1. */
export function shareWithEarlierName(people: readonly CohortSource[]): number {
  let women = 0;
  let holders = 0;
  for (const person of people) {
    if (person.gender !== '2') continue;
    women += 1;
    if (person.previous_family_names !== '') holders += 1;
  }
  return women === 0 ? 0 : holders / women;
}

export function birthDateAbsences({ birthDate }: DocumentedRates): readonly Mishap[] {
  return [
    { per100: birthDate.missing, ways: [['birth-date-missing', details.omitBirthDate]] },
    { per100: birthDate.estimated, ways: [['birth-date-estimated', details.estimateBirthDate]] },
  ];
}

export function birthDateErrors({ birthDate }: DocumentedRates): readonly Mishap[] {
  const digit: NamedDamage = ['birth-date-digit-wrong', details.mistypeBirthDate];
  const partial = birthDate.notExact * partialDateShare;
  return [
    {
      per100: partial * exchangedDateShare,
      ways: [['birth-date-exchanged', details.exchangeDayAndMonth], digit],
    },
    { per100: partial * (1 - exchangedDateShare), ways: [digit] },
    {
      per100: birthDate.notExact - partial,
      ways: [['birth-date-other', details.useOtherBirthDate], digit],
    },
  ];
}

export function genderAbsences({ gender }: DocumentedRates): readonly Mishap[] {
  return [{ per100: gender.missing, ways: [['gender-missing', details.omitGender]] }];
}

export function genderErrors({ gender }: DocumentedRates): readonly Mishap[] {
  return [{ per100: gender.wrong, ways: [['gender-wrong', details.useWrongGender]] }];
}

export function postcodeAbsences({ postcode }: DocumentedRates): readonly Mishap[] {
  return [
    { per100: postcode.missing, ways: [['postcode-missing', details.omitPostcode]] },
    { per100: postcode.pseudo, ways: [['postcode-pseudo', details.usePseudoPostcode]] },
  ];
}

export function postcodeErrors({ postcode }: DocumentedRates): readonly Mishap[] {
  const unknown: NamedDamage = ['postcode-unknown', details.useUnknownPostcode];
  const { different } = postcode;
  return [
    {
      per100: different * earlierPostcodeShare,
      ways: [['postcode-old', details.useOldPostcode], unknown],
    },
    { per100: different * (1 - earlierPostcodeShare), ways: [unknown] },
    { per100: postcode.typing, ways: [['postcode-slip', details.mistypePostcode], unknown] },
  ];
}

/** Kinds of damage that are ways of writing: nothing that the row says becomes wrong. */
export const writingKinds: ReadonlySet<string> = new Set([
  'apostrophe-curly',
  'apostrophe-dropped',
  'birth-date-format',
  'diacritics-lost',
  'double-barrelled-variant',
  'double-blanks',
  'embedded-newline',
  'formula-cell',
  'gender-coding',
  'lower-case',
  'number-hyphens',
  'number-point-zero',
  'number-spaces',
  'odd-blank',
  'postcode-blank',
  'postcode-letters-for-digits',
  'postcode-lower-case',
  'quoted-commas',
  'remark-in-name',
  'title-in-name',
  'upper-case',
]);

/** Slips of the fingers for `slipShare` of them, another name for the rest. */
function slipsAndOthers(
  per100: number,
  slipShare: number,
  slip: NamedDamage,
  other: NamedDamage,
): readonly Mishap[] {
  return [
    { per100: per100 * slipShare, ways: [slip, other] },
    { per100: per100 * (1 - slipShare), ways: [other] },
  ];
}
