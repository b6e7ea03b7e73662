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
