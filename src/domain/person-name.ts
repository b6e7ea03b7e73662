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

/** Whether a name is what a ward calls a child before it has a name: `BABY OF`, `TWIN 1`. */
export function isBabyName(name: string): boolean {
  return BABY_NAME.test(plainWords(name));
}

/** Upper case, with one blank for any run of punctuation but `/`, and none at the ends. */
export function plainWords(text: string): string {
  return text
    .toUpperCase()
    .replace(/[^\p{L}\p{M}\p{N}/]+/gu, ' ')
    .replace(/^[ /]+|[ /]+$/g, '');
}

/** The same name without diacritics, its blanks and punctuation kept: `Müller-Łoś`, `Muller-Los`. */
export function withoutDiacritics(name: string): string {
  const stroked = new RegExp(STROKED.source, 'gi');
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replace(stroked, (letter) => UNSTROKED[letter.toUpperCase()] ?? letter);
}

const BABY_NAME = new RegExp(
  [
    '^(?:BABY|INFANT|NEWBORN|B/O)(?: .*)?$',
    '^(?:(?:MALE|FEMALE|BOY|GIRL)(?: |$))+(?:(?:BABY|INFANT|TWIN|TRIPLET|OF)(?: .*)?)?$',
    '^(?:TWIN|TRIPLET)(?: ?(?:[1-4A-C]|I{1,3}|ONE|TWO|THREE|BOY|GIRL|MALE|FEMALE))*$',
  ].join('|'),
);

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
