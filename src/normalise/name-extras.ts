/** What stands around a name without being part of it. */
import type { FindingCode } from '../domain/finding.ts';

/**
 * The cleaned text with straight apostrophes (PDS takes no curly ones), hyphens for dashes and none of
 * either doubled, at a loose end, or set off by blanks. Dutch `'t Hooft` keeps its apostrophe.
 */
export function tidyPunctuation(text: string): string {
  return text
    .replace(/[\u2018\u2019\u201B\u00B4\u0060\u02BB\u02BC\u2032\u02B9\uFF07]/g, "'")
    .replace(/[\u201C-\u201F\u00AB\u00BB\uFF02]|''/g, (mark) => (mark === "''" ? "'" : '"'))
    .replace(/ *[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D-]+ */g, '-')
    .replace(/^=?"([^"]*)"$|^'(.*)'$/, '$1$2')
    .replace(/^'(?![tsn][ -])/i, '')
    .replace(/^[ .,;:_-]+|[ .,;:_-]+$/g, '');
}

/**
 * Takes off one layer of what is not the name: notes and nicknames, trailing digits, a suffix as the
 * last word, a title as the first. The name and what was taken off; call again until nothing is.
 */
export function stripExtras(text: string): { name: string; findings: readonly FindingCode[] } {
  const findings: FindingCode[] = [];
  let name = text;
  for (const { code, pattern } of EXTRAS) {
    const shorter = name.replace(pattern, ' ').replace(/ +/g, ' ').trim();
    if (shorter !== name) findings.push(code);
    name = shorter;
  }
  return { name, findings };
}

const EXTRAS: readonly { code: FindingCode; pattern: RegExp }[] = [
  // (Bob) [Bob] {Bob} "Bob", and the same without its end; a quotation mark within a word is left to be refused
  { code: 'name-note', pattern: /[([{][^()[\]{}]*(?:[)\]}]|$)|(?<=^| )"[^"]*(?:"(?= |$)|$)/g },
  // *DUP* standing alone; SMI*TH and SMITH* are left to be refused
  { code: 'name-note', pattern: /(?<=^| )\*+[^*]*[\p{L}\p{N}][^*]*\*+(?= |$)/gu },
  { code: 'name-note', pattern: / (?:A\.?K\.?A\.?|N[EÉ]E|ALIAS|FORMERLY)[ :].*$/i },
  { code: 'name-note', pattern: /(?<=\p{L})[ ,-]+(?:DECEASED|DEC'?D|A\.?K\.?A|NÉE)$/iu },
  { code: 'name-trailing-digits', pattern: /(?<=\p{L})[ #.-]*\d{1,4}$/u },
  { code: 'name-suffix', pattern: /(?<=\p{L}\.?)[ ,]+(?:JNR|SNR|JR|SR|II|III|ESQ)$/iu },
  {
    code: 'name-title',
    pattern:
      /^(?:MR|MRS|MS|MISS|MX|MASTER|DR|PROF|PROFESSOR|REV|SIR|LADY|LORD)(?:\. ?| )(?=.*\p{L})/iu,
  },
];
