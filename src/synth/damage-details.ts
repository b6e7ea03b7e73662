/** Damage to birth dates, genders and postcodes. */

import { genderCodings, writeGender } from './cohort-style.ts';
import type { Damage } from './damage.ts';
import { addDays, dateFormats, exchanged, isDate, writeDate } from './dates.ts';
import { drawInwardLetter, drawPostcode, pseudoPostcodes } from './places.ts';
import { between, chance, pick } from './random.ts';

const placeholderDates = ['19000101', '19010101', '18000101', '18991230', '11111111', '99991231'];

export const exchangeDayAndMonth: Damage = (draft, { person, layout, today }) => {
  const date = exchanged(person.birth_date);
  if (date === undefined || date > today) return undefined;
  return { ...draft, birthDate: writeDate(date, layout.dateFormat) };
};

/** One digit wrong, and still a date of the last 120 years. */
export const mistypeBirthDate: Damage = (draft, { person, layout, today }, random) => {
  const wrong = wrongDates(person.birth_date, today);
  if (wrong.length === 0) return undefined;
  return { ...draft, birthDate: writeDate(pick(random, wrong), layout.dateFormat) };
};

/** Another date of the same 40 years or so, year, month and day all different. */
export const useOtherBirthDate: Damage = (draft, { person, layout, today }, random) => {
  const own = person.birth_date;
  if (own.length !== 8) return undefined;
  const date = addDays(own, between(random, -7300, 7300));
  const isAllOther = [0, 4, 6].every(
    (from) =>
      date.slice(from, from + (from === 0 ? 4 : 2)) !==
      own.slice(from, from + (from === 0 ? 4 : 2)),
  );
  if (!isAllOther || date > today) return undefined;
  return { ...draft, birthDate: writeDate(date, layout.dateFormat) };
};

export const omitBirthDate: Damage = (draft) => ({ ...draft, birthDate: '' });

export const usePlaceholderDate: Damage = (draft, { layout }, random) => ({
  ...draft,
  birthDate: writeDate(pick(random, placeholderDates), layout.dateFormat),
});

export const useOtherDateFormat: Damage = (draft, { person, layout }, random) => {
  if (person.birth_date.length !== 8) return undefined;
  const others = dateFormats.filter((format) => format !== layout.dateFormat);
  return { ...draft, birthDate: writeDate(person.birth_date, pick(random, others)) };
};

export const keepPartOfBirthDate: Damage = (draft, { person }, random) => {
  if (person.birth_date.length !== 8) return undefined;
  return { ...draft, birthDate: person.birth_date.slice(0, pick(random, [4, 6])) };
};

/** The first of January of about the right year, and `Y` in the column that says so. */
export const estimateBirthDate: Damage = (draft, { person, layout, today }, random) => {
  const year = Number(person.birth_date.slice(0, 4)) + random.below(3) - 1;
  const date = `${Math.min(year, Number(today.slice(0, 4)))}0101`;
  return { ...draft, birthDate: writeDate(date, layout.dateFormat), isEstimated: 'Y' };
};

export const useWrongGender: Damage = (draft, { person, layout }) => {
  const wrong = person.gender === '1' ? '2' : '1';
  return { ...draft, gender: writeGender(wrong, layout.genderCoding) };
};

export const omitGender: Damage = (draft) => ({ ...draft, gender: '' });

/** The right gender in another coding than the rest of the file: `M`, `Male` or `1`. */
export const useOtherGenderCoding: Damage = (draft, { person, layout }, random) => {
  const others = genderCodings.filter((coding) => coding !== layout.genderCoding);
  return { ...draft, gender: writeGender(person.gender, pick(random, others)) };
};

export const useOldPostcode: Damage = (draft, { person }, random) => {
  if (person.previous_postcodes === '') return undefined;
  return { ...draft, postcode: pick(random, person.previous_postcodes.split('|')) };
};

export const useUnknownPostcode: Damage = (draft, { person }, random) => {
  const postcode = drawPostcode(random);
  const own = [person.postcode, ...person.previous_postcodes.split('|')];
  return own.includes(postcode) ? undefined : { ...draft, postcode };
};

/** One of the last three places wrong, and still a postcode. */
export const mistypePostcode: Damage = (draft, _subject, random) => {
  const at = draft.postcode.length - 1 - random.below(3);
  const isDigit = at === draft.postcode.length - 3;
  const wrong = isDigit ? String(random.below(10)) : drawInwardLetter(random);
  const postcode = `${draft.postcode.slice(0, at)}${wrong}${draft.postcode.slice(at + 1)}`;
  return postcode === draft.postcode ? undefined : { ...draft, postcode };
};

/** Letter O for a nought, letter I for a one. */
export const writeLettersForDigits: Damage = (draft) => {
  const postcode = draft.postcode.replace(/[01]/, (digit) => (digit === '0' ? 'O' : 'I'));
  return postcode === draft.postcode ? undefined : { ...draft, postcode };
};

export const changePostcodeBlank: Damage = (draft, _subject, random) => ({
  ...draft,
  postcode: draft.postcode.replace(' ', chance(random, 0.6) ? '' : '  '),
});

export const writePostcodeInLowerCase: Damage = (draft) => ({
  ...draft,
  postcode: draft.postcode.toLowerCase(),
});

export const usePseudoPostcode: Damage = (draft, { person }, random) => {
  const postcode = pick(random, pseudoPostcodes);
  return postcode === person.postcode ? undefined : { ...draft, postcode };
};

export const omitPostcode: Damage = (draft) => ({ ...draft, postcode: '' });

function wrongDates(date: string, today: string): readonly string[] {
  const earliest = `${Number(today.slice(0, 4)) - 119}0101`;
  const wrong: string[] = [];
  for (let at = 2; at < date.length; at += 1) {
    for (const digit of '0123456789') {
      const candidate = `${date.slice(0, at)}${digit}${date.slice(at + 1)}`;
      const isPossible = isDate(candidate) && candidate >= earliest && candidate <= today;
      if (isPossible && candidate !== date) wrong.push(candidate);
    }
  }
  return wrong;
}
