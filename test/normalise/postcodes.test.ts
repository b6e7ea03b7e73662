import { expect, it } from 'vitest';
import { normalisePostcode } from '../../src/normalise/postcodes.ts';

it.each([
  ['M1 1AE', 'M1 1AE', []],
  ['m11ae', 'M1 1AE', []],
  ['EC1A  1BB', 'EC1A 1BB', []],
  ['\u00A0EC1A\u00A01BB', 'EC1A 1BB', []],
  ['EC1 A1BB', 'EC1A 1BB', ['postcode-blank-moved']],
  ['M1 11AE', 'M11 1AE', ['postcode-blank-moved']],
  ['M1 OAE', 'M1 0AE', ['postcode-digit-mended']],
  ['M1IAE', 'M1 1AE', ['postcode-digit-mended']],
  ['gir oaa', 'GIR 0AA', ['postcode-digit-mended']],
  ['BFPO 58', 'BFPO 58', []],
])('reads "%s" as %s', (text, value, findings) => {
  expect(normalisePostcode(text)).toEqual({ value, findings });
});

it.each(['', '  ', '-', 'UNKNOWN', 'N/K', 'null', 'Not known'])('takes "%s" for none', (text) => {
  expect(normalisePostcode(text)).toEqual({ value: undefined, findings: [] });
});

it.each([
  ['ZZ99 3VZ', 'postcode-pseudo'],
  ['zz993wz', 'postcode-pseudo'],
  ['Z99 3CZ', 'postcode-pseudo'],
  ['NFA', 'postcode-pseudo'],
  ['M1', 'postcode-unreadable'],
  ['M1*', 'postcode-unreadable'],
  ['OI OAA', 'postcode-unreadable'],
  ['M1 OOE', 'postcode-unreadable'],
  ['12 High Street', 'postcode-unreadable'],
  ['M1 1\u0000AE', 'postcode-unreadable'],
])('refuses "%s": %s', (text, code) => {
  expect(normalisePostcode(text)).toEqual({ value: undefined, findings: [code] });
});
