/** Damage to names. */

import type { Draft } from './cohort-style.ts';
import type { Damage, Subject } from './damage.ts';
import { typingSlip, withoutDiacritics } from './damage-slips.ts';
import { ageOn, daysBetween } from './dates.ts';
import { nicknamesOf } from './nicknames.ts';
import { pick, type Random } from './random.ts';

/** Babies are registered under six weeks old with names such as BABY. */
export const newbornDays = 42;

export const slipInGivenName: Damage = (draft, _subject, random) =>
  changed(draft, { givenName: typingSlip(draft.givenName, random) });

export const slipInFamilyName: Damage = (draft, _subject, random) =>
  changed(draft, { familyName: typingSlip(draft.familyName, random) });

export const nicknameForGivenName: Damage = (draft, _subject, random) => {
  const nicknames = nicknamesOf(draft.givenName);
  return nicknames.length === 0 ? undefined : { ...draft, givenName: pick(random, nicknames) };
};

export const swapNames: Damage = (draft) =>
  changed(draft, { givenName: draft.familyName, familyName: draft.givenName });

export const usePreviousFamilyName: Damage = (draft, { person }, random) => {
  if (person.previous_family_names === '') return undefined;
  return changed(draft, { familyName: pick(random, person.previous_family_names.split('|')) });
};

export const putTitleInName: Damage = (draft, subject, random) => {
  const title = subject.person.title || titleFor(subject);
  const isUpper = random.below(2) === 0;
  return { ...draft, givenName: `${isUpper ? title.toUpperCase() : title} ${draft.givenName}` };
};

export const curlApostrophe: Damage = (draft, _subject, random) => {
  const curl = pick(random, ['’', '‘', '´', '`', 'ʼ']);
  return changed(draft, { familyName: draft.familyName.replaceAll("'", curl) });
};

export const dropApostrophe: Damage = (draft, _subject, random) =>
  changed(draft, { familyName: draft.familyName.replaceAll("'", pick(random, ['', ' '])) });

export const useOddBlank: Damage = (draft) =>
  draft.familyName.includes(' ')
    ? { ...draft, familyName: draft.familyName.replaceAll(' ', '\u00a0') }
    : { ...draft, familyName: `${draft.familyName}\u00a0` };

export const doubleBlanks: Damage = (draft) => ({
  ...draft,
  givenName: ` ${draft.givenName.replaceAll(' ', '  ')}`,
  familyName: `${draft.familyName.replaceAll(' ', '  ')}  `,
});

export const writeInUpperCase: Damage = (draft) =>
  changed(draft, {
    familyName: draft.familyName.toUpperCase(),
    givenName: draft.givenName.toUpperCase(),
  });

export const writeInLowerCase: Damage = (draft) =>
  changed(draft, {
    familyName: draft.familyName.toLowerCase(),
    givenName: draft.givenName.toLowerCase(),
  });

export const loseDiacritics: Damage = (draft) =>
  changed(draft, {
    familyName: withoutDiacritics(draft.familyName),
    givenName: withoutDiacritics(draft.givenName),
  });

/** `Smith-Jones` becomes `Smith Jones`, `SmithJones`, `Smith` or `Jones`. */
export const varyDoubleBarrelled: Damage = (draft, _subject, random) => {
  const parts = draft.familyName.split(/[- ]/);
  const hyphen = draft.familyName.includes('-');
  const variants = [parts.join(hyphen ? ' ' : '-'), parts.join(''), parts[0], parts.at(-1)];
  return parts.length < 2 ? undefined : changed(draft, { familyName: pick(random, variants) });
};

export const keepInitialOnly: Damage = (draft) =>
  changed(draft, { givenName: [...draft.givenName][0] });

export const useBabyName: Damage = (draft, { person, today }, random) => {
  if (person.birth_date.length !== 8) return undefined;
  if (daysBetween(person.birth_date, today) >= newbornDays) return undefined;
  const sex = person.gender === '1' ? 'BABY BOY' : 'BABY GIRL';
  const names = ['BABY', sex, `BABY OF ${draft.familyName.toUpperCase()}`, 'TWIN 1', 'INFANT'];
  return { ...draft, givenName: pick(random, names) };
};

export const usePlaceholderName: Damage = (draft, _subject, random) => {
  const [givenName, familyName] = pick(random, placeholderNames);
  return {
    ...draft,
    givenName: givenName || draft.givenName,
    familyName: familyName || draft.familyName,
  };
};

export const addRemark: Damage = (draft, _subject, random) => {
  const alias = nicknamesOf(draft.givenName)[0] ?? 'Sam';
  switch (random.below(4)) {
    case 0:
      return { ...draft, familyName: `${draft.familyName} (DECEASED)` };
    case 1:
      return { ...draft, givenName: `${draft.givenName} AKA ${alias}` };
    case 2:
      return { ...draft, givenName: `${draft.givenName} (${alias})` };
    default:
      return { ...draft, familyName: `${draft.familyName} *DUP*` };
  }
};

export const omitGivenName: Damage = (draft) => changed(draft, { givenName: '' });

const placeholderNames: readonly (readonly [given: string, family: string])[] = [
  ['UNKNOWN', 'UNKNOWN'],
  ['UNKNOWN', ''],
  ['', 'UNKNOWN'],
  ['TEST', 'PATIENT'],
  ['TEST', 'ZZZTEST'],
  ['N/K', ''],
  ['DO NOT USE', 'DUPLICATE'],
];

function titleFor({ person, today }: Subject): string {
  if (person.gender === '2') return ageOn(person.birth_date, today) < 18 ? 'Miss' : 'Mrs';
  return 'Mr';
}

/** The draft with new values; `undefined` when one is missing or nothing is different. */
function changed(
  draft: Draft,
  values: Partial<Record<keyof Draft, string | undefined>>,
): Draft | undefined {
  const next = { ...draft };
  let isDifferent = false;
  for (const field of ['familyName', 'givenName'] as const) {
    const value = field in values ? values[field] : draft[field];
    if (value === undefined) return undefined;
    if (value !== draft[field]) isDifferent = true;
    next[field] = value;
  }
  return isDifferent ? next : undefined;
}

/** A different spelling of a name, of whatever kind fits: for a person who comes twice. */
export function respell(draft: Draft, subject: Subject, random: Random): Draft | undefined {
  const ways = [nicknameForGivenName, slipInGivenName, usePreviousFamilyName, slipInFamilyName];
  const start = random.below(ways.length);
  for (let step = 0; step < ways.length; step += 1) {
    const spelt = ways[(start + step) % ways.length]?.(draft, subject, random);
    if (spelt !== undefined) return spelt;
  }
  return undefined;
}
