import { expect, it } from 'vitest';
import { wrapText } from '../../src/report/wrap-text.ts';

it('breaks at blanks, and begins further lines below the text', () => {
  const words = Array<string>(30).fill('word').join(' ');

  expect(wrapText('  12  ', words)).toEqual([
    `  12  ${Array<string>(15).fill('word').join(' ')}`,
    `      ${Array<string>(15).fill('word').join(' ')}`,
  ]);
});

it('keeps a word that is longer than a line whole', () => {
  const long = 'x'.repeat(100);

  expect(wrapText('- ', `a ${long} b`)).toEqual(['- a', `  ${long}`, '  b']);
});

it('gives the lead alone for no text', () => {
  expect(wrapText('- ', '')).toEqual(['- ']);
});
