/** Reads XML from somebody else: strict, by namespace, and with limits. The only home of saxes. */
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { isUriReference } from './uri-reference.ts';

/** An element as it was read. Prefixes are gone: they carry no meaning. */
export interface XmlElement {
  /** The namespace name; `''` when the element is in none. */
  readonly namespace: string;
  /** The local name, without prefix. */
  readonly name: string;
  /** Attributes in no namespace by their local name, the others as `{namespace}name`. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Child elements in document order; comments and processing instructions are left out. */
  readonly children: readonly XmlElement[];
  /** The element's own text, CDATA included, as it stood: nothing is trimmed. */
  readonly text: string;
}

/** Where hostile input is stopped. A reply of this interface is some 15 deep with 60 elements. */
export interface XmlLimits {
  readonly maxDepth: number;
  readonly maxElements: number;
  /** Attributes of one element, declarations of namespaces included. */
  readonly maxAttributes: number;
  /** Processing instructions. saxes takes `<?x?y?>` for one, so who needs none should allow none. */
  readonly maxInstructions: number;
  /** Characters of all names, texts and attribute values together. */
  readonly maxTextLength: number;
}

export type XmlFault =
  | 'malformed'
  | 'doctype'
  | 'too-many-instructions'
  | 'too-deep'
  | 'too-many-elements'
  | 'too-many-attributes'
  | 'too-much-text';

/** The input is not one well-formed document, or is made to do harm. Holds nothing of the input. */
export class XmlReadError extends Error {
  override readonly name = 'XmlReadError';
  readonly fault: XmlFault;
  constructor(fault: XmlFault, line: number, column: number) {
    super(`the XML is refused at line ${line}, column ${column}: ${fault}`);
    this.fault = fault;
  }
}

const LIMITS: XmlLimits = {
  maxDepth: 64,
  maxElements: 20_000,
  maxAttributes: 100,
  maxInstructions: 100,
  maxTextLength: 4_000_000,
};

/**
 * The root of a complete document. Anything else throws XmlReadError: cut off, two roots, text
 * outside the root, a prefix without namespace, a namespace that is no URI, an attribute twice, an
 * unknown entity, XML 1.1.
 * A DOCTYPE is refused, so there are no entities but the five of XML and numbers (SOAP 1.1,
 * section 3, forbids it too).
 */
export function readXml(text: string, limits: Partial<XmlLimits> = {}): XmlElement {
  const { maxDepth, maxElements, maxAttributes, maxInstructions, maxTextLength } = {
    ...LIMITS,
    ...limits,
  };
  // Forced to 1.0: version 1.1 would let control characters in.
  const parser = new SaxesParser({
    xmlns: true,
    position: true,
    defaultXMLVersion: '1.0',
    forceXMLVersion: true,
  });
  const document = openElement('', '');
  const open = [document];
  let elements = 0;
  let textLength = 0;
  let attributes = 0;
  let instructions = 0;

  const refuse = (fault: XmlFault): never => {
    throw new XmlReadError(fault, parser.line, parser.column);
  };
  const addText = (part: string): void => {
    textLength += part.length;
    if (textLength > maxTextLength) refuse('too-much-text');
    const current = open.at(-1);
    if (current !== undefined) current.text += part;
  };

  parser.on('error', () => refuse('malformed'));
  parser.on('xmldecl', ({ version }) => {
    if (version !== '1.0') refuse('malformed');
  });
  parser.on('doctype', () => refuse('doctype'));
  parser.on('processinginstruction', () => {
    instructions += 1;
    if (instructions > maxInstructions) refuse('too-many-instructions');
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('opentagstart', ({ name }) => {
    elements += 1;
    textLength += name.length;
    attributes = 0;
    if (elements > maxElements) refuse('too-many-elements');
    if (textLength > maxTextLength) refuse('too-much-text');
    if (open.length > maxDepth) refuse('too-deep');
  });
  parser.on('attribute', ({ name, value }) => {
    attributes += 1;
    textLength += name.length + value.length;
    if (attributes > maxAttributes) refuse('too-many-attributes');
    if (textLength > maxTextLength) refuse('too-much-text');
  });
  parser.on('opentag', (tag) => {
    const child = openElement(tag.uri, tag.local);
    if (NO_NAME_START.test(tag.local) || !readAttributes(tag, child.attributes)) {
      refuse('malformed');
    }
    open.at(-1)?.children.push(child);
    open.push(child);
  });
  parser.on('closetag', () => {
    open.pop();
  });

  parser.write(text).close();
  return document.children[0] ?? refuse('malformed');
}

interface OpenElement {
  readonly namespace: string;
  readonly name: string;
  readonly attributes: Map<string, string>;
  readonly children: OpenElement[];
  text: string;
}

function openElement(namespace: string, name: string): OpenElement {
  return { namespace, name, attributes: new Map(), children: [], text: '' };
}

const XMLNS = 'http://www.w3.org/2000/xmlns/';

/** What may stand in a name, but not begin one (Namespaces in XML 1.0, NCName). saxes looks before the colon only. */
const NO_NAME_START = /^(?:[\d.\-\u00B7\u203F\u2040]|[\u0300-\u036F])/;

/** Whether all of them are such as can be. */
function readAttributes(tag: SaxesTagNS, into: Map<string, string>): boolean {
  for (const { uri, local, value } of Object.values(tag.attributes)) {
    if (NO_NAME_START.test(local)) return false;
    if (uri !== XMLNS) into.set(uri === '' ? local : `{${uri}}${local}`, value);
    else if (!isUriReference(value)) return false;
  }
  return true;
}
