/** What kind of file its first bytes say it is. Pure. */

export type FileKind =
  | { readonly kind: 'text' | 'zip' }
  /** With words for whoever gave the file. */
  | { readonly kind: 'other'; readonly words: string };

const SAVE_AS =
  'Open it in a spreadsheet program, and save it as .xlsx or as "CSV UTF-8 (comma delimited)".';

const EXPORT = 'Export it as "CSV UTF-8 (comma delimited)".';

/** `sample` is the beginning of the file, or all of it. */
export function fileKind(sample: Buffer): FileKind {
  const isBegun = (...bytes: number[]): boolean => bytes.every((byte, at) => sample[at] === byte);
  if (isBegun(0x50, 0x4b, 0x03, 0x04) || isBegun(0x50, 0x4b, 0x05, 0x06)) return { kind: 'zip' };
  if (isBegun(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) return other(oldOffice(sample));
  if (isBegun(0x1f, 0x8b)) return other('a compressed file (gzip). Unpack it first.');
  if (isBegun(0x25, 0x50, 0x44, 0x46)) return other('a PDF, not a table. Export the table itself.');
  const start = sample.toString('latin1', 0, 200).replace(/^(?:ï»¿)?\s*/, '');
  if (/^<(?:\?xml|!doctype|html|table|head|meta|style)\b/i.test(start)) {
    return other(`a web page or XML, whatever its name says. ${SAVE_AS}`);
  }
  if (/^(?:\{\s*"|\[\s*[[{"])/.test(start)) return other(`JSON, not a table. ${EXPORT}`);
  return { kind: 'text' };
}

/** A password makes a new workbook look like an old one; the part's name stands in UTF-16. */
function oldOffice(sample: Buffer): string {
  return sample.includes(Buffer.from('EncryptedPackage', 'utf16le'))
    ? 'a workbook that is protected with a password. Open it, take the password off, and save it again.'
    : `an old Excel workbook (.xls), or protected with a password. ${SAVE_AS}`;
}

function other(words: string): FileKind {
  return { kind: 'other', words };
}
