/**
 * Which encoding a text file is in: by its byte order mark, else by all of its bytes. The file is read
 * through once, so that nothing is decoded on a guess that its last line would refute.
 */
import { createReadStream } from 'node:fs';
import type { Encoding } from '../domain/file-form.ts';
import { InputError } from '../errors.ts';
import { undoDoubleEncoding } from './double-encoding.ts';
import { createByteCounter } from './utf8-census.ts';

export interface TextEncoding {
  readonly encoding: Encoding;
  readonly isDoubleEncoded: boolean;
}

/** What cannot be read for sure; the caller finds the cell, by its characters, one for each byte. */
export class EncodingFault extends Error {
  /** Whether a cell, decoded as Latin 1, is one to point at. */
  readonly isInCell: (cell: string) => boolean;
  constructor(message: string, isInCell: (cell: string) => boolean) {
    super(message);
    this.isInCell = isInCell;
  }
}

/** `wanted` is the job's word, and is believed. Throws EncodingFault, and errors of the disk. */
export async function readEncoding(
  path: string,
  wanted: Encoding | 'auto',
  firstBytes: Uint8Array,
): Promise<TextEncoding> {
  if (wanted !== 'auto') return { encoding: wanted, isDoubleEncoded: false };
  const marked = utf16Of(firstBytes);
  if (marked !== undefined) return { encoding: marked, isDoubleEncoded: false };
  const counter = createByteCounter();
  for await (const chunk of createReadStream(path)) counter.add(chunk);
  const isCutOff = counter.end();
  const { sequences, strays, nuls } = counter.census;
  if (nuls > 0) throw new EncodingFault(NOT_TEXT, (cell) => cell.includes('\0'));
  if (strays === 0) {
    const isDoubleEncoded = sequences > 0 && (await isDoubleEncodedThroughout(path));
    return { encoding: 'utf-8', isDoubleEncoded };
  }
  if (sequences > 0 || isCutOff) throw new EncodingFault(MIXED, hasStrays);
  await refuseOtherThanWindows(path);
  return { encoding: 'windows-1252', isDoubleEncoded: false };
}

/** Bytes that mark UTF-16, or a header in ASCII with a zero beside each letter. */
function utf16Of(bytes: Uint8Array): Encoding | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const zeros = (from: number): number =>
    bytes.slice(0, 512).filter((byte, at) => at % 2 === from && byte === 0).length;
  const pairs = Math.floor(Math.min(bytes.length, 512) / 2);
  if (pairs < 4 || bytes.length % 2 === 1) return undefined;
  if (zeros(1) > pairs * 0.7 && zeros(0) === 0) return 'utf-16le';
  return zeros(0) > pairs * 0.7 && zeros(1) === 0 ? 'utf-16be' : undefined;
}

async function isDoubleEncodedThroughout(path: string): Promise<boolean> {
  let isFirst = true;
  let found = false;
  for await (const text of runsOf(path, 'utf-8')) {
    const runs = isFirst ? text.replace(/^(?:\uFEFF|ï»¿)/, '') : text;
    isFirst = false;
    if (undoDoubleEncoding(runs) === undefined) return false;
    found ||= /[^\p{ASCII}]/u.test(runs);
  }
  return found;
}

/** Windows-1252 has a character for nearly every byte, so what it would say must make sense. */
async function refuseOtherThanWindows(path: string): Promise<void> {
  for await (const text of runsOf(path, 'windows-1252')) {
    if (UNLIKELY.test(text)) {
      throw new EncodingFault(UNKNOWN, (cell) =>
        UNLIKELY.test(new TextDecoder('windows-1252').decode(Buffer.from(cell, 'latin1'))),
      );
    }
  }
}

/** The text, cut only where an ASCII blank, line end or punctuation mark stands. */
async function* runsOf(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  let rest = '';
  for await (const chunk of createReadStream(path)) {
    const text = decoder.decode(chunk, { stream: true });
    const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
    const cut = end === 0 && rest.length + text.length > MAX_LINE ? text.length : end;
    if (cut > 0) yield rest + text.slice(0, cut);
    rest = cut > 0 ? text.slice(cut) : rest + text;
  }
  yield rest + decoder.decode();
}

const MAX_LINE = 4 * 1024 * 1024;

/** Signs between or before letters that no name or address has, and bytes that Windows-1252 leaves out. */
const UNLIKELY =
  /[\u0081\u008D\u008F\u0090\u009D]|\p{L}[‚ƒ„…†‡ˆ‰‹“”•˜™›¡¢£¤¥¦§¨©«¬®¯°±²³µ¶¸¹»¼½¾¿×÷]\p{L}|\p{Ll}[ŠŒŽŸ]|[€£¥¯¿±²³¹¼½¾]\p{L}/u;

function hasStrays(cell: string): boolean {
  const counter = createByteCounter();
  counter.add(Buffer.from(cell, 'latin1'));
  counter.end();
  return counter.census.strays > 0;
}

const SAVE_AS = 'In a spreadsheet program, save it as "CSV UTF-8 (comma delimited)".';
const MIXED = `the text is not UTF-8 here, but elsewhere in the file it is: two encodings are mixed, so nobody can tell which letters are right. Export it again. ${SAVE_AS}`;
const UNKNOWN = `the text is not UTF-8, and makes no sense as Windows-1252. ${SAVE_AS} If the encoding is known, write it in a job file (and give it with --job), such as:\nencoding: macintosh`;
const NOT_TEXT = `there is a NUL character, so this is no text file, or a damaged one. ${SAVE_AS}`;

/** What the decoder says of bytes that the encoding does not have. Thrown with a line by the reader. */
export function cannotDecode(encoding: Encoding): InputError {
  return new InputError(
    `the text is not ${encoding.toUpperCase()} throughout. ${SAVE_AS} Or name its encoding in a job file (encoding: ...).`,
  );
}
