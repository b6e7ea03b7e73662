/** Whether a payload is a right request of its service, and what it then asks. */
import { checkParameters } from './check-parameters.ts';
import type { Parameters } from './parameters.ts';
import type { Query } from './query.ts';
import { readParameters } from './read-parameters.ts';
import { hl7Child, is, type ReceivedMessage } from './read-request.ts';
import type { XmlElement } from './read-xml.ts';
import { HL7, MESSAGE_TYPE_OID, type Service } from './wire-names.ts';

/** What is wrong with a payload, in fixed words that repeat nothing of it: answered SMSP-0001. */
export interface InvalidPayload {
  readonly reason: string;
}

const UPPER_CASE_UUID = /^[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$/;

/** Children that the schemas allow ahead of any others, and that nobody uses. */
const IGNORED = ['realmCode', 'typeId', 'templateId'];

/**
 * The query of a message that has passed the envelope rules. Strict reading checks the payload
 * against the schemas QUPA_MT000001GB01 to QUPA_MT000005GB01: names, fixed values, order. Lenient
 * reading looks only for the parameters.
 */
export function checkPayload(
  message: ReceivedMessage,
  service: Service,
  isStrict: boolean,
): Query | InvalidPayload {
  const [root] = message.content;
  if (root === undefined) return { reason: 'there is no payload' };
  const reason = isStrict ? rootFault(root, service) : undefined;
  if (reason !== undefined) return { reason };
  const read = readParameters(hl7Child(root, 'queryEvent'), service.operation, isStrict);
  if (typeof read === 'string') return { reason: read };
  const parameterFault = checkParameters(read, service.operation, isStrict);
  return parameterFault === undefined
    ? toQuery(read, service, isStrict)
    : { reason: parameterFault };
}

/** Lenient reading puts the blank into a postcode that was sent without one. */
function toQuery(read: Parameters, { operation }: Service, isStrict: boolean): Query {
  const { birthDate = '' } = read;
  const postcode = isStrict ? read.postcode : read.postcode?.replace(/^(\w+)(\w{3})$/, '$1 $2');
  return { ...read, operation, birthDate, postcode };
}

function rootFault(root: XmlElement, service: Service): string | undefined {
  if (!is(root, HL7, service.requestRoot)) return 'the payload is not the request of this service';
  if (root.attributes.get('classCode') !== 'CACT' || root.attributes.get('moodCode') !== 'EVN') {
    return 'the request must be of class CACT and mood EVN';
  }
  const names = namesOf(root);
  if (names.join() !== 'id,code,queryEvent') return 'the request is not id, code, queryEvent';
  if (!UPPER_CASE_UUID.test(hl7Child(root, 'id')?.attributes.get('root') ?? '')) {
    return 'the id of the request is not an upper-case UUID';
  }
  const code = hl7Child(root, 'code')?.attributes;
  const isCode =
    code?.get('code') === service.requestCode && code.get('codeSystem') === MESSAGE_TYPE_OID;
  return isCode ? undefined : 'the code of the request is not that of this service';
}

function namesOf(parent: XmlElement): readonly string[] {
  return parent.children
    .map(({ uri, local }) => (uri === HL7 ? local : `{${uri}}${local}`))
    .filter((name) => !IGNORED.includes(name));
}
