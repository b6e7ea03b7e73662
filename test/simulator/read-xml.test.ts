import fc from 'fast-check';
import sax from 'sax';
import { describe, expect, test } from 'vitest';
import { readXml } from '../../src/simulator/read-xml.ts';
import { asking, look } from './request-texts.ts';

describe('a well-formed text', () => {
  test('gives names by namespace, whatever the prefix', () => {
    const root = readXml(
      '<?xml version="1.0"?><a:x xmlns:a="urn:1" xmlns="urn:2" a:p="1" q="2"><y/></a:x>',
    );
    expect(root).toMatchObject({ uri: 'urn:1', local: 'x' });
    expect([...(root?.attributes ?? [])]).toEqual([
      ['{urn:1}p', '1'],
      ['q', '2'],
    ]);
    expect(root?.children[0]).toMatchObject({ uri: 'urn:2', local: 'y' });
  });

  test('a declaration ends with its element, and can be taken back', () => {
    const root = readXml('<x xmlns="urn:1"><y xmlns=""/><z/></x>');
    expect(root?.children.map(({ uri }) => uri)).toEqual(['', 'urn:1']);
  });

  test('references, CDATA, comments and instructions are read as XML wants', () => {
    const text = "<x a='&lt;&#65;&#x42; &quot;'>a&amp;<!-- no -->b<![CDATA[<&]]><?do this?>c</x>";
    const root = readXml(text);
    expect(root?.text).toBe('a&b<&c');
    expect(root?.attributes.get('a')).toBe('<AB "');
  });

  test('line ends become line feeds, and blanks in attributes', () => {
    expect(readXml('<x a="1\r\n2">1\r\n2\r3</x>')).toMatchObject({ text: '1\n2\n3' });
    expect(readXml('<x a="1\r\n2"/>')?.attributes.get('a')).toBe('1 2');
  });
});

test.each([
  ['nothing', ''],
  ['blanks', '  \n'],
  ['words', 'hello'],
  ['an unclosed root', '<x><y></y>'],
  ['crossed elements', '<x><y></x></y>'],
  ['two roots', '<x/><y/>'],
  ['text after the root', '<x/>more'],
  ['text before the root', 'more<x/>'],
  ['an end without a start', '</x>'],
  ['a DOCTYPE', '<!DOCTYPE x><x/>'],
  ['a DOCTYPE with an entity', '<!DOCTYPE x [<!ENTITY e "e">]><x>&e;</x>'],
  ['an entity of HTML', '<x>&nbsp;</x>'],
  ['a bare ampersand', '<x>a & b</x>'],
  ['an unfinished reference', '<x>&amp</x>'],
  ['a reference to no character', '<x>&#0;</x>'],
  ['a reference to half a pair', '<x>&#xD800;</x>'],
  ['a reference beyond Unicode', '<x a="&#x110000;"/>'],
  ['a control character', '<x>\u0001</x>'],
  ['half a pair', '<x>\ud800</x>'],
  ['an attribute twice', '<x a="1" a="2"/>'],
  ['an attribute without quotes', '<x a=1/>'],
  ['an attribute without value', '<x a/>'],
  ['attributes without a blank', '<x a="1"b="2"/>'],
  ['a < in an attribute', '<x a="<"/>'],
  ['a prefix not declared', '<a:x/>'],
  ['an attribute prefix not declared', '<x a:b="1"/>'],
  ['a prefix declared for nothing', '<x xmlns:a=""/>'],
  ['a name of two colons', '<a:b:c xmlns:a="urn:1"/>'],
  ['a name that starts with a digit', '<1x/>'],
  ['a blank before the name', '< x/>'],
  ['a comment with dashes', '<x><!-- -- --></x>'],
  ['an unfinished comment', '<x><!-- </x>'],
  ['an unfinished CDATA section', '<x><![CDATA[ </x>'],
  ['the end of a CDATA section alone', '<x>]]></x>'],
  ['CDATA outside the root', '<![CDATA[x]]><x/>'],
  ['a declaration not at the start', ' <?xml version="1.0"?><x/>'],
  ['a byte order mark', '\ufeff<x/>'],
  ['too deep a nest', `${'<x>'.repeat(101)}${'</x>'.repeat(101)}`],
])('%s is not well-formed', (_, text) => {
  expect(readXml(text)).toBeUndefined();
});

/** What sax says, in its strict mode; it misses some faults, but refuses nothing that is right. */
function isReadBySax(text: string): boolean {
  const parser = sax.parser(true, { xmlns: true, strictEntities: true } as sax.SAXOptions);
  try {
    parser.onerror = (error) => {
      throw error;
    };
    parser.write(text).close();
    return true;
  } catch {
    return false;
  }
}

function isReadBySaxes(text: string): boolean {
  try {
    look(text);
    return true;
  } catch {
    return false;
  }
}

describe('two other parsers', () => {
  const request = asking('getNHSNumber', { dob: '19810917', gender: '1', family: 'Quilltest' });

  test('agree that a request is well-formed', () => {
    expect(readXml(request)).toBeDefined();
    expect(isReadBySax(request)).toBe(true);
  });

  test('agree about requests that are damaged in one place', () => {
    const damage = fc.tuple(
      fc.nat(request.length - 1),
      fc.nat(3),
      fc.constantFrom(
        '',
        '<',
        '>',
        '"',
        "'",
        '&',
        '/',
        '=',
        ' ',
        'x',
        ':',
        '&lt;',
        ']]>',
        '<!--',
        'xmlns:q="u"',
      ),
    );
    fc.assert(
      fc.property(damage, ([at, length, put]) => {
        const text = request.slice(0, at) + put + request.slice(at + length);
        const isRead = readXml(text) !== undefined;
        expect(isRead).toBe(isReadBySaxes(text));
        if (isRead) expect(isReadBySax(text)).toBe(true);
      }),
      { numRuns: 3000, seed: 20250304 },
    );
  });
});

test('any text at all gives a tree or nothing, and quickly', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readXml(text)));
  for (const piece of [
    '<a ',
    '<!--',
    '<a b="',
    '&#',
    '<![CDATA[',
    '<?a ',
    '<a xmlns:b="c">',
    '--',
    '</',
  ]) {
    const started = performance.now();
    readXml(piece.repeat(260_000 / piece.length));
    readXml(`<x>${piece.repeat(260_000 / piece.length)}`);
    expect(performance.now() - started).toBeLessThan(2000);
  }
});
