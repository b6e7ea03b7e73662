/** A workbook as streamed rows: one sheet of it. What is wrong with it stops here, as InputError. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { InputError } from '../errors.ts';
import { XmlReadError } from '../lib/xml-read.ts';
import { createXmlStreamReader } from '../lib/xml-stream.ts';
import { fileKind } from './file-kind.ts';
import { readSample } from './read-sample.ts';
import { openZip, type ZipArchive } from './read-zip.ts';
import { createStringTable, type StringTable } from './string-table.ts';
import type { TableRow, TableSource } from './table.ts';
import { sheetRemarks } from './xlsx-remarks.ts';
import {
  createSheetReader,
  MAX_CELL_CHARACTERS,
  SheetError,
  type SheetReader,
} from './xlsx-sheet.ts';
import { unescapeText } from './xlsx-values.ts';
import { readFormats, readWorkbook, type Workbook } from './xlsx-workbook.ts';

/** Of a part that is read as a whole: the list of sheets, the styles. */
const MAX_PART_BYTES = 64 * 1024 * 1024;

/**
 * Opens the sheet of this name, or the first visible one. Throws InputError when `path` is no workbook
 * (.xlsx or .xlsm), is damaged or made to do harm, or has no such sheet.
 */
export async function openXlsx(path: string, wanted: string | undefined): Promise<TableSource> {
  const digest = await digestOf(path);
  const archive = await openZip(path);
  try {
    return await openSheet(path, archive, wanted, digest);
  } catch (error) {
    archive.close();
    throw asInputError(error, path);
  }
}

/** The visible sheets of a workbook, in order; none for any other kind of file. Throws InputError. */
export async function visibleSheets(path: string): Promise<readonly string[]> {
  if (fileKind(await readSample(path)).kind !== 'zip') return [];
  const archive = await openZip(path);
  try {
    const { sheets } = await workbookOf(path, archive);
    return sheets.filter(({ isVisible }) => isVisible).map(({ name }) => name);
  } catch (error) {
    throw asInputError(error, path);
  } finally {
    archive.close();
  }
}

async function openSheet(
  path: string,
  archive: ZipArchive,
  wanted: string | undefined,
  digest: string,
): Promise<TableSource> {
  const workbook = await workbookOf(path, archive);
  const sheet = chooseSheet(path, workbook, wanted);
  if (!archive.has(sheet.part)) throw new SheetError(`its sheet ${quoted(sheet.name)} is missing`);
  const formats = readFormats(await wholePart(archive, 'xl/styles.xml'));
  const strings = await readSharedStrings(path, archive);
  const reader = createSheetReader({
    sharedString: strings.get,
    is1904: workbook.is1904,
    format: (style) => formats[style] ?? { kind: 'plain' },
  });
  const visible = workbook.sheets.filter(({ isVisible, name }) => isVisible && name !== sheet.name);
  return {
    form: {
      kind: 'xlsx',
      sheet: sheet.name,
      is1904: workbook.is1904,
      otherSheets: visible.map(({ name }) => shownName(name)),
    },
    rows: readRows(path, archive, sheet.part, reader),
    remarks: (headerLine) => sheetRemarks(reader.seen(), headerLine),
    digest: () => digest,
  };
}

async function workbookOf(path: string, archive: ZipArchive): Promise<Workbook> {
  refuseOtherKinds(path, archive);
  return readWorkbook(
    await wholePart(archive, 'xl/workbook.xml'),
    await wholePart(archive, 'xl/_rels/workbook.xml.rels'),
  );
}

function refuseOtherKinds(path: string, archive: ZipArchive): void {
  if (archive.has('xl/workbook.xml')) return;
  const [, kind] = OTHER_KINDS.find(([member]) => archive.has(member)) ?? [
    '',
    'a zip archive, not a table. Take the file out of it first.',
  ];
  throw new InputError(`${path}: it is ${kind}`);
}

const SAVE_AS = 'Open it in its program, and save it as .xlsx or as "CSV UTF-8 (comma delimited)".';
const OTHER_KINDS: readonly (readonly [string, string])[] = [
  ['xl/workbook.bin', `a binary Excel workbook (.xlsb). ${SAVE_AS}`],
  ['content.xml', `an OpenDocument file (.ods). ${SAVE_AS}`],
  ['word/document.xml', `a Word document. ${SAVE_AS}`],
  ['Index/Document.iwa', `a Numbers or Pages document. ${SAVE_AS}`],
];

function chooseSheet(path: string, { sheets }: Workbook, wanted: string | undefined) {
  const isIt = (sheet: Workbook['sheets'][number]): boolean =>
    wanted === undefined ? sheet.isVisible : sheet.name === wanted;
  const sheet = sheets.find(isIt);
  if (sheet !== undefined) return sheet;
  const names = sheets.map(({ name }) => quoted(name)).join(', ');
  throw new InputError(
    wanted === undefined
      ? `${path}: the workbook has no visible sheet. Name one in a job file: sheet: NAME. It has: ${names}`
      : `${path}: the job file says sheet: ${quoted(wanted)}, but there is no such sheet. There are: ${names}`,
  );
}

function quoted(name: string): string {
  return `"${shownName(name)}"`;
}

function shownName(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}]/gu, ' ').slice(0, 60);
}

async function* readRows(
  path: string,
  archive: ZipArchive,
  part: string,
  reader: SheetReader,
): AsyncGenerator<TableRow> {
  try {
    for await (const text of textOf(archive.read(part))) yield* reader.write(text);
    reader.end();
  } catch (error) {
    throw asInputError(error, path);
  } finally {
    archive.close();
  }
}

async function readSharedStrings(path: string, archive: ZipArchive): Promise<StringTable> {
  const table = createStringTable(path);
  const part = 'xl/sharedStrings.xml';
  if (!archive.has(part)) return table;
  let place = '';
  let text = '';
  const reader = createXmlStreamReader({
    open: (name) => {
      place = `${place}/${name}`;
    },
    text: (piece) => {
      if (place !== '/sst/si/t' && place !== '/sst/si/r/t') return;
      if (text.length + piece.length > MAX_CELL_CHARACTERS) {
        throw new SheetError(`a text of it is over ${MAX_CELL_CHARACTERS} characters long`);
      }
      text += piece;
    },
    close: (name) => {
      if (place === '/sst/si') {
        table.add(unescapeText(text));
        text = '';
      }
      place = place.slice(0, -name.length - 1);
    },
  });
  for await (const piece of textOf(archive.read(part))) reader.write(piece);
  reader.end();
  return table;
}

async function wholePart(archive: ZipArchive, name: string): Promise<string> {
  let whole = '';
  for await (const text of textOf(archive.read(name))) {
    whole += text;
    if (whole.length > MAX_PART_BYTES) throw new SheetError(`its part ${name} is too large`);
  }
  return whole;
}

/** XML in UTF-8, or in UTF-16 by its byte order mark. */
async function* textOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true });
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder?.decode() ?? '';
}

function encodingOf([first, second]: Buffer): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}

/** XML that is refused, or bytes that are no text. */
function asInputError(error: unknown, path: string): unknown {
  const isOurs =
    error instanceof XmlReadError || error instanceof SheetError || error instanceof TypeError;
  if (!isOurs) return error;
  const why = error instanceof TypeError ? 'a part of it is no text' : error.message;
  return new InputError(
    `${path}: the workbook cannot be read: ${why}. Save it again in a spreadsheet program, or as "CSV UTF-8 (comma delimited)".`,
    { cause: error },
  );
}
