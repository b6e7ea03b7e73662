/** The columns of a population file. A file has all of them and no others, in any order. */
export const POPULATION_COLUMNS = [
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

export type PopulationColumn = (typeof POPULATION_COLUMNS)[number];

/** Gives the cell of a column; empty when the cell is. */
export type Row = (column: PopulationColumn) => string;
