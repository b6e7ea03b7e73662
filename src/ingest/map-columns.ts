/** Which column holds which field: by the job's word, else by synonym; never by guessing. */
import { FIELDS, type Field, type SourceCells } from '../domain/field.ts';
import { InputError } from '../errors.ts';
import { foldHeader, HEADER_SYNONYMS } from './header-synonyms.ts';

/** Field to 0-based column. */
export type ColumnMap = ReadonlyMap<Field, number>;

/**
 * What somebody had before may stand in several columns ("Maiden name", "Previous surname"). The first
 * that is not empty counts.
 */
const FORMER: ReadonlySet<Field> = new Set(['previous_family_name', 'previous_postcode']);

/** Fields that nothing else can stand in for; two columns for one of them is a question. */
interface Question {
  readonly field: Field;
  readonly headers: readonly string[];
}

/**
 * `named` is the job's own mapping, field to header. `path` is for the message. Throws InputError
 * when a named header is not there, when two columns fit one field, and when the columns found are
 * not enough to trace anybody.
 */
export function mapColumns(
  headers: readonly string[],
  named: Readonly<Partial<Record<Field, string>>>,
  path: string,
): ColumnMap {
  refuseNumbers(headers, path);
  const columns = new Map<Field, number>();
  const questions: Question[] = [];
  const taken = new Set(Object.values(named).map(foldHeader));
  for (const field of FIELDS) {
    const found = columnsOf(field, headers, named[field], taken, path);
    const isQuestion = found.length > 1 && !FORMER.has(field);
    if (isQuestion) questions.push({ field, headers: found.map((at) => headers[at] ?? '') });
    const [first] = found;
    if (first !== undefined && !isQuestion) columns.set(field, first);
  }
  refuseSharedColumn(columns, headers, path);
  if (isSomeName(columns, headers, named)) columns.delete('full_name');
  if (questions.length > 0) throw twoColumns(questions, path);
  if (!isEnough(columns)) throw tooFewColumns(headers, columns, path);
  return columns;
}

/** Beside a column for the family name, "Name" may be of a ward or a doctor as well. */
function isSomeName(
  columns: ColumnMap,
  headers: readonly string[],
  named: Readonly<Partial<Record<Field, string>>>,
): boolean {
  const at = columns.get('full_name');
  if (at === undefined || named.full_name !== undefined) return false;
  return columns.has('family_name') && foldHeader(headers[at] ?? '') === 'NAME';
}

const PERSON_SIGNS = /^\s*\d{3}[ -]?\d{3}[ -]?\d{4}\s*$|\r(?!\n)/;

/** A person in the header row, for want of a line end, would be lost. */
function refuseNumbers(headers: readonly string[], path: string): void {
  const at = headers.findIndex((header) => PERSON_SIGNS.test(header));
  if (at < 0 || looksLikeData(headers)) return;
  throw new InputError(
    `${path}, header row, column ${at + 1}: there is a number of ten digits or a bare CR among the headers, so people may stand in the header row. End each row with the same line end (CRLF or LF), the header row too.`,
  );
}

/** The columns beside the first of a field that somebody had before; named by the job, it has one. */
export function furtherColumns(
  headers: readonly string[],
  named: Readonly<Partial<Record<Field, string>>>,
): ReadonlyMap<Field, readonly number[]> {
  const taken = new Set(Object.values(named).map(foldHeader));
  const unnamed = [...FORMER].filter((field) => named[field] === undefined);
  return new Map(unnamed.map((field) => [field, synonymsOf(field, headers, taken).slice(1)]));
}

/** How many fields a row would name, were it the header: by synonym or by the job's own words. */
export function countHeaders(
  cells: readonly string[],
  named: Readonly<Partial<Record<Field, string>>>,
): number {
  const folded = new Set(cells.map(foldHeader));
  const known = (field: Field): readonly string[] => {
    const word = named[field];
    return word === undefined ? HEADER_SYNONYMS[field] : [foldHeader(word)];
  };
  return FIELDS.filter((field) => known(field).some((word) => folded.has(word))).length;
}

function synonymsOf(
  field: Field,
  headers: readonly string[],
  taken: ReadonlySet<string>,
): number[] {
  const folded = headers.map(foldHeader);
  const isIt = (header: string): boolean =>
    HEADER_SYNONYMS[field].includes(header) && !taken.has(header);
  const found = indexesOf(folded, isIt);
  if (found.length === 0 || SEVERAL.has(field)) return found;
  const isNumbered = (header: string): boolean =>
    isIt(header) || (/\D\d{1,2}$/.test(header) && isIt(header.replace(/\d+$/, '')));
  return indexesOf(folded, isNumbered);
}

/**
 * Fields that one person may have several of. Of others, `DOB.1`, as some programs call the second of
 * two columns with one header, is a question beside `DOB`.
 */
const SEVERAL: ReadonlySet<Field> = new Set([...FORMER, 'given_name', 'other_given_names']);

function columnsOf(
  field: Field,
  headers: readonly string[],
  named: string | undefined,
  taken: ReadonlySet<string>,
  path: string,
): number[] {
  if (named === undefined) return synonymsOf(field, headers, taken);
  const folded = headers.map(foldHeader);
  const exact = indexesOf(headers, (header) => header === named);
  const found =
    exact.length > 0 ? exact : indexesOf(folded, (header) => header === foldHeader(named));
  if (found.length > 0) return found;
  throw new InputError(
    `${path}, header row: the job file says that ${field} stands under "${named}", but there is no such header.\nThe headers are: ${list(headers)}`,
  );
}

/** The cells of one row by field; of several columns for a field, the first that is not blank. */
export function cellsByField(
  columns: ColumnMap,
  cells: readonly string[],
  further: ReadonlyMap<Field, readonly number[]> = new Map(),
): SourceCells {
  const found: Partial<Record<Field, string>> = {};
  for (const [field, at] of columns) {
    const places = [at, ...(further.get(field) ?? [])];
    const filled = places.find((place) => (cells[place] ?? '').trim() !== '') ?? at;
    found[field] = cells[filled] ?? '';
  }
  return found;
}

/** A number and a date of birth can be verified; a name, date of birth and gender can be searched. */
function isEnough(columns: ColumnMap): boolean {
  const hasName = columns.has('family_name') || columns.has('full_name');
  return (
    columns.has('birth_date') && (columns.has('nhs_number') || (hasName && columns.has('gender')))
  );
}

function refuseSharedColumn(columns: ColumnMap, headers: readonly string[], path: string): void {
  for (const [field, at] of columns) {
    const other = [...columns].find(([name, column]) => column === at && name !== field);
    if (other === undefined) continue;
    throw new InputError(
      `${path}, header row: the job file gives the column "${headers[at]}" to both ${field} and ${other[0]}. Give it to one of them.`,
    );
  }
}

function twoColumns(questions: readonly Question[], path: string): InputError {
  const asked = questions.map(({ field, headers }) => `${field} could be any of ${list(headers)}`);
  const isTold = (question: Question): boolean =>
    new Set(question.headers.map(foldHeader)).size > 1;
  const mends = questions.filter(isTold).map(({ field, headers }) => `  ${field}: "${headers[0]}"`);
  const lines = [`${path}, header row: ${asked.join('; ')}.`];
  if (mends.length > 0) {
    lines.push('Say which in a job file (and give it with --job):', 'columns:', ...mends);
  }
  if (mends.length < questions.length) {
    lines.push('Columns with the same header cannot be told apart: rename all but one of them.');
  }
  return new InputError(lines.join('\n'));
}

function tooFewColumns(headers: readonly string[], columns: ColumnMap, path: string): InputError {
  const found = [...columns].map(([field, at]) => `${field} ("${headers[at]}")`);
  const wanted = (
    ['nhs_number', 'family_name', 'given_name', 'birth_date', 'gender', 'postcode'] as const
  ).filter((field) => !columns.has(field));
  return new InputError(
    [
      `${path}, header row: the columns needed to trace people were not recognised.`,
      `The headers are: ${list(headers)}`,
      `Recognised: ${found.length === 0 ? 'none' : found.join(', ')}.`,
      'Needed: birth_date with nhs_number, or birth_date with family_name and gender.',
      'If the first row is not a header row, add one. Otherwise name the columns in a job file (and give it with --job):',
      'columns:',
      ...wanted.map((field) => `  ${field}: "the header of that column"`),
    ].join('\n'),
  );
}

function indexesOf(headers: readonly string[], isIt: (header: string) => boolean): number[] {
  return headers.flatMap((header, at) => (isIt(header) ? [at] : []));
}

/** Headers, cut short. A file without a header row must not spill its first person into a message. */
function list(headers: readonly string[]): string {
  if (looksLikeData(headers) || !headers.some(isOfHeaders)) {
    return `not shown, because the first row may be a person's data (${headers.length === 1 ? '1 cell' : `${headers.length} cells`})`;
  }
  const shown = headers
    .slice(0, 60)
    .map((header) => `"${header.replace(/[\p{Cc}\p{Cf}]/gu, ' ').slice(0, 60)}"`);
  return shown.join(', ') + (headers.length > shown.length ? ', ...' : '');
}

/** No header is known, and some cell is a date, a number, a postcode or a gender. */
function looksLikeData(headers: readonly string[]): boolean {
  const isDatum = (header: string): boolean =>
    DATUM.test(header.trim()) || (header.match(/\d/g)?.length ?? 0) >= 4;
  return headers.some(isDatum) && !headers.some(isKnown);
}

function isKnown(header: string): boolean {
  const folded = foldHeader(header);
  return Object.values(HEADER_SYNONYMS).some((synonyms) => synonyms.includes(folded));
}

/** Known, or with a word that headers have and names of people have not. */
function isOfHeaders(header: string): boolean {
  return (
    isKnown(header) ||
    /(^|[\W_])(nhs|number|dob|birth|gender|(sur|fore)?name|post ?code|address)($|[\W_])/i.test(
      header,
    )
  );
}

const DATUM =
  /^(?:\d{1,2}[-/. ]\w{1,9}[-/. ]\d{2,4}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|M|F|MALE|FEMALE)$/i;
