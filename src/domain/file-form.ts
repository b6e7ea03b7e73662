/** What an input file can be. */

/** What stands between two cells of a text file. */
export const DELIMITERS = [',', ';', '\t', '|', '~'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** The encodings that a job may name, by their WHATWG names. */
export const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'iso-8859-15',
  'macintosh',
] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** What a file turned out to be. */
export type FileForm =
  | {
      readonly kind: 'csv';
      readonly delimiter: Delimiter;
      readonly encoding: Encoding;
      /** UTF-8 that was taken for Windows-1252 and made UTF-8 again, throughout: `Ã©` for é. */
      readonly isDoubleEncoded: boolean;
    }
  | {
      readonly kind: 'xlsx';
      readonly sheet: string;
      /** Whether its days are counted from 1904. */
      readonly is1904: boolean;
      /** The names of the visible sheets that are not read, as they are shown. */
      readonly otherSheets: readonly string[];
    };
