/** What was noticed about a file as a whole, in words for an analyst. No text holds personal data. */

export interface FileNotice {
  readonly code: FileNoticeCode;
  /** Rows, columns, cells or sheets, as the code says. */
  readonly count: number;
}

export type FileNoticeCode = keyof typeof SENTENCES;

/** What was noticed, with the figure in it. */
export function noticeSentence({ code, count }: FileNotice): string {
  return SENTENCES[code].replace('#', count.toLocaleString('en-GB'));
}

const SENTENCES = {
  'encoding-windows':
    'The text is not UTF-8. It was read as Windows-1252; look at a few accented names.',
  'double-encoded':
    'All letters beyond ASCII were encoded twice. They are read as they were before; the cells in the outputs stay as they stand in the file.',
  'rows-above-header': 'Rows above the header that were taken for notes and left out: #.',
  'blank-rows-below': 'Blank rows below the last row that were left out: #.',
  'row-limit':
    'The file has exactly # rows, the most that a spreadsheet can hold: its end was probably cut off.',
  'duplicate-headers': 'Columns whose header is on another column too: #.',
  'formulas-without-values':
    'Cells with a formula that was never calculated, which were read as empty: #. Open the workbook in a spreadsheet program and save it.',
  'columns-alike':
    "Columns with a header like one that is missing, which were not used because they may be somebody else's: #. If one is the person's, name it in a job file, under columns.",
  'own-output':
    'Columns that this program wrote in an earlier run: #. Rows of exceptions.csv that were mended are traced again by correct, with the directory of that run.',
  'hidden-rows':
    'Rows that are hidden in the sheet, by hand or by a filter, and were read like the others: #. To leave them out, copy the visible rows into a new workbook.',
  'hidden-columns': 'Columns that are hidden in the sheet, and were read like the others: #.',
  'merged-cells':
    'Cells merged over several rows, of which only the first row has the value: #. Unmerge them and fill in the other rows.',
  'other-sheets':
    'Other visible sheets of the workbook, which were not read: #. Name one in a job file with sheet: NAME.',
} as const;
