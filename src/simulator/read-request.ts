/** Finds the parts of a request that the rules look at. Nothing is judged here: parts may be absent. */
import type { XmlElement } from './read-xml.ts';
import { HL7, ITK, SOAP, WSA, WSSE, WSU } from './wire-names.ts';

/** The parts of one received message. Texts are without surrounding blanks. */
export interface ReceivedMessage {
  readonly envelope: XmlElement;
  readonly header: XmlElement | undefined;
  /** All children of the SOAP body. */
  readonly bodyContent: readonly XmlElement[];
  readonly messageIds: readonly string[];
  readonly actions: readonly string[];
  readonly addressees: readonly string[];
  readonly timestamp: XmlElement | undefined;
  readonly created: string | undefined;
  readonly expires: string | undefined;
  readonly username: string | undefined;
  readonly distribution: XmlElement | undefined;
  readonly itkHeader: XmlElement | undefined;
  readonly manifest: XmlElement | undefined;
  readonly manifestItems: readonly XmlElement[];
  readonly payloadList: XmlElement | undefined;
  readonly payloads: readonly XmlElement[];
  /** The elements in the first payload; a right message has exactly one. */
  readonly content: readonly XmlElement[];
}

/** Takes the envelope apart, whichever version of SOAP it says it is. */
export function readRequest(envelope: XmlElement): ReceivedMessage {
  const soap = envelope.uri;
  const header = child(envelope, soap, 'Header');
  const bodyContent = child(envelope, soap, 'Body')?.children ?? [];
  const security = child(header, WSSE, 'Security');
  const timestamp = child(security, WSU, 'Timestamp');
  const distribution = bodyContent.find((element) => is(element, ITK, 'DistributionEnvelope'));
  const itkHeader = child(distribution, ITK, 'header');
  const manifest = child(itkHeader, ITK, 'manifest');
  const payloadList = child(distribution, ITK, 'payloads');
  const payloads = childrenOf(payloadList, ITK, 'payload');
  return {
    envelope,
    header,
    bodyContent,
    messageIds: textsOf(header, WSA, 'MessageID'),
    actions: textsOf(header, WSA, 'Action'),
    addressees: textsOf(header, WSA, 'To'),
    timestamp,
    created: textsOf(timestamp, WSU, 'Created')[0],
    expires: textsOf(timestamp, WSU, 'Expires')[0],
    username: textsOf(child(security, WSSE, 'UsernameToken'), WSSE, 'Username')[0],
    distribution,
    itkHeader,
    manifest,
    manifestItems: childrenOf(manifest, ITK, 'manifestitem'),
    payloadList,
    payloads,
    content: payloads[0]?.children ?? [],
  };
}

/** Whether the element has this name. */
export function is(element: XmlElement, uri: string, local: string): boolean {
  return element.local === local && element.uri === uri;
}

/** The first child with this name; `undefined` also for the child of nothing. */
export function child(
  parent: XmlElement | undefined,
  uri: string,
  local: string,
): XmlElement | undefined {
  return parent?.children.find((element) => is(element, uri, local));
}

/** All children with this name; none for nothing. */
export function childrenOf(
  parent: XmlElement | undefined,
  uri: string,
  local: string,
): readonly XmlElement[] {
  return parent?.children.filter((element) => is(element, uri, local)) ?? [];
}

/** The trimmed texts of all children with this name. */
function textsOf(parent: XmlElement | undefined, uri: string, local: string): readonly string[] {
  return childrenOf(parent, uri, local).map((element) => element.text.trim());
}

/** Whether the root is a SOAP 1.1 envelope. */
export function isSoap11(envelope: XmlElement): boolean {
  return is(envelope, SOAP, 'Envelope');
}

/** A child of a payload element, by its local name. */
export function hl7Child(parent: XmlElement | undefined, local: string): XmlElement | undefined {
  return child(parent, HL7, local);
}
