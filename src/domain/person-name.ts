/**
 * A name in the form that names are compared in: upper case, no diacritics, letters and digits only.
 * `O'Neill-José` becomes `ONEILLJOSE`. Empty when nothing is left. Never sent to anybody.
 */
export function foldName(text: string): string {
  const plain = text.normalize('NFKD').toUpperCase().normalize('NFKD');
  return plain.replace(/[^\p{L}\p{N}]|\p{Lm}/gu, '').replace(STROKED, (letter) => {
    return UNSTROKED[letter] ?? letter;
  });
}

/** Whether a given name is only an initial: one letter, with or without a full stop. */
export function isInitial(name: string): boolean {
  return /^\p{L}\p{M}*\.?$/u.test(name.trim());
}

/** Whether two names are the same but for case, diacritics, blanks and punctuation. Two empty ones are not. */
export function sameName(a: string, b: string): boolean {
  const folded = foldName(a);
  return folded !== '' && folded === foldName(b);
}

/** Letters that Unicode does not take apart into a plain letter and a mark. */
const UNSTROKED: Readonly<Record<string, string>> = {
  Æ: 'AE',
  Œ: 'OE',
  Ø: 'O',
  Đ: 'D',
  Ð: 'D',
  Ħ: 'H',
  Ł: 'L',
  Ŧ: 'T',
  Þ: 'TH',
};
const STROKED = /[ÆŒØĐÐĦŁŦÞ]/g;
