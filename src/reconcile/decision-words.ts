/** What an exception says to the person who will mend the record. No text holds personal data. */
import type { Exception } from '../domain/decision.ts';

export type Words = Pick<Exception, 'reason' | 'action'>;

export const NOBODY: Words = {
  reason:
    'The provider knows nobody with these details, in any of the forms in which they were asked about.',
  action:
    'Check family name, given name, date of birth and gender; correct the row and run it again. If all is right, the person may be unknown to PDS.',
};

export const NOBODYS_NUMBER: Words = {
  reason: 'NHS number: the provider knows nobody who has both this number and these details.',
  action: "Check the NHS number and the date of birth against the patient's documents.",
};

export const SEVERAL: Words = {
  reason: 'The provider knows more than one person with these details.',
  action:
    'Add what the row lacks of full given name and postcode, and run it again; never pick one.',
};

export const TWO_PEOPLE: Words = {
  reason: 'Two ways of asking led to two different people, so neither number was taken.',
  action:
    'Check name, date of birth and postcode: one of them may belong to another person. "nhs-trace explain" shows what came back.',
};

export const WILDCARD: Words = {
  reason:
    'Somebody was found by the beginning of a name or postcode, but other beginnings were not tried or found more than one person.',
  action: 'Check the row, and have the person searched for by somebody who can look.',
};

export const NOTHING_TO_ASK: Words = {
  reason: 'No step of the search policy fits what the row holds, so nothing was sent.',
  action: 'Add what the row lacks, or a step to the policy of the job.',
};

export const NOT_VERIFIED: Words = {
  reason: "NHS number: it exists, but these details are not its owner's.",
  action:
    "Check the NHS number and the date of birth against the patient's documents; do not use the number until then.",
};

export const NOT_NEW_STYLE: Words = {
  reason: 'NHS number: the provider does not take it for a ten-digit NHS number.',
  action: 'Correct the NHS number, or leave it empty so that the person is searched for.',
};

export const INVALIDATED: Words = {
  reason:
    'NHS number: it has been withdrawn and has no replacement. The record may be wrongly identified.',
  action:
    'Stop using the number, mark the record so that everybody who opens it sees this, alert the back office, and regard all data on it with caution (MSCA-DQ-04).',
};

export const REPLACEMENT_UNKNOWN: Words = {
  reason: 'NHS number: it has been replaced by another, which the provider did not name.',
  action: 'Stop using the number and have the data-quality team look up its replacement.',
};

export const OTHER_NUMBER: Words = {
  reason: 'NHS number: the provider answered with another number than the one supplied.',
  action: 'Compare the record with the candidate on PDS before using either number.',
};

export const FOUND_ANOTHER =
  'A search found this person under another number, which is the candidate.';

export function foundAnotherInDoubt(because: string): string {
  return `A search found somebody under another number, which is the candidate, but on too little to be sure. ${because}`;
}

export function contradicted(because: string): Words {
  return {
    reason: `The NHS number exists, but is not confirmed as this person's. ${because}`,
    action: NOT_VERIFIED.action,
  };
}

export function possible(because: string): Words {
  return {
    reason: `Somebody was found, but on too little to be sure. ${because}`,
    action:
      'Compare the record with the candidate on PDS, field by field; use the number only if it is the same person.',
  };
}

export const DUPLICATE: Words = {
  reason:
    'NHS number: this row and another, of what looks like a different person, came to the same number.',
  action:
    'Find the rows with the same candidate, decide whose it is, and have two records of one person merged.',
};

/** MSCA-DQ-03: FLGINV-5.1, 7, 7.1, 7.4. */
export const MERGE: Words = {
  reason:
    'NHS number: it has been replaced by another, which is already on another row of this file. The two records may be one person.',
  action:
    'Have the two records looked at for merging. Until then go on with this one, tell everybody who opens it that its number is no longer valid and that it is with the back office, and regard its data with caution.',
};

export function noAnswer(code: string | undefined): Words {
  return {
    reason: `The provider gave no answer${code === undefined ? '' : ` (${code})`}. This says nothing about the person.`,
    action:
      'Run "nhs-trace resume" on this run directory; only rows without an answer are asked again.',
  };
}
