import { describe, expect, it } from 'vitest';
import { element, writeXml, XmlCharacterError } from '../../src/lib/xml-write.ts';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';

describe('writeXml', () => {
  it.each([
    ['an empty element', element('a'), '<a/>'],
    ['a blank text', element('a', {}, ''), '<a></a>'],
    ['attributes in the order given', element('a', { z: '1', b: '2' }), '<a z="1" b="2"/>'],
    ['no absent attribute', element('a', { b: undefined, c: '' }), '<a c=""/>'],
    ['no absent content', element('a', {}, undefined, element('b')), '<a><b/></a>'],
    [
      'escaped text',
      element('a', {}, 'O’Neill & <x> "y"'),
      '<a>O’Neill &amp; &lt;x&gt; &quot;y&quot;</a>',
    ],
    ['an escaped apostrophe', element('a', { b: "O'N" }), '<a b="O&apos;N"/>'],
    ['escaped line breaks', element('a', { b: '\t\n' }, '\r\n'), '<a b="&#9;&#10;">&#13;&#10;</a>'],
    ['no end of CDATA', element('a', {}, ']]>'), '<a>]]&gt;</a>'],
    ['characters beyond the BMP', element('a', {}, '\u{20BB7}'), '<a>\u{20BB7}</a>'],
  ])('writes %s', (_, root, xml) => {
    expect(writeXml(root)).toBe(DECLARATION + xml);
  });

  it.each(['\u0000', '\u0001', '\u000B', '\u001F', '\uFFFE', '\uFFFF', '\uD800', '\uDC00'])(
    'refuses a character that XML 1.0 does not have, and does not quote its surroundings: %j',
    (char) => {
      const write = (): string => writeXml(element('a', {}, `Testbourne${char}`));
      expect(write).toThrow(XmlCharacterError);
      expect(write).not.toThrow(/Testbourne/);
      expect(() => writeXml(element('a', { b: char }))).toThrow(XmlCharacterError);
    },
  );
});
