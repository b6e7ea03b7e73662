/** UTF-8 that was read as Windows-1252 and saved as UTF-8 once more: `Ã©` for é, `â€™` for ’. Pure. */

/**
 * The text as it was before, or `undefined` when it is not wholly of this kind: each run of letters
 * beyond ASCII must turn back into Latin letters or punctuation. A text in ASCII is given as it is.
 */
export function undoDoubleEncoding(text: string): string | undefined {
  let isWhole = true;
  const undone = text.replace(BEYOND_ASCII, (run) => {
    const before = undoRun(run);
    if (before === undefined) isWhole = false;
    return before ?? run;
  });
  return isWhole ? undone : undefined;
}

const BEYOND_ASCII = /[^\p{ASCII}]+/gu;

function undoRun(run: string): string | undefined {
  const bytes: number[] = [];
  for (const character of run) {
    const byte = BYTES.get(character);
    if (byte === undefined) return undefined;
    bytes.push(byte);
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
    return LATIN.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Real names hold none of the pairs that would turn into anything but these. */
const LATIN = /^[\u00A0-\u024F\u1E00-\u1EFF\u2010-\u2026\u2030-\u203A\u20AC\u2122]+$/;

/** Windows-1252, its five unused bytes included, which come out as control characters. */
const BYTES: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 128 }, (_, at) => {
    const byte = at + 128;
    return [new TextDecoder('windows-1252').decode(Uint8Array.of(byte)), byte];
  }),
);
