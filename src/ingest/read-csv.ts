/** A CSV file as streamed rows. What is wrong with the file as a whole stops here, as InputError. */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { parse as parseSync } from 'csv-parse/sync';
import { InputError } from '../errors.ts';

const SAMPLE_BYTES = 256 * 1024;
const MAX_ROW_CHARACTERS = 1024 * 1024;
const DELIMITERS = [',', ';', '\t', '|'] as const;

export type Delimiter = (typeof DELIMITERS)[number];

export interface CsvRow {
  /** The line of the file on which the row begins, 1-based. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvFile {
  readonly delimiter: Delimiter;
  /** The header row, as it stands. */
  readonly headers: readonly string[];
  /** The rows below the header; wholly blank lines are left out. Can be read once. */
  readonly rows: AsyncIterable<CsvRow>;
  /** SHA-256 of the whole file, in hexadecimal; known once all rows were read. */
  digest(): string;
}

/** Opens `path`. Throws InputError when it cannot be read as a table in UTF-8. */
export async function openCsv(path: string, wanted: Delimiter | 'auto'): Promise<CsvFile> {
  const sample = await readSample(path);
  const delimiter = wanted === 'auto' ? detectDelimiter(sample) : wanted;
  const hash = createHash('sha256');
  const records = readRecords(path, delimiter, lineEndsOf(sample), hash);
  const iterator = records[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) {
    throw new InputError(
      `${path}: the file is empty. It needs a header row, then one row for each person.`,
    );
  }
  return {
    delimiter,
    headers: first.value.cells,
    rows: { [Symbol.asyncIterator]: () => iterator },
    digest: () => hash.digest('hex'),
  };
}

async function* readRecords(
  path: string,
  delimiter: Delimiter,
  lineEnds: string[],
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<CsvRow> {
  const parser = parse({
    delimiter,
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_CHARACTERS,
    record_delimiter: lineEnds,
  });
  const source = createReadStream(path);
  const decoded = decodeUtf8(path, hash);
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
    if (error instanceof NotUtf8Error) throw await notUtf8(path);
    throw asInputError(error, path, nextLine);
  } finally {
    source.destroy();
  }
}

interface ParsedRecord {
  readonly record: string[];
  /** `empty_lines`: the blank lines left out so far. */
  readonly info: { readonly empty_lines: number };
}

function asInputError(error: unknown, path: string, line: number): unknown {
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

class NotUtf8Error extends Error {}

/** A bare CR ends a row only in a file that has no other line end; elsewhere it is part of a cell. */
function lineEndsOf(sample: string): string[] {
  return sample.includes('\n') ? ['\r\n', '\n'] : ['\r\n', '\n', '\r'];
}

/** Refuses bytes that are not UTF-8, and NUL; feeds `hash` on the way. */
function decodeUtf8(path: string, hash: ReturnType<typeof createHash>): Transform {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let line = 1;
  const decode = (chunk: Uint8Array | undefined): string => {
    const text = refusing(() => decoder.decode(chunk, { stream: chunk !== undefined }));
    const nul = text.indexOf('\0');
    if (nul >= 0) {
      throw new InputError(`${path}, line ${line + newlines(text.slice(0, nul))}: ${NOT_TEXT}`);
    }
    line += newlines(text);
    return text;
  };
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      attempt(done, () => decode(chunk));
    },
    flush: (done) => attempt(done, () => decode(undefined)),
  });
}

function refusing(decode: () => string): string {
  try {
    return decode();
  } catch {
    throw new NotUtf8Error();
  }
}

/** Reads the file once more, for the first line whose bytes are not UTF-8. */
async function notUtf8(path: string): Promise<InputError> {
  let line = 1;
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(path)) {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      if (!isUtf8(rest.subarray(0, end)))
        return new InputError(`${path}, line ${line}: ${NOT_UTF8}`);
      rest = rest.subarray(end + 1);
      line += 1;
    }
  }
  return new InputError(`${path}, line ${line}: ${NOT_UTF8}`);
}

const NOT_UTF8 =
  'the text is not UTF-8 (accented letters were probably saved in a Windows encoding). In a spreadsheet program, save it as "CSV UTF-8 (comma delimited)".';
const NOT_TEXT =
  'there is a NUL character, so this is UTF-16, or no text file. In a spreadsheet program, save it as "CSV UTF-8 (comma delimited)".';

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

async function readSample(path: string): Promise<string> {
  try {
    if ((await stat(path)).isDirectory())
      throw new InputError(`${path} is a folder, not a CSV file.`);
    const file = await open(path, 'r');
    try {
      const buffer = Buffer.alloc(SAMPLE_BYTES);
      const { bytesRead } = await file.read(buffer, 0, SAMPLE_BYTES, 0);
      return buffer
        .subarray(0, bytesRead)
        .toString('utf8')
        .replace(/^\uFEFF/, '');
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError(`${path}: the file cannot be read (${codeOf(cause)}).`, { cause });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}

/** The delimiter under which most of the first rows have as many cells as the header, and the most. */
function detectDelimiter(sample: string): Delimiter {
  const scored = DELIMITERS.map((delimiter) => ({
    delimiter,
    cells: agreedWidth(sample, delimiter),
  }));
  const best = scored.reduce((a, b) => (b.cells > a.cells ? b : a));
  return best.cells > 1 ? best.delimiter : ',';
}

/** How many cells the header has, when at least half of the first rows have as many; else 0. */
function agreedWidth(sample: string, delimiter: Delimiter): number {
  const rows: string[][] = [];
  try {
    parseSync(sample, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      to: 50,
      on_record: (record: string[]) => {
        rows.push(record);
        return null;
      },
    });
  } catch {
    // The sample may end inside a quoted cell; the rows before it are enough to count.
  }
  const width = rows[0]?.length ?? 0;
  const agreeing = rows.filter((row) => row.length === width).length;
  return agreeing * 2 >= rows.length ? width : 0;
}
