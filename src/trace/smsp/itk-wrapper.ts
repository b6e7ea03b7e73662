/** The ITK distribution envelope (distributionEnvelope-v2-0): around our payload, and off theirs. */
import type { XmlElement } from '../../lib/xml-read.ts';
import { element, type XmlNode } from '../../lib/xml-write.ts';
import { HL7, ITK } from './identifiers.ts';
import type { OperationMessages } from './operations.ts';
import { attribute, only } from './reply-tree.ts';
import type { SmspSettings } from './settings.ts';
import { unreadableReply } from './unreadable.ts';

/** One payload, inline, with the elements in the order of the schema. Both ids are upper-case UUIDs. */
export function distributionEnvelope(
  payload: XmlNode,
  { action, requestProfile }: OperationMessages,
  { auditIdentity, senderAddress }: SmspSettings,
  ids: { readonly trackingId: string; readonly manifestId: string },
): XmlNode {
  // An XML ID may not begin with a digit, as a UUID does.
  const id = `uuid_${ids.manifestId}`;
  const { type, uri } = auditIdentity;
  return element(
    'itk:DistributionEnvelope',
    {},
    element(
      'itk:header',
      { service: action, trackingid: ids.trackingId },
      element('itk:auditIdentity', {}, element('itk:id', { type, uri })),
      element('itk:manifest', { count: '1' }, manifestItem(id, requestProfile)),
      senderAddress === undefined
        ? undefined
        : element('itk:senderAddress', { uri: senderAddress }),
    ),
    element('itk:payloads', { count: '1' }, element('itk:payload', { id }, payload)),
  );
}

function manifestItem(id: string, profileid: string): XmlNode {
  return element('itk:manifestitem', {
    id,
    mimetype: 'text/xml',
    profileid,
    base64: 'false',
    compressed: 'false',
    encrypted: 'false',
  });
}

/**
 * The payload of a reply, which must have the given root and be the only one. The header is not
 * read: providers put constants, profiles and placeholders there.
 * Throws RetryableError `unreadable-reply`.
 */
export function replyPayload(body: XmlElement, responseRoot: string): XmlElement {
  const envelope = only(body, ITK, 'DistributionEnvelope');
  if (body.children.length > 1) throw unreadableReply('it holds something beside its envelope');
  const payloads = only(envelope, ITK, 'payloads');
  const payload = only(payloads, ITK, 'payload');
  const root = payload?.children[0];
  if (root === undefined || payload?.children.length !== 1) {
    throw unreadableReply('it does not hold exactly one payload');
  }
  if ((attribute(payloads, 'count') ?? '1') !== '1') {
    throw unreadableReply('it does not hold as many payloads as it says');
  }
  if (root.namespace !== HL7 || root.name !== responseRoot) {
    throw unreadableReply(`its payload is not a ${responseRoot}`);
  }
  return root;
}
