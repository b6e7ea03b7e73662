/** From the bytes of a request to what it asks, or to the reason why it is turned away. */
import { checkPayload, type InvalidPayload } from './check-payload.ts';
import { checkRequest } from './check-request.ts';
import { decodeBody } from './decode-body.ts';
import { type Fault, invalid } from './fault.ts';
import type { Query } from './query.ts';
import { type ReceivedMessage, readRequest } from './read-request.ts';
import { readXml } from './read-xml.ts';
import type { RuleSettings } from './rule.ts';
import { type Operation, type Service, serviceOf } from './wire-names.ts';

/** Exactly one of `query`, `invalidPayload` and `fault` is there. */
export interface ReceivedRequest {
  readonly operation?: Operation | undefined;
  readonly messageId?: string | undefined;
  readonly query?: Query | undefined;
  /** Answered SMSP-0001. */
  readonly invalidPayload?: InvalidPayload | undefined;
  /** Answered with a SOAP fault. */
  readonly fault?: Fault | undefined;
}

/** The order of work: SOAPAction, XML, envelope rules, dispatch on the action, payload rules. */
export function receiveRequest(
  soapActionHeader: string | undefined,
  body: Uint8Array,
  settings: Omit<RuleSettings, 'soapAction'>,
): ReceivedRequest {
  const { isStrict } = settings;
  const soapAction = soapActionHeader?.trim().replace(/^"(.*)"$/, '$1') || undefined;
  if (soapAction === undefined && isStrict) return { fault: invalid('there is no SOAPAction') };
  const called = soapAction === undefined ? undefined : serviceOf(soapAction);
  if (soapAction !== undefined && called === undefined) return { fault: UNKNOWN_SERVICE };
  const message = readMessage(body, isStrict);
  if (message === undefined) {
    return { operation: called?.operation, fault: invalid('the body is not well-formed XML') };
  }
  const service = serviceOf(message.actions[0] ?? '') ?? called;
  const known = { operation: service?.operation, messageId: message.messageIds[0] };
  const fault = checkRequest(message, { ...settings, soapAction });
  if (fault !== undefined) return { ...known, fault };
  if (service === undefined) return { ...known, fault: UNKNOWN_SERVICE };
  return { ...known, ...readQuery(message, service, isStrict) };
}

const UNKNOWN_SERVICE: Fault = {
  faultCode: 'Server',
  errorCode: '2100',
  diagnostic: 'no rules for this SOAPAction',
};

function readMessage(body: Uint8Array, isStrict: boolean): ReceivedMessage | undefined {
  const text = decodeBody(body, isStrict);
  const root = text === undefined ? undefined : readXml(text);
  return root === undefined ? undefined : readRequest(root);
}

function readQuery(message: ReceivedMessage, service: Service, isStrict: boolean): ReceivedRequest {
  const checked = checkPayload(message, service, isStrict);
  return 'reason' in checked ? { invalidPayload: checked } : { query: checked };
}
