/**
 * Reads a request into a tree of elements. Names are namespace and local name; prefixes are gone.
 * Written here because reading is most of the work of an answer: sax takes ten times as long.
 */
import { expandName, innerScope, isDeclaration, type NameScope } from './name-scope.ts';
import { readTokens, type XmlToken } from './xml-tokens.ts';

export interface XmlElement {
  readonly uri: string;
  readonly local: string;
  /** By local name; an attribute of a namespace by `{namespace}local`. Declarations are left out. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The text directly in the element, comments removed. */
  readonly text: string;
}

interface OpenElement {
  readonly name: string;
  readonly scope: NameScope;
  readonly uri: string;
  readonly local: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: OpenElement[];
  text: string;
}

const MAX_DEPTH = 100;

/** Everything but the characters of XML 1.0, half surrogate pairs included. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/**
 * The root element; `undefined` for a text that is not well-formed, has a DOCTYPE, a character XML
 * does not know, or elements nested deeper than any message has.
 */
export function readXml(text: string): XmlElement | undefined {
  if (FORBIDDEN.test(text)) return undefined;
  const unix = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  try {
    return growTree(unix, unix.includes('&#'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function growTree(text: string, hasReferences: boolean): XmlElement {
  const document = toElement({ kind: 'start', name: '', attributes: new Map(), isEmpty: false });
  const open = [document];
  for (const token of readTokens(text)) {
    if (hasReferences) checkCharacters(token);
    if (token.kind === 'start') openElement(open, token);
    else if (token.kind === 'end') closeElement(open, token.name);
    else addText(open, token.text);
  }
  const [root, second] = document.children;
  if (root === undefined || second !== undefined || open.length > 1) {
    throw new SyntaxError('not exactly one complete root');
  }
  return root;
}

function addText(open: readonly OpenElement[], text: string): void {
  const element = open.at(-1);
  if (element !== undefined) element.text += text;
  if (open.length === 1 && /[^ \t\n]/.test(text)) throw new SyntaxError('text outside the root');
}

function closeElement(open: OpenElement[], name: string): void {
  if (open.pop()?.name !== name) throw new SyntaxError('the end of another element');
}

type StartToken = Extract<XmlToken, { kind: 'start' }>;

function openElement(open: OpenElement[], token: StartToken): OpenElement {
  const parent = open.at(-1);
  const element = toElement(token, parent?.scope);
  parent?.children.push(element);
  if (!token.isEmpty && open.push(element) > MAX_DEPTH) throw new SyntaxError('nested too deeply');
  return element;
}

function toElement({ name, attributes: written }: StartToken, outer?: NameScope): OpenElement {
  const scope = innerScope(outer, written);
  const attributes = new Map<string, string>();
  for (const [key, value] of written) {
    if (isDeclaration(key)) continue;
    const { uri, local } = expandName(key, scope, 'attribute');
    attributes.set(uri === '' ? local : `{${uri}}${local}`, value);
  }
  const { uri, local } = expandName(name, scope, 'element');
  return { name, scope, uri, local, attributes, children: [], text: '' };
}

/** A reference can stand for a character that may not stand in the text itself. */
function checkCharacters(token: XmlToken): void {
  const values =
    token.kind === 'text' ? [token.text] : token.kind === 'start' ? token.attributes.values() : [];
  for (const value of values) {
    if (FORBIDDEN.test(value)) throw new SyntaxError('a reference to a forbidden character');
  }
}
