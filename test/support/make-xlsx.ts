/** Workbooks and zip archives for tests, written by hand so that they can also be wrong. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipMember {
  readonly name: string;
  readonly content: string | Buffer;
  /** What the directory says instead of the truth. */
  readonly claimedSize?: number;
}

export function makeZip(members: readonly ZipMember[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, claimedSize } of members) {
    const data = Buffer.from(content);
    const packed = deflateRawSync(data);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x0800, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(data), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(claimedSize ?? data.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), fields, place, Buffer.from(name));
    parts.push(local);
    offset += local.length;
  }
  const directoryBytes = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(members.length, 4);
  end.writeUInt16LE(members.length, 6);
  end.writeUInt32LE(directoryBytes.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, directoryBytes, Buffer.from('PK\x05\x06'), end]);
}

/** A cell: text, number, day number in a date format, nothing, or its XML as it is to stand. */
export type Cell =
  | string
  | number
  | undefined
  | { readonly day: number }
  | { readonly xml: string };

export interface MadeSheet {
  readonly name?: string;
  readonly state?: 'hidden' | 'veryHidden';
  readonly rows: readonly (readonly Cell[])[];
}

export interface MadeWorkbook {
  readonly sheets: readonly MadeSheet[];
  readonly is1904?: boolean;
  /** Members instead of, or beside, those of the workbook. */
  readonly members?: readonly ZipMember[];
}

/** Texts are shared strings; style 1 is a date, 2 is `0000000000`. */
export function makeXlsx({ sheets, is1904 = false, members = [] }: MadeWorkbook): Buffer {
  const strings: string[] = [];
  const made: ZipMember[] = [
    { name: '[Content_Types].xml', content: `${XML}<Types/>` },
    { name: 'xl/workbook.xml', content: workbookXml(sheets, is1904) },
    { name: 'xl/_rels/workbook.xml.rels', content: relationsXml(sheets) },
    { name: 'xl/styles.xml', content: STYLES },
    ...sheets.map(({ rows }, at) => ({
      name: `xl/worksheets/sheet${at + 1}.xml`,
      content: sheetXml(rows, strings),
    })),
  ];
  const shared = strings.map((text) => `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`);
  made.push({
    name: 'xl/sharedStrings.xml',
    content: `${XML}<sst ${MAIN}>${shared.join('')}</sst>`,
  });
  const replaced = new Set(members.map(({ name }) => name));
  return makeZip([...made.filter(({ name }) => !replaced.has(name)), ...members]);
}

export const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const STYLES = `${XML}<styleSheet ${MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="0000000000"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>`;

function workbookXml(sheets: readonly MadeSheet[], is1904: boolean): string {
  const lines = sheets.map(
    ({ name, state }, at) =>
      `<sheet name="${escapeXml(name ?? `Sheet${at + 1}`)}" sheetId="${at + 1}"${state === undefined ? '' : ` state="${state}"`} r:id="rId${at + 1}"/>`,
  );
  return `${XML}<workbook ${MAIN} xmlns:r="${RELATIONS}"><workbookPr${is1904 ? ' date1904="1"' : ''}/><sheets>${lines.join('')}</sheets></workbook>`;
}

function relationsXml(sheets: readonly MadeSheet[]): string {
  const lines = sheets.map(
    (_, at) => `<Relationship Id="rId${at + 1}" Target="worksheets/sheet${at + 1}.xml"/>`,
  );
  return `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${lines.join('')}</Relationships>`;
}

function sheetXml(rows: readonly (readonly Cell[])[], strings: string[]): string {
  const lines = rows.map((cells, row) => {
    const made = cells.map((cell, at) => cellXml(cell, `${letters(at)}${row + 1}`, strings));
    return `<row r="${row + 1}">${made.join('')}</row>`;
  });
  return `${XML}<worksheet ${MAIN}><sheetData>${lines.join('')}</sheetData></worksheet>`;
}

function cellXml(cell: Cell, reference: string, strings: string[]): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`;
  if (typeof cell === 'object' && 'xml' in cell) return cell.xml.replace('REF', reference);
  if (typeof cell === 'object') return `<c r="${reference}" s="1"><v>${cell.day}</v></c>`;
  strings.push(cell);
  return `<c r="${reference}" t="s"><v>${strings.length - 1}</v></c>`;
}

function letters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : letters(Math.floor(column / 26) - 1) + last;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
