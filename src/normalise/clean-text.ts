/**
 * The text without what nobody can see: invisible characters (zero-width, BOM, soft hyphen) go, runs
 * of blanks of any kind become one blank, both ends are trimmed, and letters are put together with
 * their marks (Unicode NFC). Line breaks and control characters inside it stay, for the caller to judge.
 */
export function cleanText(text: string): string {
  return text
    .replace(/\p{Cf}/gu, '')
    .normalize('NFC')
    .replace(/[\t\p{Zs}]+/gu, ' ')
    .trim();
}

/**
 * Takes off what keeps a spreadsheet from changing a value: `="…"`, quotes around it, or an apostrophe
 * before it. The text as it is when there is none.
 */
export function unwrapText(text: string): string {
  const quoted = /^=?"([^"]*)"$/.exec(text);
  return (quoted?.[1] ?? text.replace(/^'/, '')).trim();
}
