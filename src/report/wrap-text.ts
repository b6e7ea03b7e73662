/** Text for a terminal. Pure. */

const COLUMNS = 80;

/**
 * `lead` and then `text`, in lines of 80 characters at most; those after the first begin below the end of
 * `lead`. A word that is longer than a line stands in one of its own.
 */
export function wrapText(lead: string, text: string): readonly string[] {
  const indent = ' '.repeat(lead.length);
  const lines: string[] = [];
  let line = lead;
  let isEmpty = true;
  for (const word of text.split(/\s+/)) {
    if (!isEmpty && line.length + 1 + word.length > COLUMNS) {
      lines.push(line);
      line = indent;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}
