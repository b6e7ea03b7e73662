/** The forms in which a step of the search may send a field: what the row holds → what is sent. */
import { type BirthDate, parseBirthDate } from '../domain/birth-date.ts';
import type { Demographics } from '../domain/demographics.ts';
import { foldName, isInitial, withoutDiacritics } from '../domain/person-name.ts';
import type { FieldForm } from '../domain/search-policy.ts';
import { isKnownFamilyName } from './family-names.ts';
import { fullNamesOf } from './nicknames.ts';
import { standWhereTheyBelong } from './swapped-names.ts';

/** The letters before a wildcard. NHS England's advice for unattended searches is three, and two of a postcode. */
const NAME_START = 3;
const POSTCODE_START = 2;

/** So many registered names of one short form, so many spellings, are tried at most. */
const MAX_REGISTERED = 2;
const MAX_SPELLINGS = 3;

/** The letters of the shorter of two names that were run together. */
const MIN_PART = 3;

/** A word of a name that is no name by itself; SMSP compares them, so they are never left out. */
const PARTICLES = new Set(
  'VAN VON DER DEN DE DI DA DEL DELLA DOS LA LE LO EL AL BIN IBN BINT AP AB ST MC MAC O D'.split(
    ' ',
  ),
);

/** None when the row does not hold what the form is made from. */
export function familyNameForms(
  held: Demographics,
  form: FieldForm<'family_name'>,
): readonly string[] {
  const { familyName, givenName, previousFamilyName } = held;
  switch (form) {
    case 'as-given':
      return present(familyName);
    case 'spelling':
      return present(familyName).flatMap(spellings);
    case 'half':
      return present(familyName).flatMap(halves);
    case 'previous':
      return present(previousFamilyName);
    case 'exchanged':
      return standWhereTheyBelong(held) ? [] : present(givenName).filter(isWholeName);
    case 'start':
      return present(familyName).flatMap(nameStart);
  }
}

/** An initial is never searched with: PDS compares it with the whole given name. */
export function givenNameForms(
  { familyName, givenName }: Demographics,
  form: FieldForm<'given_name'>,
): readonly string[] {
  const whole = present(givenName).filter(isWholeName);
  switch (form) {
    case 'as-given':
      return whole;
    case 'registered':
      return whole.flatMap(fullNamesOf).slice(0, MAX_REGISTERED);
    case 'exchanged':
      return present(familyName);
    case 'start':
      return whole.flatMap(nameStart);
  }
}

export function birthDateForms(
  { birthDate, isBirthDateEstimated }: Demographics,
  form: FieldForm<'birth_date'>,
): readonly BirthDate[] {
  if (birthDate?.length !== 8 || isBirthDateEstimated) return [];
  if (form === 'as-given') return [birthDate];
  const [year, month, day] = [birthDate.slice(0, 4), birthDate.slice(4, 6), birthDate.slice(6)];
  if (month === day) return [];
  return [parseBirthDate(`${year}${day}${month}`)].filter((date) => date !== undefined);
}

export function postcodeForms(
  { postcode, previousPostcode }: Demographics,
  form: FieldForm<'postcode'>,
): readonly string[] {
  switch (form) {
    case 'as-given':
      return present(postcode);
    case 'previous':
      return present(previousPostcode);
    case 'start':
      return present(postcode).map((text) => `${text.slice(0, POSTCODE_START)}*`);
  }
}

/**
 * O'NEILL, ONEILL, O NEILL; MC DONALD, MCDONALD; SMITH-JONES, SMITH JONES; MÜLLER, MULLER. Blanks and
 * punctuation count in SMSP, and registers differ in them.
 */
function spellings(name: string): readonly string[] {
  const parts = name.split(/[\s'-]+/).filter(Boolean);
  const joined = parts.length > 1 ? joinedSpellings(parts) : prefixSpellings(name);
  const isNew = (text: string): boolean => text.toUpperCase() !== name.toUpperCase();
  return [...new Set([withoutDiacritics(name), ...joined])].filter(isNew).slice(0, MAX_SPELLINGS);
}

function joinedSpellings(parts: readonly string[]): readonly string[] {
  const isPrefix = foldName(parts[0] ?? '').length === 1;
  return (isPrefix ? ["'", '', ' '] : ['-', ' ', '']).map((joint) => parts.join(joint));
}

/** Two names in one: where a capital begins the second (SmithUttley), else where both are known ones. */
function runTogether(name: string): readonly (readonly [string, string])[] {
  const capital = /^(\p{Lu}\p{Ll}{2,})(\p{Lu}\p{Ll}{2,})$/u.exec(name);
  if (capital?.[1] && capital[2]) return [[capital[1], capital[2]]];
  for (let at = MIN_PART; at <= name.length - MIN_PART; at += 1) {
    const [first, second] = [name.slice(0, at), name.slice(at)];
    if (isKnownFamilyName(first) && isKnownFamilyName(second)) return [[first, second]];
  }
  return [];
}

function prefixSpellings(name: string): readonly string[] {
  const apostrophe = /^([OD])([B-DF-HJ-NP-TV-Z].{2,})$/i.exec(name);
  if (apostrophe) return [`${apostrophe[1]}'${apostrophe[2]}`];
  const gaelic = /^(MA?C)(\p{L}{3,})$/iu.exec(name);
  if (gaelic) return [`${gaelic[1]} ${gaelic[2]}`];
  return isKnownFamilyName(name)
    ? []
    : runTogether(name).flatMap(([first, second]) => [`${first}-${second}`, `${first} ${second}`]);
}

function halves(name: string): readonly string[] {
  const parts = name.split(/[\s-]+/).filter((part) => !PARTICLES.has(foldName(part)));
  return parts.length === 2 ? parts.filter((part) => foldName(part).length > 2) : [];
}

/** None for a name that a wildcard would not shorten. */
function nameStart(name: string): readonly string[] {
  return name.length > NAME_START ? [`${name.slice(0, NAME_START)}*`] : [];
}

function isWholeName(name: string): boolean {
  return !isInitial(name);
}

function present<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}
