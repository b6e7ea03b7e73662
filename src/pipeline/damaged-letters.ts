/** What spreadsheet programs make of letters when they take a CSV file for one of another encoding. Pure. */

/**
 * Whether `given` is `before` with its letters beyond ASCII damaged: read as those of another encoding (`GonzÃ¡lez`),
 * or written in one that lacks them (`PAWE?`). A person types neither.
 */
export function hasDamagedLetters(given: string, before: string): boolean {
  if (!BEYOND_ASCII.test(before)) return false;
  return lacksLetters(given, before) || READ_AS.some((read) => isAlike(given, read(before)));
}

const BEYOND_ASCII = /[^\p{ASCII}]/u;

/** UTF-8 that was read as the encoding of a region, by programs on Windows and on old and new Macintoshes. */
const READ_AS = ['windows-1252', 'macintosh', 'windows-1250'].map((encoding) => {
  const decoder = new TextDecoder(encoding);
  const bytesOf = new TextEncoder();
  return (text: string): string => decoder.decode(bytesOf.encode(text));
});

/** Blanks at the ends do not count, and programs differ in what they make of bytes that stand for nothing. */
function isAlike(given: string, expected: string): boolean {
  const [one, other] = [[...given.trim()], [...expected.trim()]];
  if (one.length !== other.length) return false;
  return other.every(
    (letter, at) => letter === one[at] || (isNothing(letter) && !isPlain(one[at] ?? '')),
  );
}

const isNothing = (letter: string): boolean => /[\u0080-\u009F]/.test(letter);

const isPlain = (letter: string): boolean => /[\p{L}\p{N} ]/u.test(letter);

/** Each of some letters is a question mark now, and nothing else is changed. */
function lacksLetters(given: string, before: string): boolean {
  const [one, other] = [[...given], [...before]];
  return (
    one.length === other.length &&
    given !== before &&
    other.every(
      (letter, at) => one[at] === letter || (one[at] === '?' && BEYOND_ASCII.test(letter)),
    )
  );
}
