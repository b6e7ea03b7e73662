/** What a workbook says of itself: its sheets, its formats, how it counts days. Pure. */
import { readXml, type XmlElement } from '../lib/xml-read.ts';
import { type CellFormat, formatOf } from './xlsx-formats.ts';

interface Sheet {
  readonly name: string;
  /** Its part in the archive: `xl/worksheets/sheet1.xml`. */
  readonly part: string;
  readonly isVisible: boolean;
}

export interface Workbook {
  readonly sheets: readonly Sheet[];
  readonly is1904: boolean;
}

const LIMITS = { maxElements: 1_000_000, maxTextLength: 32_000_000 };

/** From `xl/workbook.xml` and its relationships. Throws XmlReadError. */
export function readWorkbook(workbookXml: string, relationshipsXml: string): Workbook {
  const workbook = readXml(workbookXml, LIMITS);
  const targets = new Map(
    readXml(relationshipsXml, LIMITS).children.map(({ attributes }) => [
      attributes.get('Id'),
      partOf(attributes.get('Target') ?? ''),
    ]),
  );
  const sheets = childrenOf(childOf(workbook, 'sheets'), 'sheet').map(({ attributes }) => ({
    name: attributes.get('name') ?? '',
    part: targets.get(relationOf(attributes)) ?? '',
    isVisible: (attributes.get('state') ?? 'visible') === 'visible',
  }));
  const date1904 = childOf(workbook, 'workbookPr')?.attributes.get('date1904');
  return { sheets, is1904: date1904 === '1' || date1904 === 'true' };
}

/** The format of each cell style, from `xl/styles.xml`; none for an empty text. Throws XmlReadError. */
export function readFormats(stylesXml: string): readonly CellFormat[] {
  if (stylesXml === '') return [];
  const styles = readXml(stylesXml, LIMITS);
  const codes = new Map(
    childrenOf(childOf(styles, 'numFmts'), 'numFmt').map(({ attributes }) => [
      Number(attributes.get('numFmtId')),
      attributes.get('formatCode'),
    ]),
  );
  return childrenOf(childOf(styles, 'cellXfs'), 'xf').map(({ attributes }) => {
    const id = Number(attributes.get('numFmtId') ?? 0);
    return formatOf(id, codes.get(id));
  });
}

/** `r:id`, in whichever of the two namespaces of relationships. */
function relationOf(attributes: ReadonlyMap<string, string>): string | undefined {
  return [...attributes].find(([name]) => /\/relationships\}id$/.test(name))?.[1];
}

function partOf(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name);
}

function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}
