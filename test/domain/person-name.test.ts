import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldName, isInitial, sameName } from '../../src/domain/person-name.ts';

describe('foldName', () => {
  it.each([
    ['', ''],
    [" -.' ", ''],
    ["O'Neill", 'ONEILL'],
    ['O’Neill', 'ONEILL'],
    ['Oʼneill', 'ONEILL'],
    ['Mc Donald', 'MCDONALD'],
    ['Anne-Marie', 'ANNEMARIE'],
    ['José', 'JOSE'],
    ['Jose\u0301', 'JOSE'],
    ['Groß', 'GROSS'],
    ['Łukasz', 'LUKASZ'],
    ['Sørensen', 'SORENSEN'],
    ['Æther', 'AETHER'],
    ['Đorđe', 'DORDE'],
    ['Ðþ', 'DTH'],
    ['Œħŧ', 'OEHT'],
    ['Çelik\u00A0Şahin', 'CELIKSAHIN'],
    ['van der Berg', 'VANDERBERG'],
  ])('folds "%s" to "%s"', (text, folded) => {
    expect(foldName(text)).toBe(folded);
  });

  it('changes nothing the second time, and leaves no blank, mark or punctuation', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const folded = foldName(text);
        return foldName(folded) === folded && !/[\s\p{M}\p{P}]/u.test(folded);
      }),
    );
  });
});

describe('isInitial', () => {
  it.each(['J', 'j.', 'É', 'E\u0301', ' J '])('"%s" is one', (name) => {
    expect(isInitial(name)).toBe(true);
  });
  it.each(['', '.', 'Jo', 'J.R.', 'J R', '1'])('"%s" is none', (name) => {
    expect(isInitial(name)).toBe(false);
  });
});

describe('sameName', () => {
  it.each([
    ["O'NEILL", 'o neill', true],
    ['José', 'JOSE', true],
    ['Smith-Jones', 'SMITH JONES', true],
    ['Smith', 'Smyth', false],
    ['', '', false],
    ['-', '.', false],
  ])('of "%s" and "%s" is %s', (a, b, same) => {
    expect(sameName(a, b)).toBe(same);
  });
});
