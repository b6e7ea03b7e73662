/**
 * How often each field of a row is missing or wrong, in 100 rows, as published for the linkage of
 * English hospital and social-care records to the national register. Errors are counted among the
 * rows that hold the field, and per person: at most one error befalls a field.
 */

import type { CohortStyle } from './cohort-style.ts';

/** Rates in 100 rows. */
export interface DocumentedRates {
  readonly number: {
    readonly missing: number;
    /** A digit wrong or lost, or two exchanged. */
    readonly typing: number;
    readonly ofOtherPerson: number;
    readonly ofTwin: number;
    readonly superseded: number;
    readonly invalidated: number;
    readonly ofNobody: number;
  };
  readonly givenName: {
    readonly missing: number;
    readonly initialOnly: number;
    /** A typing slip. */
    readonly partlyWrong: number;
    /** Another name: a short form, a middle name, or neither. */
    readonly wrong: number;
  };
  readonly familyName: { readonly wrongOfFemales: number; readonly wrongOfOthers: number };
  readonly namesSwapped: number;
  readonly birthDate: {
    readonly missing: number;
    readonly estimated: number;
    readonly notExact: number;
  };
  readonly gender: { readonly missing: number; readonly wrong: number };
  readonly postcode: {
    readonly missing: number;
    readonly pseudo: number;
    readonly typing: number;
    /** Another than the national one: not an error, for people move. */
    readonly different: number;
  };
}

/** Of given names that are wrong altogether, how many are the short form, where there is one. */
export const shortFormShare = 2 / 3;
/** Of those that are not, how many are a middle name, where there is one. */
export const middleNameShare = 1 / 2;
/** Of women's wrong family names, how many are an earlier name of theirs. */
export const earlierNameShare = 0.7;
/** Of the other wrong family names: typing slips of women, and of everybody else. */
export const familySlipShare = { females: 1 / 2, others: 0.8 } as const;
/** Of birth dates that are not exact: one part wrong, or day and month exchanged. */
export const partialDateShare = 0.93;
/** Of those, how many are exchanged, where that gives a date. */
export const exchangedDateShare = 0.25;
/** Of different postcodes, how many are an earlier one that the register holds, where it holds one. */
export const earlierPostcodeShare = 2 / 3;
/** Of wrongly typed numbers. */
export const numberSlipShare = { digitWrong: 0.6, transposed: 0.25, digitLost: 0.15 } as const;

/** No more rows than this have another postcode, however many times the errors. */
const mostDifferentPostcodes = 75;

const sparse = {
  number: 60,
  givenName: 2,
  initialOnly: 1.5,
  birthDate: 1,
  estimated: 2,
  gender: 3,
  postcode: 8,
};
const full = {
  number: 5,
  givenName: 0.2,
  initialOnly: 0.3,
  birthDate: 0.2,
  estimated: 0,
  gender: 0.5,
  postcode: 1,
};

/** The published rates, each so many times as often; missing numbers stay at their own rate. */
export function documentedRates(style: CohortStyle, times: number): DocumentedRates {
  const missing = style === 'social-care' ? sparse : full;
  return {
    number: {
      missing: missing.number,
      typing: 0.5 * times,
      ofOtherPerson: 0.05 * times,
      ofTwin: 0.02 * times,
      superseded: 0.3 * times,
      invalidated: 0.05 * times,
      ofNobody: 0.05 * times,
    },
    givenName: {
      missing: missing.givenName * times,
      initialOnly: missing.initialOnly * times,
      partlyWrong: 0.87 * times,
      wrong: 0.6 * times,
    },
    familyName: { wrongOfFemales: 5.67 * times, wrongOfOthers: 1.34 * times },
    namesSwapped: 0.19 * times,
    birthDate: {
      missing: missing.birthDate * times,
      estimated: missing.estimated * times,
      notExact: 0.49 * times,
    },
    gender: { missing: missing.gender * times, wrong: 0.33 * times },
    postcode: {
      missing: missing.postcode * times,
      pseudo: 0.02 * times,
      typing: 0.97 * times,
      different: Math.min(30 * times, mostDifferentPostcodes),
    },
  };
}

/** People who are not in the population, in 100 rows of any file: people, not errors. */
export const strangerRates = {
  'not-in-population': 2,
  'twin-not-registered': 0.05,
  'child-not-registered': 0.1,
  // One stranger in a hundred: 960 of one sex are born a day, and two of them have one family name
  // by 1 in 1,100, and one given name by 1 in 80.
  'namesake-not-in-population': 0.02,
} as const;
