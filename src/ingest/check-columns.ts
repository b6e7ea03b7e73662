/** Faults that only a whole column shows. Counted while rows pass, judged before anything is sent. */
import type { Field } from '../domain/field.ts';
import type { FileForm } from '../domain/file-form.ts';
import type { Finding, FindingCode } from '../domain/finding.ts';
import { InputError } from '../errors.ts';
import { createBirthDateColumn, dateOfSerial } from './birth-date-column.ts';
import type { ColumnMap } from './map-columns.ts';
import { isWidespread, type Tally, tallied } from './widespread.ts';

export interface ColumnCheck {
  /** What was found in a row, and its cells. */
  count(findings: readonly Finding[], cells: readonly string[]): void;
  /** Throws InputError when a whole column is not what it was taken for. */
  judge(): void;
}

export interface CheckedColumns {
  /** For the message. */
  readonly path: string;
  readonly form: FileForm;
  readonly headers: readonly string[];
  readonly columns: ColumnMap;
  /** The order in force. */
  readonly dateOrder: 'dmy' | 'mdy';
}

export function createColumnCheck(about: CheckedColumns): ColumnCheck {
  const { columns, form, dateOrder } = about;
  let rows = 0;
  const tallies = new Map<FindingCode, Tally>();
  const birthDates = createBirthDateColumn();
  const birthDateAt = columns.get('birth_date') ?? -1;
  const birthDateFault = (): string | undefined => {
    const fault = birthDates.fault(rows);
    if (fault !== undefined) return fault;
    const isOf1904 = form.kind === 'xlsx' && form.is1904;
    const serials = tallies.get('date-serial-read');
    if (isOf1904 && serials !== undefined) return serialOf1904(serials);
    const otherWay = tallies.get('date-order');
    return isWidespread(otherWay, rows) ? wrongOrder(dateOrder, otherWay) : undefined;
  };
  return {
    count: (findings, cells) => {
      rows += 1;
      for (const { code } of findings) tallies.set(code, tallied(tallies.get(code), rows));
      const birthDate = cells[birthDateAt] ?? '';
      const isSerial = findings.some(({ code }) => code === 'date-serial-read');
      birthDates.count(isSerial ? dateOfSerial(birthDate) : birthDate, rows);
    },
    judge: () => {
      const fault = birthDateFault();
      if (fault !== undefined) throw new InputError(`${placeOf(about, 'birth_date')}: ${fault}`);
      const identities = tallies.get('gender-identity-code');
      if (isWidespread(identities, rows))
        throw new InputError(`${placeOf(about, 'gender')}: ${genderIdentity(identities)}`);
    },
  };
}

/** `people.csv, column 4 ("DOB")`. */
function placeOf({ path, columns, headers }: CheckedColumns, field: Field): string {
  const at = columns.get(field) ?? -1;
  return `${path}, column ${at + 1} ("${headers[at]}")`;
}

function wrongOrder(order: 'dmy' | 'mdy', { cells, first }: Tally): string {
  const [read, other, key] = order === 'dmy' ? ['day', 'month', 'mdy'] : ['month', 'day', 'dmy'];
  return `${cells} dates, the first in row ${first}, have 13 or more where the ${other} should be, when read ${read} first. If the whole column is ${other} first, write in a job file (and give it with --job):\ndate_order: ${key}\nIf the column mixes both orders, export it again with one order, best as YYYY-MM-DD: nobody can tell which of the other dates are right.`;
}

function serialOf1904({ first }: Tally): string {
  return `the workbook counts its days from 1904, and some of them, the first in row ${first}, have no date format, so they would be read four years too early. Give the whole column a date format and save the workbook again.`;
}

function genderIdentity({ cells, first }: Tally): string {
  return `${cells} cells, the first in row ${first}, hold 3, 4 or Z, which are codes of gender identity. PDS is searched by PERSON STATED GENDER CODE or PERSON GENDER CODE CURRENT, in which 1 and 2 mean something else. Name the column with one of those in a job file (and give it with --job):\ncolumns:\n  gender: "the header of that column"`;
}
