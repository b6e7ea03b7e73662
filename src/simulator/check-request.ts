/** Whether a message is acceptable as such, before anybody looks at what it asks. */
import { addressingRules } from './addressing-rules.ts';
import { type Fault, invalid } from './fault.ts';
import { formRules } from './form-rules.ts';
import { manifestRules } from './manifest-rules.ts';
import { isSoap11, type ReceivedMessage } from './read-request.ts';
import type { Rule, RuleSettings } from './rule.ts';
import { securityRules } from './security-rules.ts';

const versionRule: Rule = ({ envelope }) =>
  isSoap11(envelope) ? undefined : invalid('the envelope is not SOAP 1.1', 'VersionMismatch');

const structureRule: Rule = (message) => {
  if (message.header === undefined) return invalid('there is no SOAP header');
  if (message.bodyContent.length !== 1 || message.distribution === undefined) {
    return invalid('the body must hold one ITK distribution envelope and nothing else');
  }
  if (message.itkHeader === undefined || message.manifest === undefined) {
    return invalid('the distribution envelope has no header with a manifest');
  }
  return message.payloadList === undefined
    ? invalid('the distribution envelope has no payloads')
    : undefined;
};

/** The rules in the order in which they are applied, which is that of the ITK conformance pack. */
const RULES: readonly Rule[] = [
  versionRule,
  structureRule,
  manifestRules.idsAgree,
  manifestRules.manifestCount,
  manifestRules.payloadCount,
  manifestRules.countsAgree,
  securityRules.timesAreWritten,
  securityRules.userIsKnown,
  addressingRules.actionsAgree,
  manifestRules.profileIsNamed,
  manifestRules.auditIdentityIsKnown,
  addressingRules.addresseeIsHere,
  securityRules.timestampIsThere,
  addressingRules.replyIsSynchronous,
  addressingRules.everythingIsUnderstood,
  addressingRules.messageHasAnId,
  securityRules.timeIsRight,
  manifestRules.thereIsOnePayload,
  ...formRules,
];

/** The first fault of a message, by the rules of the ITK distribution envelope; or none. */
export function checkRequest(message: ReceivedMessage, settings: RuleSettings): Fault | undefined {
  for (const rule of RULES) {
    const fault = rule(message, settings);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
