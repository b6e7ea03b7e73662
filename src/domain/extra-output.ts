/** What a run leaves beside the files that every run leaves, when the job asks for it. */

/**
 * - `mesh`: the reply that PDS MESH would have given;
 * - `dbs-codes`: the trace code of the Demographics Batch Service for each row.
 */
export const EXTRA_OUTPUTS = ['mesh', 'dbs-codes'] as const;

export type ExtraOutput = (typeof EXTRA_OUTPUTS)[number];

/** What can be brought back of a person found, in the order of the columns. */
export const DETAILS = [
  'title',
  'family_name',
  'given_name',
  'other_given_names',
  'birth_date',
  'gender',
  'death_date',
  'address',
  'postcode',
  'telephone',
  'gp_practice_code',
] as const;

export type Detail = (typeof DETAILS)[number];

/** What tells where a person is: never brought back of somebody whose record is restricted. */
export const LOCATION_DETAILS: ReadonlySet<Detail> = new Set([
  'address',
  'postcode',
  'telephone',
  'gp_practice_code',
]);

/** What a job asks for. */
export interface ExtraRules {
  readonly outputs: readonly ExtraOutput[];
  readonly bring_back: readonly Detail[];
  /** How the file's own dates are to be read. */
  readonly date_order: 'dmy' | 'mdy';
}
