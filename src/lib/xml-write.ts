/** Writes XML 1.0 from a tree of plain values. The only place that escapes. */

/** An element as it is written: its name with prefix, its attributes in order, its content. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: XmlAttributes;
  readonly content: readonly (XmlNode | string)[];
}

/** An absent value leaves the attribute out. */
export type XmlAttributes = Readonly<Record<string, string | undefined>>;

/**
 * A text holds a character that XML 1.0 cannot carry, not even escaped. It is refused, because
 * leaving it out or replacing it would send something other than what is on the record.
 */
export class XmlCharacterError extends Error {
  override readonly name = 'XmlCharacterError';
}

/** An element. Content that is absent is left out; `''` is an empty text. */
export function element(
  name: string,
  attributes: XmlAttributes = {},
  ...content: readonly (XmlNode | string | undefined)[]
): XmlNode {
  return { name, attributes, content: content.filter((part) => part !== undefined) };
}

/**
 * The document as text, with an XML declaration for UTF-8 and no byte order mark. No white space is
 * added anywhere. Element and attribute names are written as they are given: they are ours, never
 * data. Throws XmlCharacterError.
 */
export function writeXml(root: XmlNode): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${writeNode(root)}`;
}

function writeNode({ name, attributes, content }: XmlNode): string {
  let tag = name;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) tag += ` ${key}="${escapeText(value)}"`;
  }
  if (content.length === 0) return `<${tag}/>`;
  const inner = content.map((part) =>
    typeof part === 'string' ? escapeText(part) : writeNode(part),
  );
  return `<${tag}>${inner.join('')}</${name}>`;
}

/** Every character but these is outside the production Char of XML 1.0, section 2.2. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const ESCAPED = /[&<>"'\t\n\r]/g;

/**
 * Line breaks and tabs become references too: a reader turns the bare ones into blanks inside an
 * attribute, and a bare carriage return into a line feed (XML 1.0, sections 2.11 and 3.3.3).
 */
function escapeText(text: string): string {
  const forbidden = FORBIDDEN.exec(text)?.[0].codePointAt(0);
  if (forbidden !== undefined) {
    const hex = forbidden.toString(16).toUpperCase().padStart(4, '0');
    throw new XmlCharacterError(`the character U+${hex} cannot be written in XML 1.0`);
  }
  return text.replace(ESCAPED, (char) => NAMED[char] ?? `&#${char.charCodeAt(0)};`);
}

const NAMED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
