/** How people are searched for: data, in the words of the job file. What it means is in match/. */
import type { Operation } from './trace.ts';

/** The form in which a step sends a field; the row must hold what the form is made from. */
export const FIELD_FORMS = {
  nhs_number: ['as-given'],
  /** - `spelling`: blanks, hyphens and apostrophes in the other ways that registers write them, and without diacritics; - `half`: one part of a double-barrelled name; - `exchanged`: what stands as the given name. */
  family_name: ['as-given', 'spelling', 'half', 'previous', 'exchanged', 'start'],
  /** `registered`: the names that a short form such as Bill stands for. */
  given_name: ['as-given', 'registered', 'exchanged', 'start'],
  birth_date: ['as-given', 'exchanged'],
  gender: ['as-given'],
  postcode: ['as-given', 'previous', 'start'],
} as const;

export type SentField = keyof typeof FIELD_FORMS;
export type FieldForm<F extends SentField = SentField> = (typeof FIELD_FORMS)[F][number];

/**
 * What the search has come to when a step is worth its request:
 * - `begin`: nobody was searched for yet; a supplied number may have been asked about, in vain;
 * - `nobody`: nobody has these details (DEMOG-0001), so another form;
 * - `several`: more than one has them (DEMOG-0007), so a narrower question;
 * - `doubt`: one person, on too little evidence, so a question that would add some.
 */
export const SEARCH_STATES = ['begin', 'nobody', 'several', 'doubt'] as const;

export type SearchState = (typeof SEARCH_STATES)[number];

/**
 * How a given name may agree with one of the person found:
 * - `same`: letter by letter, but for case, diacritics and punctuation;
 * - `short-form`: one is a short form of the other (Bill, William);
 * - `short-name`: the same, but people born then are also registered by the short one (Harry, Henry);
 * - `other`: it is among the other given names;
 * - `slip`: one typing slip apart;
 * - `variant`: a slip that may as well be another spelling, and so another name (Laila, Layla);
 * - `initial`: one side holds only the first letter, and it is the same.
 */
export const GIVEN_NAME_LIKENESSES = [
  'same',
  'short-form',
  'short-name',
  'other',
  'slip',
  'variant',
  'initial',
] as const;

export type GivenNameLikeness = (typeof GIVEN_NAME_LIKENESSES)[number];

export interface SearchStep {
  /** Stands in `trace_step`. */
  readonly step: string;
  readonly ask: Operation;
  readonly after: readonly SearchState[];
  readonly send: { readonly [F in SentField]?: FieldForm<F> | undefined };
  /** Stricter than the policy's, for a step that guesses. */
  readonly max_namesakes?: number | undefined;
}

export interface SearchPolicy {
  /** Requests for one person at most, those that fetch details among them. */
  readonly max_requests: number;
  /**
   * A number found by search is written only when fewer people than this, other than the one found,
   * are to be expected in the whole country who would agree with the row as well as that one does.
   */
  readonly max_namesakes: number;
  /** How a given name may agree before a number found by search is written. */
  readonly given_name: readonly GivenNameLikeness[];
  /** In the order in which they are tried. */
  readonly steps: readonly SearchStep[];
}
