/** The columns of a population file, in order. */
export const populationColumns = [
  'nhs_number',
  'status',
  'superseded_by',
  'title',
  'family_name',
  'given_name',
  'other_given_names',
  'gender',
  'birth_date',
  'death_date',
  'address_line_1',
  'address_line_2',
  'address_line_3',
  'address_line_4',
  'address_line_5',
  'postcode',
  'telephone',
  'gp_practice_code',
  'is_sensitive',
  'previous_family_names',
  'previous_postcodes',
] as const;

/** A column of a population file. */
export type PopulationColumn = (typeof populationColumns)[number];

/**
 * One entry of the population, its keys the columns of the file. Empty text for what is not known.
 * `status` is `current`, `superseded` (then `superseded_by` is the number of a current entry) or
 * `invalidated`. Dates are YYYYMMDD, rarely YYYYMM or YYYY. `gender` is 0, 1, 2 or 9.
 * `is_sensitive` is `Y` or empty. `|` stands between previous names and between previous postcodes.
 */
export type PopulationEntry = Readonly<Record<PopulationColumn, string>>;

/** The columns that a cohort is made from. */
export const cohortSourceColumns = [
  'nhs_number',
  'status',
  'superseded_by',
  'title',
  'family_name',
  'given_name',
  'other_given_names',
  'gender',
  'birth_date',
  'postcode',
  'previous_family_names',
  'previous_postcodes',
] as const satisfies readonly PopulationColumn[];

/** The part of an entry that cohorts are drawn from. */
export type CohortSource = Readonly<Record<(typeof cohortSourceColumns)[number], string>>;
