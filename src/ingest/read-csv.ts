/** A CSV file as streamed rows. What is wrong with the file as a whole stops here, as InputError. */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Transform } from 'node:stream';
import { CsvError, type Options, parse } from 'csv-parse';
import { parse as parseSync } from 'csv-parse/sync';
import { DELIMITERS, type Delimiter, type Encoding } from '../domain/file-form.ts';
import { InputError } from '../errors.ts';
import { chooseDelimiter } from './choose-delimiter.ts';
import { cannotDecode, EncodingFault, readEncoding } from './read-encoding.ts';
import type { TableRow, TableSource } from './table.ts';

const MAX_ROW_CHARACTERS = 1024 * 1024;
/** By so many rows the delimiter is told. */
const SAMPLE_ROWS = 60;

export interface CsvOptions {
  readonly delimiter: Delimiter | 'auto';
  readonly encoding: Encoding | 'auto';
  /** How many fields a row would name, were it the header. */
  readonly headersIn: (cells: readonly string[]) => number;
}

/** Opens `path`, of which `sample` is the beginning. Throws InputError when it is no table in one encoding. */
export async function openCsv(
  path: string,
  sample: Buffer,
  options: CsvOptions,
): Promise<TableSource> {
  const { encoding, isDoubleEncoded } = await encodingOf(path, sample, options);
  const text = decodeSample(sample, encoding);
  const delimiter = options.delimiter === 'auto' ? detect(text, options) : options.delimiter;
  const hash = createHash('sha256');
  const about = { delimiter, encoding, lineEnds: lineEndsOf(text) };
  return {
    form: { kind: 'csv', delimiter, encoding, isDoubleEncoded },
    rows: readRecords(path, about, hash),
    remarks: () => [],
    digest: () => hash.digest('hex'),
  };
}

async function encodingOf(
  path: string,
  sample: Buffer,
  options: CsvOptions,
): ReturnType<typeof readEncoding> {
  try {
    return await readEncoding(path, options.encoding, sample);
  } catch (error) {
    if (!(error instanceof EncodingFault)) throw error;
    const text = sample.toString('latin1');
    const delimiter = options.delimiter === 'auto' ? detect(text, options) : options.delimiter;
    const place = await placeOf(
      path,
      { delimiter, encoding: 'latin1', lineEnds: lineEndsOf(text) },
      error.isInCell,
    );
    throw new InputError(`${path}, ${place}: ${error.message}`);
  }
}

/** Where the first cell stands that is to blame. Each byte is read as a character of its own. */
async function placeOf(
  path: string,
  about: CsvForm,
  isInCell: (cell: string) => boolean,
): Promise<string> {
  let line = 1;
  try {
    for await (const row of readRecords(path, about)) {
      line = row.line;
      const at = row.cells.findIndex(isInCell);
      const above = row.cells.slice(0, Math.max(at, 0)).reduce((n, cell) => n + newlines(cell), 0);
      if (at >= 0) return `line ${line + above}, column ${at + 1}`;
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
  return `line ${line} or below`;
}

interface CsvForm {
  readonly delimiter: Delimiter;
  readonly encoding: Encoding | 'latin1';
  readonly lineEnds: string[];
}

async function* readRecords(path: string, form: CsvForm, hash?: Hash): AsyncGenerator<TableRow> {
  const parser = parse({
    ...READING,
    delimiter: form.delimiter,
    info: true,
    max_record_size: MAX_ROW_CHARACTERS,
    record_delimiter: form.lineEnds,
  });
  const source = createReadStream(path);
  const decoded = decode(form.encoding, hash);
  // `pipeline` with an iterated last stage loses the first error, so each one is handed on by hand.
  source.on('error', (error) => parser.destroy(error));
  decoded.on('error', (error) => parser.destroy(error));
  source.pipe(decoded).pipe(parser);
  let nextLine = 1;
  let blankLines = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<ParsedRecord>) {
      const line = nextLine + info.empty_lines - blankLines;
      blankLines = info.empty_lines;
      nextLine = record.reduce((end, cell) => end + newlines(cell), line + 1);
      yield { line, cells: record };
    }
  } catch (error) {
    throw asInputError(error, path, nextLine);
  } finally {
    source.destroy();
  }
}

const READING = {
  bom: true,
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
} as const satisfies Options;

interface ParsedRecord {
  readonly record: string[];
  /** `empty_lines`: the blank lines left out so far. */
  readonly info: { readonly empty_lines: number };
}

function asInputError(error: unknown, path: string, line: number): unknown {
  if (error instanceof InputError)
    return new InputError(`${path}, line ${line} or below: ${error.message}`);
  if (!(error instanceof CsvError)) return error;
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return new InputError(
      `${path}, line ${line}: a quotation mark (") opens here, or soon after, and is never closed, so the rest of the file would be one cell. Close it, double it ("") or delete it.`,
    );
  }
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return new InputError(
      `${path}, line ${line}: the row that begins here is over ${MAX_ROW_CHARACTERS} characters long. A quotation mark (") was probably left open; close it or delete it.`,
    );
  }
  return new InputError(`${path}, line ${line}: the row cannot be read as CSV (${error.code}).`);
}

/** A bare CR ends a row only in a file whose line ends it mostly is; elsewhere it is part of a cell. */
function lineEndsOf(sample: string): string[] {
  const returns = sample.match(/\r(?!\n)/g)?.length ?? 0;
  const isOldMac = returns >= newlines(sample);
  return isOldMac ? ['\r\n', '\n', '\r'] : ['\r\n', '\n'];
}

/** Refuses bytes that the encoding does not have, and NUL; feeds `hash` on the way. */
function decode(encoding: Encoding | 'latin1', hash: Hash | undefined): Transform {
  const toText = encoding === 'latin1' ? bytesAsCharacters : strictly(encoding);
  let isFirst = true;
  const next = (chunk?: Buffer): string => {
    const text = toText(chunk);
    if (!isFirst || text === '') return text;
    isFirst = false;
    return text.replace(MARKS, '');
  };
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash?.update(chunk);
      attempt(done, () => next(chunk));
    },
    flush: (done) => attempt(done, () => next()),
  });
}

/** Byte order marks, once or more often; `ï»¿` is one that was taken for three letters. */
const MARKS = /^(?:\uFEFF|ï»¿)+/;

function bytesAsCharacters(chunk?: Buffer): string {
  return chunk?.toString('latin1') ?? '';
}

function strictly(encoding: Encoding): (chunk?: Buffer) => string {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  return (chunk) => {
    const text = refusing(() => decoder.decode(chunk, { stream: chunk !== undefined }), encoding);
    if (text.includes('\0')) throw new InputError(NUL);
    return text;
  };
}

const NUL =
  'there is a NUL character, so the file is damaged, or in another encoding. In a spreadsheet program, save it as "CSV UTF-8 (comma delimited)".';

function refusing(work: () => string, encoding: Encoding): string {
  try {
    return work();
  } catch {
    throw cannotDecode(encoding);
  }
}

function attempt(done: (error?: Error | null, data?: string) => void, work: () => string): void {
  try {
    done(null, work());
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)));
  }
}

function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** The sample may end within a letter, which is left out. */
function decodeSample(sample: Buffer, encoding: Encoding): string {
  return new TextDecoder(encoding).decode(sample, { stream: true }).replace(MARKS, '');
}

function detect(sample: string, { headersIn }: CsvOptions): Delimiter {
  const said = /^sep=([,;\t|~])\r?\n/.exec(sample)?.[1];
  return (
    DELIMITERS.find((delimiter) => delimiter === said) ??
    chooseDelimiter((delimiter) => sampleRows(sample, delimiter), headersIn)
  );
}

function sampleRows(sample: string, delimiter: Delimiter): string[][] {
  const rows: string[][] = [];
  try {
    parseSync(sample, {
      ...READING,
      delimiter,
      to: SAMPLE_ROWS,
      on_record: (record: string[]) => {
        rows.push(record);
        return null;
      },
    });
  } catch {
    // The sample may end inside a quoted cell; the rows before it are enough to count.
  }
  return rows;
}
