/** SOAP 1.1 with WS-Addressing and WS-Security headers: around our body, and off theirs. */
import type { XmlElement } from '../../lib/xml-read.ts';
import { element, type XmlNode } from '../../lib/xml-write.ts';
import { ITK, SOAP, WSA, WSSE, WSU } from './identifiers.ts';
import { childrenOf, collapse, only } from './reply-tree.ts';
import type { SmspSettings } from './settings.ts';

/**
 * The message around a body. No ReplyTo and no FaultTo: the answer comes on the same exchange. No
 * `mustUnderstand`: providers refuse headers they do not know.
 */
export function soapEnvelope(
  body: XmlNode,
  { endpoint, fromAddress, username, messageTtlSeconds }: SmspSettings,
  { messageId, action, now }: { messageId: string; action: string; now: Date },
): XmlNode {
  const expires = new Date(now.getTime() + messageTtlSeconds * 1000);
  return element(
    'soap:Envelope',
    {
      'xmlns:soap': SOAP,
      'xmlns:wsa': WSA,
      'xmlns:wsse': WSSE,
      'xmlns:wsu': WSU,
      'xmlns:itk': ITK,
    },
    element(
      'soap:Header',
      {},
      element('wsa:MessageID', {}, messageId),
      element('wsa:Action', {}, action),
      element('wsa:To', {}, endpoint.href),
      fromAddress === undefined
        ? undefined
        : element('wsa:From', {}, element('wsa:Address', {}, fromAddress)),
      element(
        'wsse:Security',
        {},
        element(
          'wsu:Timestamp',
          { 'wsu:Id': 'ts-1' },
          element('wsu:Created', {}, utcSeconds(now)),
          element('wsu:Expires', {}, utcSeconds(expires)),
        ),
        element('wsse:UsernameToken', {}, element('wsse:Username', {}, username)),
      ),
    ),
    element('soap:Body', {}, body),
  );
}

/** MSCA-AUD-07: UTC with an explicit `Z`. */
function utcSeconds(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

/** The body of a SOAP 1.1 envelope with exactly one, and one header at most; `undefined` for any other document. */
export function soapBody(document: XmlElement): XmlElement | undefined {
  const isEnvelope = document.namespace === SOAP && document.name === 'Envelope';
  const hasHeaders = childrenOf(document, SOAP, 'Header').length > 1;
  return isEnvelope && !hasHeaders ? only(document, SOAP, 'Body') : undefined;
}

/**
 * Whether the reply says that it belongs to another message. Most replies say nothing, and a blank
 * says nothing either; elements inside do. UUIDs are compared in any case, with or without `urn:uuid:`.
 */
export function relatesToAnother(document: XmlElement, messageId: string): boolean {
  const header = only(document, SOAP, 'Header');
  return childrenOf(header, WSA, 'RelatesTo').some(({ text, children }) => {
    const related = plainId(text);
    return children.length > 0 || (related !== '' && related !== plainId(messageId));
  });
}

function plainId(text: string): string {
  return collapse(text)
    .toUpperCase()
    .replace(/^(?:URN:)?UUID:/, '');
}
