/** Reads the people the simulator knows from a CSV file. */
import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import { checkRow } from './check-population-row.ts';
import type { Person, PersonStatus } from './person.ts';
import { POPULATION_COLUMNS, type Row } from './population-columns.ts';
import { SimulatorFileError } from './simulator-error.ts';

const MAX_FAULTS = 20;

/**
 * Reads a population file (UTF-8, with a header row). Rejects with SimulatorFileError when the file
 * cannot be read, naming row (1 is the first row below the header) and column of up to 20 faults.
 */
export async function readPopulation(path: string): Promise<Person[]> {
  const faults: string[] = [];
  const people = await readRows(path, faults);
  if (faults.length === 0) checkReplacements(people, faults);
  if (faults.length > 0) throw new SimulatorFileError(path, faults.slice(0, MAX_FAULTS));
  return people;
}

async function readRows(path: string, faults: string[]): Promise<Person[]> {
  const people: Person[] = [];
  const seen = new Set<string>();
  let cellOf: ((cells: readonly string[]) => Row) | undefined;
  const source = createReadStream(path);
  const rows = source.pipe(parse({ bom: true, skip_empty_lines: true }));
  source.once('error', (error) => rows.destroy(error));
  try {
    for await (const cells of rows as AsyncIterable<readonly string[]>) {
      if (cellOf === undefined) {
        cellOf = readHeader(cells, path);
        continue;
      }
      const row = cellOf(cells);
      const place = `row ${people.length + 1}`;
      for (const fault of checkRow(row, seen)) faults.push(`${place}, ${fault}`);
      if (faults.length >= MAX_FAULTS) break;
      people.push(toPerson(row));
    }
  } catch (error) {
    throw asFileError(path, people.length, error);
  }
  if (cellOf === undefined) throw new SimulatorFileError(path, ['the file is empty']);
  return people;
}

function asFileError(path: string, rowsRead: number, error: unknown): SimulatorFileError {
  if (error instanceof SimulatorFileError) return error;
  const reason = error instanceof CsvError ? error.code : (error as NodeJS.ErrnoException).code;
  return new SimulatorFileError(path, [`row ${rowsRead + 1} cannot be read (${reason})`], {
    cause: error,
  });
}

function readHeader(header: readonly string[], path: string): (cells: readonly string[]) => Row {
  const missing = POPULATION_COLUMNS.filter((name) => !header.includes(name));
  const unknown = header.filter((name) => !POPULATION_COLUMNS.some((known) => known === name));
  const repeated = header.filter((name, place) => header.indexOf(name) !== place);
  const faults = [
    ...missing.map((name) => `header: the column ${name} is missing`),
    ...unknown.map((name) => `header: ${name} is not a column of a population file`),
    ...repeated.map((name) => `header: the column ${name} stands there twice`),
  ];
  if (faults.length > 0) throw new SimulatorFileError(path, faults);
  const places = new Map(header.map((name, place) => [name, place]));
  return (cells) => (column) => cells[places.get(column) ?? -1] ?? '';
}

function toPerson(row: Row): Person {
  const lines = ([1, 2, 3, 4, 5] as const).map((number) => row(`address_line_${number}`));
  return {
    nhsNumber: row('nhs_number'),
    status: row('status') as PersonStatus,
    supersededBy: row('superseded_by') || undefined,
    title: row('title') || undefined,
    familyName: row('family_name') || undefined,
    givenName: row('given_name') || undefined,
    otherGivenNames: row('other_given_names') || undefined,
    gender: row('gender') || undefined,
    birthDate: row('birth_date') || undefined,
    deathDate: row('death_date') || undefined,
    addressLines: lines.some((line) => line !== '') ? lines : undefined,
    postcode: row('postcode') || undefined,
    telephone: row('telephone') || undefined,
    practiceCode: row('gp_practice_code') || undefined,
    isSensitive: row('is_sensitive') === 'Y',
    previousFamilyNames: listOf(row('previous_family_names')),
    previousPostcodes: listOf(row('previous_postcodes')),
  };
}

function listOf(cell: string): readonly string[] | undefined {
  return cell === '' ? undefined : cell.split('|').filter((part) => part !== '');
}

/** A superseded record leads, over one or more records of the file, to one that is not superseded. */
function checkReplacements(people: readonly Person[], faults: string[]): void {
  const byNumber = new Map(people.map((person) => [person.nhsNumber, person]));
  for (const [place, person] of people.entries()) {
    const passed = new Set<Person>();
    let record: Person | undefined = person;
    while (record?.supersededBy !== undefined && !passed.has(record)) {
      passed.add(record);
      record = byNumber.get(record.supersededBy);
    }
    const at = `row ${place + 1}, column superseded_by`;
    if (record === undefined) faults.push(`${at}: leads to a number that is not in the file`);
    else if (passed.has(record)) faults.push(`${at}: leads back to itself`);
  }
}
