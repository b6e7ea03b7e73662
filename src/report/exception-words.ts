import type { ExceptionCode, Outcome } from '../domain/exception.ts';

/** What an exception code means, for the person who reads the report. */
export const EXCEPTION_TITLES: Readonly<Record<ExceptionCode, string>> = {
  unusable: 'Cannot be traced as it is; nothing was sent',
  'no-match': 'The provider knows nobody with these details',
  'multiple-matches': 'The provider knows more than one person with these details',
  'not-verified': 'The NHS number is not confirmed as this person’s',
  invalidated: 'The NHS number has been withdrawn',
  'possible-match': 'Somebody was found, but on too little to be sure',
  duplicate: 'Two records that look like different people came to one NHS number',
  failed: 'No answer from the provider; resume the run to ask again',
};

/** What an outcome means. */
export const OUTCOME_TITLES: Readonly<Record<Outcome, string>> = {
  verified: 'The NHS number supplied is this person’s',
  traced: 'No NHS number was supplied; this one was found',
  superseded: 'The NHS number supplied has been replaced by this one',
  corrected: 'The NHS number supplied is not this person’s; this one is',
};

/** Who must act on an exception, in the order in which the report lists them. */
export const ACTORS = ['back-office', 'data-quality', 'clerk', 'nobody'] as const;

export type Actor = (typeof ACTORS)[number];

export const ACTOR_WORDS: Readonly<
  Record<Actor, { readonly title: string; readonly task: string }>
> = {
  'back-office': {
    title: 'The back office',
    task: 'Records that may be wrongly identified, or are to be merged. Until that is done, all data on them is to be regarded with caution.',
  },
  'data-quality': {
    title: 'The data-quality team',
    task: 'Somebody who can look at PDS compares the record with the person found, and decides.',
  },
  clerk: {
    title: 'The clerk who mends the record',
    task: 'The record lacks something, or holds something wrong: correct it from the patient’s documents, and trace it again.',
  },
  nobody: {
    title: 'Whoever runs the program',
    task: 'The provider gave no answer, which says nothing about these people. “nhs-trace resume” asks again.',
  },
};

/** Who must act on each code. */
export const ACTOR_OF: Readonly<Record<ExceptionCode, Actor>> = {
  unusable: 'clerk',
  'no-match': 'clerk',
  'multiple-matches': 'clerk',
  'not-verified': 'data-quality',
  invalidated: 'back-office',
  'possible-match': 'data-quality',
  duplicate: 'back-office',
  failed: 'nobody',
};

/** Where to look when neither the reason nor the comparison names a field. */
export const LOOK_AT: Readonly<Record<ExceptionCode, string>> = {
  unusable: 'The whole row',
  'no-match': 'Family name, given name, date of birth, gender',
  'multiple-matches': 'Given name, postcode',
  'not-verified': 'NHS number, date of birth',
  invalidated: 'NHS number',
  'possible-match': 'All fields',
  duplicate: 'NHS number',
  failed: 'Nothing',
};
