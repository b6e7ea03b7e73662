/** The marks of an XML 1.0 text one after another. Throws SyntaxError where it is not well-formed. */

export type XmlToken =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'start';
      readonly name: string;
      readonly attributes: ReadonlyMap<string, string>;
      /** Whether the tag is also the end: `<a/>`. */
      readonly isEmpty: boolean;
    }
  | { readonly kind: 'end'; readonly name: string };

const NAME_START =
  ':A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF' +
  '\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD' +
  '\\u{10000}-\\u{EFFFF}';
const NAME = `[${NAME_START}][${NAME_START}.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040-]*`;
const SPACE = '[ \\t\\n\\r]';

const DECLARATION = new RegExp(
  `^<\\?xml${SPACE}+version${SPACE}*=${SPACE}*(?:"1\\.[0-9]+"|'1\\.[0-9]+')` +
    `(?:${SPACE}+encoding${SPACE}*=${SPACE}*(?:"[A-Za-z][\\w.-]*"|'[A-Za-z][\\w.-]*'))?` +
    `(?:${SPACE}+standalone${SPACE}*=${SPACE}*(?:"(?:yes|no)"|'(?:yes|no)'))?${SPACE}*\\?>`,
);
const TAG_START = new RegExp(`<(${NAME})`, 'uy');
const ATTRIBUTE = new RegExp(
  `${SPACE}+(${NAME})${SPACE}*=${SPACE}*(?:"([^<"]*)"|'([^<']*)')`,
  'uy',
);
const TAG_CLOSE = new RegExp(`${SPACE}*(/?)>`, 'y');
const TAG_END = new RegExp(`</(${NAME})${SPACE}*>`, 'uy');
const INSTRUCTION = new RegExp(
  `<\\?(?!xml[ \\t\\n\\r?])(?![^?\\s]*:)${NAME}(?:${SPACE}[\\s\\S]*?)?\\?>`,
  'uiy',
);
const CDATA = /<!\[CDATA\[([\s\S]*?)\]\]>/y;

/** Comments and processing instructions are passed over; a DOCTYPE is not taken. */
export function* readTokens(text: string): Generator<XmlToken> {
  let place = DECLARATION.exec(text)?.[0].length ?? 0;
  while (place < text.length) {
    const next = text.indexOf('<', place);
    const end = next === -1 ? text.length : next;
    if (end > place) yield { kind: 'text', text: plainText(text.slice(place, end)) };
    if (next === -1) return;
    const [token, after] = readMark(text, next);
    if (token !== undefined) yield token;
    place = after;
  }
}

type Read = readonly [token: XmlToken | undefined, after: number];

function readMark(text: string, place: number): Read {
  const second = text[place + 1];
  if (second === '!') return readDeclaration(text, place);
  if (second === '?') {
    expect(INSTRUCTION, text, place);
    return [undefined, INSTRUCTION.lastIndex];
  }
  if (second !== '/') return readStart(text, place);
  const [, name = ''] = expect(TAG_END, text, place);
  return [{ kind: 'end', name }, TAG_END.lastIndex];
}

function readDeclaration(text: string, place: number): Read {
  if (text.startsWith('<!--', place)) {
    const dashes = text.indexOf('--', place + 4);
    if (dashes === -1 || text[dashes + 2] !== '>') throw new SyntaxError('not a comment');
    return [undefined, dashes + 3];
  }
  const [, content = ''] = expect(CDATA, text, place);
  return [{ kind: 'text', text: content }, CDATA.lastIndex];
}

function readStart(text: string, start: number): Read {
  const [, name = ''] = expect(TAG_START, text, start);
  const attributes = new Map<string, string>();
  let place = TAG_START.lastIndex;
  for (;;) {
    ATTRIBUTE.lastIndex = place;
    const found = ATTRIBUTE.exec(text);
    if (found === null) break;
    const [, key = '', inDouble, inSingle = ''] = found;
    if (attributes.has(key)) throw new SyntaxError('an attribute stands there twice');
    attributes.set(key, attributeText(inDouble ?? inSingle));
    place = ATTRIBUTE.lastIndex;
  }
  const isEmpty = expect(TAG_CLOSE, text, place)[1] === '/';
  return [{ kind: 'start', name, attributes, isEmpty }, TAG_CLOSE.lastIndex];
}

function expect(pattern: RegExp, text: string, place: number): RegExpExecArray {
  pattern.lastIndex = place;
  const found = pattern.exec(text);
  if (found === null) throw new SyntaxError('not a mark of XML');
  return found;
}

function plainText(text: string): string {
  if (text.includes(']]>')) throw new SyntaxError('the end of a CDATA section without its start');
  return text.includes('&') ? resolve(text) : text;
}

function attributeText(text: string): string {
  const spaced = /[\t\n]/.test(text) ? text.replace(/[\t\n]/g, ' ') : text;
  return spaced.includes('&') ? resolve(spaced) : spaced;
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

function resolve(text: string): string {
  return text.replace(/&(?:([a-z]+)|#([0-9]+)|#x([0-9A-Fa-f]+));|&/g, (_, name, decimal, hex) => {
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    const character = name === undefined ? fromCode(code) : ENTITIES[name];
    if (character === undefined) throw new SyntaxError('a reference to nothing');
    return character;
  });
}

function fromCode(code: number): string | undefined {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
