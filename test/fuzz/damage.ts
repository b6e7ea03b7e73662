/** Damage to bytes, and to what stands inside a workbook. */
import { MAIN, makeXlsx, XML } from '../support/make-xlsx.ts';
import type { Random } from './random.ts';

/** Pieces that matter to a reader of tables, texts, zip archives and XML. */
const PIECES: readonly [Buffer, ...Buffer[]] = [
  Buffer.from('"'),
  ...[
    ',',
    ';',
    '\n',
    '\r',
    '\r\n',
    '\0',
    '""',
    '"\n"',
    '\uFEFF',
    'é',
    'Ã©',
    '\u2028',
    "'",
    '=',
    '\t',
  ].map((text) => Buffer.from(text)),
  ...['e9', 'ff', 'fffe', 'c3', 'ed a0 80', '504b0304', '81'].map((hex) =>
    Buffer.from(hex.replaceAll(' ', ''), 'hex'),
  ),
];

export function damageBytes(random: Random, whole: Buffer): Buffer {
  let bytes = whole;
  for (let times = 1 + random.int(4); times > 0; times -= 1) bytes = damageOnce(random, bytes);
  return bytes;
}

function damageOnce(random: Random, bytes: Buffer): Buffer {
  const at = random.int(bytes.length + 1);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  const length = random.int(random.chance(0.8) ? 4 : 200);
  switch (random.int(7)) {
    case 0:
      return Buffer.concat([before, random.pick(PIECES), after]);
    case 1:
      return Buffer.concat([before, random.pick(PIECES), after.subarray(1)]);
    case 2:
      return Buffer.concat([before, after.subarray(length)]);
    case 3:
      return Buffer.concat([before, after.subarray(0, length), after]);
    case 4:
      return Buffer.concat([before, Buffer.of(random.int(256)), after.subarray(1)]);
    case 5:
      return random.chance(0.3) ? before : bytes;
    default:
      return Buffer.concat([
        before,
        bytes.subarray(random.int(bytes.length + 1)).subarray(0, length),
        after,
      ]);
  }
}

/** A workbook whose archive is whole, and one of whose parts is not. */
export function damageXml(random: Random, rows: readonly (readonly string[])[]): Buffer {
  const name = random.pick([
    'xl/worksheets/sheet1.xml',
    'xl/worksheets/sheet1.xml',
    'xl/sharedStrings.xml',
    'xl/workbook.xml',
    'xl/styles.xml',
    'xl/_rels/workbook.xml.rels',
  ]);
  const content = damageBytes(random, Buffer.from(partLike(name, rows)));
  return makeXlsx({ sheets: [{ rows }], members: [{ name, content }] });
}

function partLike(name: string, rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string =>
    `<c t="inlineStr" s="1"><is><t>${text.replace(/[&<>]/g, ' ')}</t></is></c>`;
  const row = (cells: readonly string[]): string => `<row>${cells.map(cell).join('')}</row>`;
  const parts: Readonly<Record<string, string>> = {
    'xl/worksheets/sheet1.xml': `<worksheet ${MAIN}><sheetData>${rows.map(row).join('')}</sheetData></worksheet>`,
    'xl/sharedStrings.xml': `<sst ${MAIN}><si><r><t>NHS number</t></r></si><si><t>Surname</t></si></sst>`,
    'xl/workbook.xml': `<workbook ${MAIN} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/styles.xml': `<styleSheet ${MAIN}><cellXfs><xf numFmtId="14"/><xf numFmtId="22"/></cellXfs></styleSheet>`,
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
  };
  return XML + (parts[name] ?? '');
}
