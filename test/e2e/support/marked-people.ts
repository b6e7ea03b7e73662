/** Invented people whose every detail has a word in it that stands nowhere else, and where such words are found. */
import { lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { numbersInSeededOrder } from '../../../src/synth/numbers.ts';
import { populationColumns } from '../../../src/synth/population-entry.ts';

const PEOPLE = 60;

/** In every case of letters that the program writes. None can come about by chance in what is encrypted. */
const WORDS = [
  ...['quornbeck', 'zephyrine', 'wolfram-xanthe', 'ls1 1aa', 'localmark', 'freetextmark'],
  ...['1923-11-', '/11/1923', '-nov-1923'],
];

export interface MarkedPeople {
  readonly population: string;
  readonly input: string;
  readonly rows: number;
  /** What of any person stands in the text, every mark once. */
  marksIn(text: string): readonly string[];
}

/** Every third person's row holds no number, every tenth's is wrong, every seventh's cannot be used. */
export function writeMarkedPeople(folder: string): MarkedPeople {
  const population = join(folder, 'population.csv');
  const input = join(folder, 'input.csv');
  const numbers = numbersInSeededOrder('marked people');
  const people = Array.from({ length: PEOPLE }, (_none, at) =>
    person(String(numbers.next().value), at),
  );
  writeFileSync(
    population,
    stringify([populationColumns, ...people.map((one) => populationColumns.map((c) => one[c]))]),
  );
  const header =
    'Local ID,NHS number,Family name,Given name,Date of birth,Gender,Postcode,Notes'.split(',');
  writeFileSync(input, stringify([header, ...people.map(inputRow)]));
  const marks = [
    ...WORDS,
    ...people.flatMap(({ nhs_number: number = '', birth_date: date = '' }) => [
      number,
      number.replace(/(...)(...)(....)/, '$1 $2 $3'),
      date,
    ]),
  ];
  return {
    population,
    input,
    rows: PEOPLE,
    marksIn: (text) => {
      const lower = text.toLowerCase();
      return [...new Set(marks)].filter((mark) => lower.includes(mark));
    },
  };
}

export interface FoundFile {
  /** Below the folder. */
  readonly path: string;
  readonly text: string;
  /** Octal. */
  readonly mode: string;
}

/** Every file below a folder, each byte as a character; folders have the text ''. */
export function filesBelow(folder: string): readonly FoundFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((path) => {
    const whole = join(folder, path);
    // SQLite may take a file away in between.
    const stat = lstatSync(whole, { throwIfNoEntry: false });
    if (stat === undefined) return [];
    const mode = (stat.mode & 0o777).toString(8);
    return [{ path, mode, text: stat.isFile() ? readFileSync(whole, 'latin1') : '' }];
  });
}

function person(number: string, at: number): Record<string, string> {
  return {
    nhs_number: number,
    status: 'current',
    family_name: `Quornbeck${letters(at)}`,
    given_name: `Zephyrine${letters(at)}`,
    gender: String(1 + (at % 2)),
    birth_date: `192311${String(1 + (at % 28)).padStart(2, '0')}`,
    address_line_1: '1 Wolfram-Xanthe Road',
    postcode: 'LS1 1AA',
  };
}

function inputRow(person: Readonly<Record<string, string>>, at: number): string[] {
  const date = person['birth_date'] ?? '';
  return [
    `LOCALMARK${at}`,
    at % 3 === 0 ? '' : (person['nhs_number'] ?? ''),
    person['family_name'] ?? '',
    at % 10 === 9 ? 'Wolfram-Xanthe' : (person['given_name'] ?? ''),
    at % 7 === 0 ? '' : `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`,
    person['gender'] ?? '',
    'LS1 1AA',
    '=FREETEXTMARK',
  ];
}

function letters(at: number): string {
  return String.fromCharCode(97 + Math.floor(at / 26), 97 + (at % 26));
}
