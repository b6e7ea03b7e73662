/** The kinds of damage to names, with their rates. */

import type { Damage, DamageKind } from './damage.ts';
import * as names from './damage-names.ts';

/** How many rows in 100, by style. */
export type Rates = DamageKind['rates'];

/** The least rate: seen in 500 rows. */
export const seldom = 0.5;

/** The least rate in every style. */
export const everywhere: Rates = { nightly: seldom, backfill: seldom, 'social-care': seldom };

/** The rarest first among those that touch one field. */
export const nameKinds: readonly DamageKind[] = [
  ...givenNameKinds(),
  ...familyNameKinds(),
  ...bothNameKinds(),
];

function givenNameKinds(): readonly DamageKind[] {
  const given = (kind: string, apply: Damage, rates: Rates): DamageKind => ({
    kind,
    touches: ['givenName'],
    apply,
    rates,
  });
  return [
    { ...given('baby-name', names.useBabyName, everywhere), pool: 'newborn' },
    given('given-name-initial', names.keepInitialOnly, { ...everywhere, 'social-care': 2 }),
    given('given-name-slip', names.slipInGivenName, {
      nightly: 0.9,
      backfill: 0.9,
      'social-care': 2,
    }),
    given('given-name-missing', names.omitGivenName, { 'social-care': 3 }),
    given('title-in-name', names.putTitleInName, { ...everywhere, 'social-care': 6 }),
    {
      ...given('nickname', names.nicknameForGivenName, {
        nightly: 1,
        backfill: 2,
        'social-care': 10,
      }),
      pool: 'nicknamed',
    },
  ];
}

function familyNameKinds(): readonly DamageKind[] {
  const family = (kind: string, apply: Damage, rates: Rates = everywhere): DamageKind => ({
    kind,
    touches: ['familyName'],
    apply,
    rates,
  });
  return [
    { ...family('apostrophe-curly', names.curlApostrophe), pool: 'apostrophe' },
    { ...family('apostrophe-dropped', names.dropApostrophe), pool: 'apostrophe' },
    { ...family('double-barrelled-variant', names.varyDoubleBarrelled), pool: 'double-barrelled' },
    family('odd-blank', names.useOddBlank),
    family('family-name-slip', names.slipInFamilyName, {
      nightly: 1.3,
      backfill: 1.3,
      'social-care': 2,
    }),
    family('previous-family-name', names.usePreviousFamilyName, {
      nightly: 2,
      backfill: 3,
      'social-care': 3,
    }),
  ];
}

function bothNameKinds(): readonly DamageKind[] {
  const both = (kind: string, apply: Damage, rates: Rates = everywhere): DamageKind => ({
    kind,
    touches: ['familyName', 'givenName'],
    apply,
    rates,
  });
  return [
    { ...both('diacritics-lost', names.loseDiacritics), pool: 'diacritics' },
    both('placeholder-name', names.usePlaceholderName),
    both('names-swapped', names.swapNames),
    both('remark-in-name', names.addRemark),
    both('double-blanks', names.doubleBlanks),
    both('lower-case', names.writeInLowerCase),
    both('upper-case', names.writeInUpperCase, { nightly: 5, backfill: 10, 'social-care': 2 }),
  ];
}
