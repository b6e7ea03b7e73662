/** Namespaces in XML 1.0: which namespace a prefix stands for at a place of a document. */

/** The declarations of one element, and those of the elements around it. */
export interface NameScope {
  readonly declared: ReadonlyMap<string, string>;
  readonly outer: NameScope | undefined;
}

export interface ExpandedName {
  /** Empty for a name of no namespace. */
  readonly uri: string;
  readonly local: string;
}

const OUTERMOST: NameScope = {
  declared: new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]),
  outer: undefined,
};

/** Whether an attribute of this name is a declaration: `xmlns` or `xmlns:prefix`. */
export function isDeclaration(name: string): boolean {
  return name.startsWith('xmlns') && (name.length === 5 || name[5] === ':');
}

/** The scope of an element's content: the one around it when the element declares nothing. */
export function innerScope(
  outer: NameScope = OUTERMOST,
  attributes: ReadonlyMap<string, string>,
): NameScope {
  let declared: Map<string, string> | undefined;
  for (const [name, uri] of attributes) {
    if (!isDeclaration(name)) continue;
    if (uri === '' && name !== 'xmlns') throw new SyntaxError('a prefix declared for nothing');
    declared ??= new Map();
    declared.set(name.slice(6), uri);
  }
  return declared === undefined ? outer : { declared, outer };
}

/** The name an element or attribute really has; throws SyntaxError for a prefix not declared. */
export function expandName(
  name: string,
  scope: NameScope,
  kind: 'element' | 'attribute',
): ExpandedName {
  const colon = name.indexOf(':');
  if (colon === -1) {
    if (kind === 'attribute') return { uri: '', local: name };
    return { uri: namespaceOf('', scope) ?? '', local: name };
  }
  const local = name.slice(colon + 1);
  const uri = namespaceOf(name.slice(0, colon), scope);
  if (!uri || colon === 0 || local === '' || local.includes(':')) {
    throw new SyntaxError('a prefix that is not declared');
  }
  return { uri, local };
}

function namespaceOf(prefix: string, scope: NameScope): string | undefined {
  for (let place: NameScope | undefined = scope; place !== undefined; place = place.outer) {
    const uri = place.declared.get(prefix);
    if (uri !== undefined) return uri;
  }
  return undefined;
}
