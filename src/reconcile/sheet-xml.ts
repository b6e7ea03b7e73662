/** The texts inside a workbook (ECMA-376, SpreadsheetML). Every cell is a string: nothing runs. Pure. */
import { PROTECTIVE_LABEL } from '../domain/protective-label.ts';

/** Excel takes no more rows on a sheet, and no longer text in a cell. */
export const MAX_SHEET_ROWS = 1_048_576;
const MAX_CELL_CHARACTERS = 32_767;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Indices into `styles()`. */
const STYLE = { text: 1, wrapped: 2, header: 3 };

/** A column, and how it is shown. */
export interface SheetColumn {
  readonly name: string;
  /** In characters. */
  readonly width: number;
  readonly isWrapped: boolean;
}

/** The beginning of a sheet: the header stays in view, and stands in bold. */
export function sheetStart(columns: readonly SheetColumn[]): string {
  const widths = columns.map(
    ({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
  );
  const header = columns.map(({ name }) => cell(STYLE.header, name));
  return `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData><row r="1">${header.join('')}</row>`;
}

/**
 * `row`: counted from 1, the header included. Cells follow each other without references (optional in
 * ECMA-376), which are a third of the compressed file.
 */
export function sheetRow(
  row: number,
  cells: readonly string[],
  columns: readonly SheetColumn[],
): string {
  const filled = cells.map((text, at) =>
    text === ''
      ? `<c s="${STYLE.text}"/>`
      : cell(columns[at]?.isWrapped ? STYLE.wrapped : STYLE.text, text),
  );
  return `<row r="${row}">${filled.join('')}</row>`;
}

/** The end of a sheet: filters over all of it; on paper, the protective label (MSCA-IG-04) and page numbers. */
export function sheetEnd(rows: number, columns: number): string {
  return `</sheetData><autoFilter ref="A1:${columnName(columns - 1)}${rows}"/><pageSetup paperSize="9" orientation="landscape"/><headerFooter><oddHeader>&amp;L${PROTECTIVE_LABEL}</oddHeader><oddFooter>&amp;L&amp;A&amp;Rpage &amp;P of &amp;N</oddFooter></headerFooter></worksheet>`;
}

/** The parts that hold the sheets together, by their path in the file. `sheets`: their names, in order. */
export function workbookParts(
  sheets: readonly { readonly name: string; readonly file: string }[],
): Readonly<Record<string, string>> {
  const list = sheets.map(
    ({ name }, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  );
  const relations = sheets.map(({ file }, at) =>
    relation(`rId${at + 1}`, 'worksheet', `worksheets/${file}`),
  );
  const titles = sheets.map(
    ({ name }, at) =>
      `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">'${escaped(name)}'!$1:$1</definedName>`,
  );
  const overrides = sheets.map(({ file }) =>
    override(`/xl/worksheets/${file}`, `${TYPES}.worksheet+xml`),
  );
  return {
    '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('/xl/workbook.xml', `${TYPES}.sheet.main+xml`)}${override('/xl/styles.xml', `${TYPES}.styles+xml`)}${overrides.join('')}</Types>`,
    '_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${list.join('')}</sheets><definedNames>${titles.join('')}</definedNames></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}${relation('rIdStyles', 'styles', 'styles.xml')}</Relationships>`,
    'xl/styles.xml': styles(),
  };
}

/** All cells have the format "text" (49), empty ones too, so that editing one makes no formula or number of it either. */
function styles(): string {
  const xf = (font: number, wrap: string) =>
    `<xf numFmtId="49" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1"><alignment vertical="top"${wrap}/></xf>`;
  return `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Arial"/></font><font><b/><sz val="11"/><name val="Arial"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf xfId="0"/>${xf(0, '')}${xf(0, ' wrapText="1"')}${xf(1, '')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}

function cell(style: number, text: string): string {
  return `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${cellText(text)}</t></is></c>`;
}

/** Characters that XML cannot hold are written `_x0007_`, as ECMA-376 has it (ST_Xstring). */
function cellText(text: string): string {
  const short =
    text.length > MAX_CELL_CHARACTERS ? `${text.slice(0, MAX_CELL_CHARACTERS - 1)}…` : text;
  const plain = short.toWellFormed().replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
  return escaped(plain).replace(NOT_IN_XML, (character) => {
    return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
  });
}

/** Carriage returns, too: XML readers turn them into line feeds. */
const NOT_IN_XML = /[^\P{Cc}\t\n\x7F-\x9F]|[\uFFFE\uFFFF]/gu;

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** 0 is `A`, 26 is `AA`. */
function columnName(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26));
  return at < 26 ? letter : columnName(Math.floor(at / 26) - 1) + letter;
}

function relation(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
}

function override(part: string, type: string): string {
  return `<Override PartName="${part}" ContentType="${type}"/>`;
}
