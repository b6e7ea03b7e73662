import { describe, expect, it } from 'vitest';
import { readXml, type XmlFault, type XmlLimits, XmlReadError } from '../../src/lib/xml-read.ts';

describe('readXml', () => {
  it('gives namespaces and local names, whatever the prefixes', () => {
    const [prefixed, defaulted] = [
      '<p:a xmlns:p="urn:x"><p:b/><c/></p:a>',
      '<a xmlns="urn:x"><b/><c xmlns=""/></a>',
    ].map((xml) => readXml(xml));

    expect(prefixed).toEqual(defaulted);
    expect(prefixed).toMatchObject({
      namespace: 'urn:x',
      name: 'a',
      children: [
        { namespace: 'urn:x', name: 'b' },
        { namespace: '', name: 'c' },
      ],
    });
  });

  it('gives attributes by local name, and those in a namespace under its name', () => {
    const { attributes } = readXml('<a xmlns:x="urn:x" x:root="1" root="2" xml:lang="en"/>');

    expect([...attributes]).toEqual([
      ['{urn:x}root', '1'],
      ['root', '2'],
      ['{http://www.w3.org/XML/1998/namespace}lang', 'en'],
    ]);
  });

  it('takes attributes that are called like parts of an object', () => {
    const { attributes } = readXml('<a __proto__="1" constructor="2" toString="3"/>');

    expect(attributes.get('__proto__')).toBe('1');
    expect(attributes.get('hasOwnProperty')).toBeUndefined();
  });

  it.each([
    ['CDATA', '<a>x<![CDATA[<&y>]]>z</a>', 'x<&y>z'],
    ['numbers', '<a>&#79;&#x2019;Neill &#x20BB7;</a>', 'O’Neill \u{20BB7}'],
    ['the five entities', '<a>&lt;&amp;&gt;&quot;&apos;</a>', '<&>"\''],
    ['comments', '<a>x<!-- - y -->z</a>', 'xz'],
    ['processing instructions', '<a>x<?y z?>z</a>', 'xz'],
    ['text on both sides of a child', '<a>x<b>y</b>z</a>', 'xz'],
    ['blanks', '<a> x\n</a>', ' x\n'],
    ['line breaks of other systems', '<a>x\r\ny\rz</a>', 'x\ny\nz'],
    ['nothing', '<a/>', ''],
  ])('reads %s', (_, xml, text) => {
    expect(readXml(xml).text).toBe(text);
  });

  it.each([
    ['a declaration', "<?xml version='1.0' encoding='ISO-8859-1' standalone='yes'?><a/>"],
    ['things before the root', '<!-- x --><?y z?>\n<a/>'],
    ['things behind the root', '<a/>\n<!-- x --> \r\n'],
  ])('allows %s', (_, xml) => {
    expect(readXml(xml).name).toBe('a');
  });

  it.each<[string, XmlFault]>([
    ['', 'malformed'],
    [' ', 'malformed'],
    ['x', 'malformed'],
    ['{"error":"no"}', 'malformed'],
    ['<a>', 'malformed'],
    ['<a/', 'malformed'],
    ['<a></b>', 'malformed'],
    ['<a/><a/>', 'malformed'],
    ['<a/>x', 'malformed'],
    ['x<a/>', 'malformed'],
    ['<a/>&#32;', 'malformed'],
    ['<a/><![CDATA[x]]>', 'malformed'],
    ['<a b=1/>', 'malformed'],
    ['<a b="1" b="2"/>', 'malformed'],
    ['<a xmlns:x="u" xmlns:y="u" x:b="1" y:b="2"/>', 'malformed'],
    ['<a b="<"/>', 'malformed'],
    ['<p:a/>', 'malformed'],
    ['<a p:b="1"/>', 'malformed'],
    ['<a>&nbsp;</a>', 'malformed'],
    ['<a>&toString;</a>', 'malformed'],
    ['<a>& </a>', 'malformed'],
    ['<a>&#0;</a>', 'malformed'],
    ['<a>&#xD800;</a>', 'malformed'],
    ['<a>\u0001</a>', 'malformed'],
    ['<a>\uFFFF</a>', 'malformed'],
    ['<a>]]></a>', 'malformed'],
    ['<a><!-- -- --></a>', 'malformed'],
    [' <?xml version="1.0"?><a/>', 'malformed'],
    ['<?xml version="1.1"?><a>&#1;</a>', 'malformed'],
    ['<a xmlns="x y"/>', 'malformed'],
    ['<p:7 xmlns:p="urn:x"/>', 'malformed'],
    ['<a xmlns:p="urn:x" p:-b=""/>', 'malformed'],
    ['<a xmlns:7="urn:x"/>', 'malformed'],
    ['<p: xmlns:p="urn:x"/>', 'malformed'],
    ['<a xmlns:p="urn:é"/>', 'malformed'],
    ['<!DOCTYPE a><a/>', 'doctype'],
    ['<!DOCTYPE a SYSTEM "http://127.0.0.1/x"><a/>', 'doctype'],
    ['<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 'doctype'],
    ['<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>', 'doctype'],
  ])('refuses %j', (xml, fault) => {
    expect(faultOf(xml)).toBe(fault);
  });

  it.each<[XmlFault, Partial<XmlLimits>, string, string]>([
    ['too-deep', { maxDepth: 3 }, '<a><a><a/></a></a>', '<a><a><a><a/></a></a></a>'],
    ['too-many-elements', { maxElements: 3 }, '<a><b/><b/></a>', '<a><b/><b/><b/></a>'],
    ['too-many-attributes', { maxAttributes: 2 }, '<a b="" c=""/>', '<a b="" c="" d=""/>'],
    ['too-many-instructions', { maxInstructions: 1 }, '<?x y?><a/>', '<?x y?><a/><?x?y?>'],
    ['too-much-text', { maxTextLength: 6 }, '<a b="12">34</a>', '<a b="12">345</a>'],
    ['too-much-text', { maxTextLength: 5 }, '<a>12<![CDATA[34]]></a>', '<a>12<![CDATA[345]]></a>'],
    ['too-much-text', { maxTextLength: 6 }, '<a b="1234"/>', '<a b="12345"/>'],
    ['too-much-text', { maxTextLength: 3 }, '<a><bc/></a>', '<a><bcd/></a>'],
  ])('stops at %s %j', (fault, limits, allowed, refused) => {
    expect(readXml(allowed, limits).name).toBe('a');
    expect(faultOf(refused, limits)).toBe(fault);
  });

  it.each<[XmlFault, string]>([
    ['too-deep', '<a>'.repeat(1_000_000)],
    ['too-many-elements', `<a>${'<b/>'.repeat(1_000_000)}</a>`],
    [
      'too-many-attributes',
      `<a ${Array.from({ length: 100_000 }, (_, i) => `a${i}=""`).join(' ')}/>`,
    ],
    ['too-much-text', `<a b="${'x'.repeat(5_000_000)}"/>`],
    ['too-much-text', `<a>${'x'.repeat(5_000_000)}</a>`],
  ])('is not kept busy by hostile input: %s', (fault, xml) => {
    const start = performance.now();
    expect(faultOf(xml)).toBe(fault);
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it('quotes nothing of the input in the error', () => {
    const error = errorOf('<Testbourne>9990123454</Quilltest>');
    expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toMatch(/Test|Quill|999/);
    expect(error.message).toBe('the XML is refused at line 1, column 34: malformed');
    expect(error.cause).toBeUndefined();
  });
});

function faultOf(xml: string, limits?: Partial<XmlLimits>): XmlFault {
  return errorOf(xml, limits).fault;
}

function errorOf(xml: string, limits?: Partial<XmlLimits>): XmlReadError {
  try {
    readXml(xml, limits);
  } catch (error) {
    if (error instanceof XmlReadError) return error;
    throw error;
  }
  throw new Error('the input was read');
}
