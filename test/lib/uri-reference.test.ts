import { expect, it } from 'vitest';
import { isUriReference } from '../../src/lib/uri-reference.ts';

it.each([
  '',
  'urn:hl7-org:v3',
  'http://www.w3.org/2005/08/addressing',
  'https://a:b@[2001:db8::1]:443/x?y=/?z#t',
  'relative/path:with-colon',
  '//host',
  'a%20b',
])('is one: %s', (text) => {
  expect(isUriReference(text)).toBe(true);
});

it.each([
  'x y',
  'http://www.w3.:org/',
  'http://host:8x/',
  'http://www.w3.org/2005/08/addrÿssing',
  '1:x',
  ':x',
  'a%2',
  'a[b]',
  '<x>',
  'urn:x\n',
  `x${'a:'.repeat(50_000)} `,
])('is none: %j', (text) => {
  expect(isUriReference(text)).toBe(false);
});
