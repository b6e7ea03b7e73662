/** What may stand in one row of a population file. No message repeats a value of the row. */
import { GENDERS, isDate, isNewStyleNumber, PERSON_STATUSES } from './person.ts';
import type { Row } from './population-columns.ts';

/** The faults of one row, each with its column; `seen` holds the numbers of the rows above. */
export function checkRow(row: Row, seen: Set<string>): readonly string[] {
  return [...numberFaults(row, seen), ...statusFaults(row), ...personFaults(row)];
}

function numberFaults(row: Row, seen: Set<string>): readonly string[] {
  const number = row('nhs_number');
  if (!isNewStyleNumber(number)) {
    return ['column nhs_number: must be ten digits with a right check digit'];
  }
  if (seen.has(number)) return ['column nhs_number: the same number stands in a row above'];
  seen.add(number);
  return [];
}

function statusFaults(row: Row): readonly string[] {
  const status = row('status');
  if (!PERSON_STATUSES.some((known) => known === status)) {
    return [`column status: must be one of ${PERSON_STATUSES.join(', ')}`];
  }
  const replacement = row('superseded_by');
  if (status !== 'superseded') {
    return replacement === '' ? [] : ['column superseded_by: must be empty with this status'];
  }
  if (isNewStyleNumber(replacement)) return [];
  return ['column superseded_by: must be ten digits with a right check digit'];
}

function personFaults(row: Row): readonly string[] {
  const isCurrent = row('status') === 'current';
  const faults: string[] = [];
  const check = (isRight: boolean, sentence: string) => isRight || faults.push(sentence);
  const [gender, birth, death] = [row('gender'), row('birth_date'), row('death_date')];
  check(
    GENDERS.some((known) => known === gender) || (gender === '' && !isCurrent),
    `column gender: must be one of ${GENDERS.join(', ')}`,
  );
  check(
    isDate(birth) || (birth === '' && !isCurrent),
    'column birth_date: must be a date, YYYYMMDD, YYYYMM or YYYY',
  );
  check(
    death === '' || isDate(death),
    'column death_date: must be empty or a date, YYYYMMDD, YYYYMM or YYYY',
  );
  check(['', 'Y'].includes(row('is_sensitive')), 'column is_sensitive: must be Y or empty');
  return faults;
}
