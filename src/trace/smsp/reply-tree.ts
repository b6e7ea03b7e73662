/** Finding things in a reply: by namespace and local name, whatever stands between them. */
import type { XmlElement } from '../../lib/xml-read.ts';
import { unreadableReply } from './unreadable.ts';

/** The child elements of this name, in document order. None for an absent parent. */
export function childrenOf(
  parent: XmlElement | undefined,
  namespace: string,
  name: string,
): readonly XmlElement[] {
  return (
    parent?.children.filter((child) => child.namespace === namespace && child.name === name) ?? []
  );
}

/** The child of this name; `undefined` when there is none, and when there is more than one. */
export function only(
  parent: XmlElement | undefined,
  namespace: string,
  name: string,
): XmlElement | undefined {
  const found = childrenOf(parent, namespace, name);
  return found.length === 1 ? found[0] : undefined;
}

/** The child of this name, if there is one. Several are refused rather than chosen from: `unreadable-reply`. */
export function atMostOne(
  parent: XmlElement | undefined,
  namespace: string,
  name: string,
): XmlElement | undefined {
  const found = childrenOf(parent, namespace, name);
  if (found.length > 1) throw unreadableReply(`it holds several elements ${name} in one`);
  return found[0];
}

/** All elements of this name below the parent, at any depth, in document order. */
export function descendants(parent: XmlElement, namespace: string, name: string): XmlElement[] {
  return parent.children.flatMap((child) => {
    const below = descendants(child, namespace, name);
    return child.namespace === namespace && child.name === name ? [child, ...below] : below;
  });
}

/** An element's text or an attribute's value without the blanks of pretty printing. */
export function collapse(text: string): string {
  return text.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '');
}

/** An attribute's value, collapsed; `undefined` when the element or the attribute is absent. */
export function attribute(from: XmlElement | undefined, name: string): string | undefined {
  const value = from?.attributes.get(name);
  return value === undefined ? undefined : collapse(value);
}
