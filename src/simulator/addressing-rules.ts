/** Rules about the WS-Addressing header, and about headers nobody here understands. */
import { invalid } from './fault.ts';
import { child, childrenOf } from './read-request.ts';
import type { Rule } from './rule.ts';
import { SOAP, WSA, WSSE } from './wire-names.ts';

/** Strict reading also wants the SOAPAction header of HTTP to say the same. */
const actionsAgree: Rule = ({ itkHeader, actions }, { isStrict, soapAction }) => {
  const [action] = actions;
  if (!action) return invalid('there is no wsa:Action');
  if (itkHeader?.attributes.get('service') !== action) {
    return invalid('the service of the distribution envelope is not the wsa:Action');
  }
  return isStrict && soapAction !== action
    ? invalid('the SOAPAction is not the wsa:Action')
    : undefined;
};

const addresseeIsHere: Rule = ({ addressees }, { expectedTo }) => {
  const [to] = addressees;
  if (!to) return invalid('there is no wsa:To');
  return expectedTo === undefined || to === expectedTo
    ? undefined
    : invalid('the message is addressed to another server');
};

const SYNCHRONOUS = [`${WSA}/anonymous`, `${WSA}/none`];

/** Answers and faults go back in the same HTTP exchange, or nowhere. */
const replyIsSynchronous: Rule = ({ header }) => {
  const addresses = ['ReplyTo', 'FaultTo']
    .flatMap((name) => childrenOf(header, WSA, name))
    .map((element) => child(element, WSA, 'Address')?.text.trim() ?? '');
  return addresses.every((address) => SYNCHRONOUS.includes(address))
    ? undefined
    : invalid('an answer can only go to the anonymous address');
};

const everythingIsUnderstood: Rule = ({ header }) => {
  const isForeign = header?.children.some(
    ({ uri, local, attributes }) =>
      attributes.get(`{${SOAP}}mustUnderstand`)?.trim() === '1' &&
      uri !== WSA &&
      !(uri === WSSE && local === 'Security'),
  );
  return isForeign
    ? invalid('a header that must be understood is not understood', 'MustUnderstand')
    : undefined;
};

const messageHasAnId: Rule = ({ messageIds }) =>
  messageIds[0] ? undefined : invalid('there is no wsa:MessageID');

export const addressingRules = {
  actionsAgree,
  addresseeIsHere,
  replyIsSynchronous,
  everythingIsUnderstood,
  messageHasAnId,
};
