/** The people of a population file, to write rows of one's own about. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Row } from '../../support/runs.ts';

/** Those about whom nothing is unusual: alive in the file under one number, one of a name and day. */
export function peopleIn(populationPath: string): readonly Row[] {
  const all = parse(readFileSync(populationPath), { columns: true }) as Row[];
  const byName = Map.groupBy(all, ({ family_name, birth_date }) => `${family_name} ${birth_date}`);
  return all.filter(
    (person) =>
      person['status'] === 'current' &&
      person['is_sensitive'] === '' &&
      person['death_date'] === '' &&
      /^[12]$/.test(person['gender'] ?? '') &&
      /^(?!.*0101$)\d{8}$/.test(person['birth_date'] ?? '') &&
      /^[A-Z][a-z]+$/.test(person['family_name'] ?? '') &&
      /^[A-Z][a-z]+$/.test(person['given_name'] ?? '') &&
      person['postcode'] !== '' &&
      byName.get(`${person['family_name']} ${person['birth_date']}`)?.length === 1,
  );
}

/** `DD/MM/YYYY`. */
export function aDate({ birth_date: date = '' }: Row): string {
  return `${date.slice(6)}/${date.slice(4, 6)}/${date.slice(0, 4)}`;
}
