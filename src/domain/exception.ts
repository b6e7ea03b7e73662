/** Why a row has no NHS number to use: the closed list, in the order the summary counts them. */
export const EXCEPTION_CODES = [
  'unusable',
  'no-match',
  'multiple-matches',
  'not-verified',
  'invalidated',
  'possible-match',
  'duplicate',
  'failed',
] as const;

export type ExceptionCode = (typeof EXCEPTION_CODES)[number];

/** How a row came to its NHS number: the closed list, in the order the summary counts them. */
export const OUTCOMES = ['verified', 'traced', 'superseded', 'corrected'] as const;

export type Outcome = (typeof OUTCOMES)[number];
