/** Between the values of this folder and the cells of its files. */

import { type CohortOptions, makeCohort } from './cohort.ts';
import {
  type CohortSource,
  cohortSourceColumns,
  type PopulationEntry,
  populationColumns,
} from './population-entry.ts';
import { type TruthRow, truthCells } from './truth.ts';

/** The cells of one row. */
export type Cells = readonly string[];

/** One row of the population file at a time. */
export function* populationRows(entries: Iterable<PopulationEntry>): Generator<readonly Cells[]> {
  for (const entry of entries) yield [populationColumns.map((column) => entry[column])];
}

/** One row of the cohort file and one of the truth file at a time. */
export function* cohortRows(options: CohortOptions): Generator<readonly Cells[]> {
  for (const { cells, truth } of makeCohort(options)) yield [cells, truthCells(truth)];
}

/** An entry from its cells, which are in the order of cohortSourceColumns. */
export function cohortSource(cells: Cells): CohortSource {
  const cell = (column: (typeof cohortSourceColumns)[number]): string =>
    cells[cohortSourceColumns.indexOf(column)] ?? '';
  return {
    nhs_number: cell('nhs_number'),
    status: cell('status'),
    superseded_by: cell('superseded_by'),
    title: cell('title'),
    family_name: cell('family_name'),
    given_name: cell('given_name'),
    other_given_names: cell('other_given_names'),
    gender: cell('gender'),
    birth_date: cell('birth_date'),
    postcode: cell('postcode'),
    previous_family_names: cell('previous_family_names'),
    previous_postcodes: cell('previous_postcodes'),
  };
}

/** A truth row from its cells, which are in the order of truthColumns. */
export function truthRow(cells: Cells): TruthRow {
  const [row = '', trueNhsNumber = '', isIn = '', damage = '', note = ''] = cells;
  return { row: Number(row), trueNhsNumber, isInPopulation: isIn === 'Y', damage, note };
}
