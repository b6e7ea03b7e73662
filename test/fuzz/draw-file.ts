/** Draws a file of invented people in some form, and what it holds; then, mostly, damages it. */
import { makeXlsx } from '../support/make-xlsx.ts';
import { damageBytes, damageXml } from './damage.ts';
import type { Random } from './random.ts';

export interface DrawnFile {
  readonly bytes: Buffer;
  readonly kind: 'csv' | 'xlsx';
  readonly isDamaged: boolean;
  /** The people that were drawn, cell by cell. Those of a file that is not damaged must come out so. */
  readonly people: readonly (readonly string[])[];
  /** The bytes as text, for what a reader of its own looks for in it; empty where damage shifts all of it. */
  readonly text: string;
}

const HEADERS = [
  ...['Local ID', 'NHS number', 'Surname', 'Forename', 'Date of birth', 'Sex', 'Postcode', 'Notes'],
];
const NUMBERS = [
  '9990123454',
  '999 034 1702',
  '9990123455',
  '9.99E+09',
  '',
  '="9990123454"',
] as const;
const NAMES = [
  'Testby',
  "O'Né",
  'Müller',
  'Smith-Jones',
  'van der Berg',
  'NULL',
  '',
  'Zoë',
] as const;
const DATES = [
  '17/09/1981',
  '1981-09-17',
  '1 Feb 1975',
  '19810917',
  '31/04/1981',
  '',
  '29846',
] as const;
const NOTES = [
  '',
  'x',
  'a, b; c',
  'say "hello"',
  '1 High Street\nTesttown, Testshire',
  '£5',
  '|~\t',
] as const;

export function drawFile(random: Random): DrawnFile {
  const people = Array.from({ length: 1 + random.int(12) }, (_, at) => drawPerson(random, at));
  const isDamaged = random.chance(0.85);
  return random.chance(0.25)
    ? drawXlsx(random, people, isDamaged)
    : drawCsv(random, people, isDamaged);
}

/** The first cell is a marker that stands nowhere else. */
function drawPerson(random: Random, at: number): string[] {
  return [
    `ID${String(at).padStart(4, '0')}`,
    random.pick(NUMBERS),
    random.pick(NAMES),
    random.pick(NAMES),
    random.pick(DATES),
    random.pick(['F', 'M', '9', '']),
    random.pick(['M1 1AE', 'ZZ99 3VZ', '']),
    random.pick(NOTES),
  ];
}

function drawCsv(random: Random, people: readonly string[][], isDamaged: boolean): DrawnFile {
  const delimiter = random.pick([',', ';', '\t', '|', '~']);
  const end = random.pick(['\n', '\r\n', '\r']);
  const isQuoted = random.chance(0.3);
  const cell = (text: string): string =>
    isQuoted || /["\r\n,;\t|~]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const line = (cells: readonly string[]): string => cells.map(cell).join(delimiter) + end;
  const noLineEnds =
    end === '\r' ? people.map((cells) => cells.map((text) => text.replace('\n', ' '))) : people;
  const text = [
    random.chance(0.2) ? `Extract of the week${end}` : '',
    line(HEADERS),
    ...noLineEnds.map(line),
    random.chance(0.1) ? `${delimiter.repeat(HEADERS.length - 1)}${end}` : '',
    random.chance(0.1) ? `End of report${end}` : '',
  ].join('');
  const encoding = random.pick<BufferEncoding>(['utf8', 'utf8', 'utf16le', 'latin1']);
  const mark =
    encoding === 'utf16le' || (encoding === 'utf8' && random.chance(0.3)) ? '\uFEFF' : '';
  const whole = Buffer.from(mark + text, encoding);
  const bytes = isDamaged ? damageBytes(random, whole) : whole;
  return {
    bytes,
    kind: 'csv',
    isDamaged,
    people: noLineEnds,
    text: encoding === 'utf16le' ? '' : bytes.toString(encoding),
  };
}

function drawXlsx(random: Random, people: readonly string[][], isDamaged: boolean): DrawnFile {
  const rows = [HEADERS, ...people];
  const plain = makeXlsx({ sheets: [{ rows }] });
  if (!isDamaged) return { bytes: plain, kind: 'xlsx', isDamaged, people, text: '' };
  const bytes = random.chance(0.4) ? damageBytes(random, plain) : damageXml(random, rows);
  return { bytes, kind: 'xlsx', isDamaged, people, text: '' };
}
