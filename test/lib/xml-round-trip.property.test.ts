import fc from 'fast-check';
import sax from 'sax';
import { expect, it } from 'vitest';
import { readXml, type XmlElement } from '../../src/lib/xml-read.ts';
import { element, writeXml, type XmlNode } from '../../src/lib/xml-write.ts';

/** Any text that XML 1.0 can carry, with the characters that need care made frequent. */
const char = fc.oneof(
  fc.constantFrom(...'&<>"\'\t\n\r ]-;#é'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter(isXmlChar),
);
const text = fc.string({ unit: char, maxLength: 20 });
const name = fc.constantFrom('a', 'b', 'family', 'x-1', 'Person.Name');

const { tree } = fc.letrec<{ tree: XmlNode }>((tie) => ({
  tree: fc
    .record({
      name,
      attributes: fc.dictionary(name, text, { maxKeys: 3 }),
      content: fc.oneof({ maxDepth: 4 }, fc.tuple(text), fc.array(tie('tree'), { maxLength: 3 })),
    })
    .map((parts) => element(parts.name, parts.attributes, ...parts.content)),
}));

type Plain = readonly [name: string, attributes: object, text: string, children: readonly Plain[]];

it('is the same tree when it is written and read, for any text', () => {
  fc.assert(
    fc.property(tree, (root) => {
      expect(plainRead(readXml(writeXml(root)))).toEqual(plainWritten(root));
    }),
    { numRuns: 500 },
  );
});

it('is the same tree to a parser that is not ours', () => {
  fc.assert(
    fc.property(tree, (root) => {
      expect(readBySax(writeXml(root))).toEqual(plainWritten(root));
    }),
    { numRuns: 500 },
  );
});

it('never reads a document that is cut off', () => {
  fc.assert(
    fc.property(
      tree,
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (root, cut) => {
        const xml = writeXml(root);
        expect(() => readXml(xml.slice(0, Math.floor(xml.length * cut)))).toThrow(/malformed/);
      },
    ),
    { numRuns: 500 },
  );
});

function isXmlChar(value: string): boolean {
  const code = value.codePointAt(0) ?? 0;
  return code >= 0x20 && code !== 0xfffe && code !== 0xffff && !(code >= 0xd800 && code < 0xe000);
}

function plainWritten({ name, attributes, content }: XmlNode): Plain {
  const texts = content.filter((part) => typeof part === 'string');
  const children = content.filter((part) => typeof part !== 'string');
  return [name, { ...attributes }, texts.join(''), children.map(plainWritten)];
}

function plainRead(root: XmlElement): Plain {
  const attributes = Object.fromEntries(root.attributes);
  return [root.name, attributes, root.text, root.children.map(plainRead)];
}

function readBySax(xml: string): Plain | undefined {
  interface Open {
    name: string;
    attributes: object;
    text: string;
    children: Plain[];
  }
  const top: Open = { name: '', attributes: {}, text: '', children: [] };
  const open = [top];
  const parser = sax.parser(true);
  parser.onerror = (error) => {
    throw error;
  };
  parser.onopentag = ({ name, attributes }) => {
    open.push({ name, attributes: { ...attributes }, text: '', children: [] });
  };
  parser.ontext = (part) => {
    const current = open.at(-1);
    if (current !== undefined) current.text += part;
  };
  parser.onclosetag = () => {
    const closed = open.pop() ?? top;
    open.at(-1)?.children.push([closed.name, closed.attributes, closed.text, closed.children]);
  };
  parser.write(xml).close();
  return top.children[0];
}
