/**
 * What the schemas of header and distribution envelope demand beyond the rules of the conformance
 * pack: the form of identifiers, order, cardinality. Lenient reading lets all of it pass.
 */
import { invalid } from './fault.ts';
import type { ReceivedMessage } from './read-request.ts';
import { is } from './read-request.ts';
import type { Rule } from './rule.ts';
import { ITK, WSU } from './wire-names.ts';

/** UUIDs are in capitals; an alphabetic prefix such as `urn:uuid:` is let pass on message ids. */
const UUID = '[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}';
const MESSAGE_ID = new RegExp(`^(?:[A-Za-z:]+[:_])?${UUID}$`);
const TRACKING_ID = new RegExp(`^${UUID}$`);
const NC_NAME = /^[\p{L}_][\p{L}\p{N}._-]*$/u;

const ITK_HEADER_ORDER = [
  'addresslist',
  'auditIdentity',
  'manifest',
  'senderAddress',
  'handlingSpecification',
];

/** Rules for strict reading; each passes everything when reading leniently. */
export const formRules: readonly Rule[] = [
  strict('a header of the message stands there twice', ({ messageIds, actions, addressees }) =>
    [messageIds, actions, addressees].every((texts) => texts.length === 1),
  ),
  strict('the wsa:MessageID is not an upper-case UUID', ({ messageIds }) =>
    MESSAGE_ID.test(messageIds[0] ?? ''),
  ),
  strict('the trackingid is not an upper-case UUID', ({ itkHeader }) =>
    TRACKING_ID.test(itkHeader?.attributes.get('trackingid') ?? ''),
  ),
  strict('a payload id cannot start with a digit', ({ payloads }) =>
    payloads.every((payload) => NC_NAME.test(payload.attributes.get('id') ?? '')),
  ),
  strict('message, tracking, payload and timestamp ids must differ', areIdsDistinct),
  strict('Created must stand before Expires', ({ timestamp }) => {
    const names = timestamp?.children.filter(({ uri }) => uri === WSU).map(({ local }) => local);
    return names?.join() === 'Created,Expires';
  }),
  strict('the parts of the distribution header are out of order', isItkHeaderInOrder),
  strict('the manifest item has no mimetype text/xml', ({ manifestItems }) =>
    manifestItems.every((item) => item.attributes.get('mimetype') === 'text/xml'),
  ),
];

function strict(diagnostic: string, isRight: (message: ReceivedMessage) => boolean): Rule {
  return (message, { isStrict }) =>
    isStrict && !isRight(message) ? invalid(diagnostic) : undefined;
}

function areIdsDistinct(message: ReceivedMessage): boolean {
  const ids = [
    message.messageIds[0],
    message.itkHeader?.attributes.get('trackingid'),
    message.payloads[0]?.attributes.get('id'),
    message.timestamp?.attributes.get(`{${WSU}}Id`),
  ];
  const core = (id: string) => id.slice(-36);
  const given = ids.filter((id) => id !== undefined).map(core);
  return new Set(given).size === given.length;
}

function isItkHeaderInOrder({ itkHeader, distribution }: ReceivedMessage): boolean {
  const places = itkHeader?.children.map((element) =>
    is(element, ITK, element.local) ? ITK_HEADER_ORDER.indexOf(element.local) : -1,
  );
  const isAscending = places?.every(
    (place, at) => place >= 0 && (at === 0 || place > (places[at - 1] ?? place)),
  );
  const parts = distribution?.children.map(({ local }) => local).join();
  return isAscending === true && parts === 'header,payloads';
}
