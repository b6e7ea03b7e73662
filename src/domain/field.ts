/** The fields of a person that a column of the input can hold, as job files name them. */
export const FIELDS = [
  'nhs_number',
  'family_name',
  'previous_family_name',
  'given_name',
  'other_given_names',
  'full_name',
  'birth_date',
  'birth_date_is_estimated',
  'expected_birth_date',
  'gender',
  'postcode',
  'previous_postcode',
] as const;

export type Field = (typeof FIELDS)[number];

/** The cells of one row that were recognised, exactly as they stood in the file. */
export type SourceCells = Readonly<Partial<Record<Field, string>>>;
