import { describe, expect, it } from 'vitest';
import { isPseudoPostcode, parsePostcode } from '../../src/domain/postcode.ts';

describe('parsePostcode', () => {
  it.each([
    ['M1 1AE', 'M1 1AE'],
    ['m11ae', 'M1 1AE'],
    ['B33  8TH', 'B33 8TH'],
    ['CR2 6XH', 'CR2 6XH'],
    ['DN551PT', 'DN55 1PT'],
    ['w1a 0ax', 'W1A 0AX'],
    [' EC1A 1BB ', 'EC1A 1BB'],
    ['EC1 A1BB', 'EC1A 1BB'],
    ['GIR0AA', 'GIR 0AA'],
    ['BF1 2AU', 'BF1 2AU'],
    ['bfpo 58', 'BFPO 58'],
    ['BFPO801', 'BFPO 801'],
    ['BFPO 5', 'BFPO 5'],
  ])('reads %s as %s', (text, postcode) => {
    expect(parsePostcode(text)).toBe(postcode);
  });

  it.each([
    '',
    'M1',
    'EC1A',
    'M1 1A',
    'M1 111AE',
    'MM 1AE',
    'ABC1 1AA',
    'M1 1CE', // C, I, K, M, O and V are never in the inward part
    'M1 1AV',
    'M1 OAE',
    'M1 *',
    'M1-1AE',
    'GIR 1AA',
    'BFPO',
    'BFPO 1234',
    'BFPO X',
    '12345',
  ])('refuses "%s"', (text) => {
    expect(parsePostcode(text)).toBeUndefined();
  });
});

describe('isPseudoPostcode', () => {
  it.each([
    'ZZ99 3VZ',
    'zz993wz',
    'Z99 3CZ',
    'ZZ99 3GZ',
    'ZZ99 1WZ',
    'ZZ99  4QZ',
    'ZZZSECUR',
    'ANK',
    'nfa',
  ])('knows %s, which is then no postcode', (text) => {
    expect(isPseudoPostcode(text)).toBe(true);
    expect(parsePostcode(text)).toBeUndefined();
  });

  it.each(['', 'M1 1AE', 'ZZ99', 'ZZ98 3VZ', 'ZZ99 3VA', 'XZZ99 3VZ'])('not "%s"', (text) => {
    expect(isPseudoPostcode(text)).toBe(false);
  });
});
