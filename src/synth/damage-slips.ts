/** Slips of the fingers on any text. Each gives `undefined` where it cannot change the text. */

import { between, pick, type Random } from './random.ts';

const neighbours: Readonly<Record<string, string>> = {
  a: 'sqz',
  b: 'vn',
  c: 'xv',
  d: 'sf',
  e: 'wr',
  f: 'dg',
  g: 'fh',
  h: 'gj',
  i: 'uo',
  j: 'hk',
  k: 'jl',
  l: 'k',
  m: 'n',
  n: 'bm',
  o: 'ip',
  p: 'o',
  q: 'wa',
  r: 'et',
  s: 'ad',
  t: 'ry',
  u: 'yi',
  v: 'cb',
  w: 'qe',
  x: 'zc',
  y: 'tu',
  z: 'xa',
};

/** A typing slip: a letter inserted, deleted, substituted or transposed, never the first one. */
export function typingSlip(text: string, random: Random): string | undefined {
  const slip = pick(random, [insertLetter, deleteLetter, substituteLetter, transposeLetters]);
  return slip(text, random);
}

/** One letter typed twice. */
export function insertLetter(text: string, random: Random): string | undefined {
  if (text === '') return undefined;
  const at = random.below(text.length);
  const isLetter = /[A-Za-z]/.test(text.charAt(at));
  const letter = isLetter ? text.charAt(at).toLowerCase() : 'e';
  return `${text.slice(0, at + 1)}${letter}${text.slice(at + 1)}`;
}

/** One letter left out, not the first; a name of two letters or fewer is left alone. */
export function deleteLetter(text: string, random: Random): string | undefined {
  if (text.length < 3) return undefined;
  const at = between(random, 1, text.length - 1);
  return `${text.slice(0, at)}${text.slice(at + 1)}`;
}

/** One letter, not the first, become its neighbour on the keyboard. */
export function substituteLetter(text: string, random: Random): string | undefined {
  if (text.length < 2) return undefined;
  const at = between(random, 1, text.length - 1);
  const near = neighbours[text.charAt(at)];
  if (near === undefined) return undefined;
  return `${text.slice(0, at)}${near.charAt(random.below(near.length))}${text.slice(at + 1)}`;
}

/** Two different neighbouring letters exchanged, the first one left in place. */
export function transposeLetters(text: string, random: Random): string | undefined {
  if (text.length < 3) return undefined;
  const at = between(random, 1, text.length - 2);
  const [first, second] = [text.charAt(at), text.charAt(at + 1)];
  if (first === second) return undefined;
  return `${text.slice(0, at)}${second}${first}${text.slice(at + 2)}`;
}

/** Letters without their marks: `José` is `Jose`, `Łukasz` is `Lukasz`, `Weiß` is `Weiss`. */
export function withoutDiacritics(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[ŁłØøßıĐđÆæ]/g, (letter) => plainLetters[letter] ?? letter);
}

const plainLetters: Readonly<Record<string, string>> = {
  Ł: 'L',
  ł: 'l',
  Ø: 'O',
  ø: 'o',
  ß: 'ss',
  ı: 'i',
  Đ: 'D',
  đ: 'd',
  Æ: 'Ae',
  æ: 'ae',
};
