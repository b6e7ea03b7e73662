/** Rules about manifest, payloads and audit identity of the ITK distribution envelope. */
import { invalid } from './fault.ts';
import { childrenOf } from './read-request.ts';
import type { Rule } from './rule.ts';
import { ITK, serviceOf } from './wire-names.ts';

const idsAgree: Rule = ({ manifestItems, payloads }) => {
  const listed = manifestItems.map((item) => item.attributes.get('id'));
  const isAgreed = payloads.some(({ attributes }) => {
    const id = attributes.get('id');
    return id !== undefined && id !== '' && listed.includes(id);
  });
  return isAgreed ? undefined : invalid('no manifest item id is the id of a payload');
};

const manifestCount: Rule = ({ manifest, manifestItems }) =>
  Number(manifest?.attributes.get('count')) === manifestItems.length
    ? undefined
    : invalid('manifest count does not equal number of manifest items');

const payloadCount: Rule = ({ payloadList, payloads }) =>
  Number(payloadList?.attributes.get('count')) === payloads.length
    ? undefined
    : invalid('payloads count does not equal number of payloads');

const countsAgree: Rule = ({ manifest, payloadList }) =>
  Number(manifest?.attributes.get('count')) === Number(payloadList?.attributes.get('count'))
    ? undefined
    : invalid('manifest count does not equal payloads count');

/** Strict reading also wants the profile of the service that is called. */
const profileIsNamed: Rule = ({ manifestItems, actions }, { isStrict }) => {
  const profile = manifestItems[0]?.attributes.get('profileid') ?? '';
  if (profile === '') return invalid('the manifest item has no profileid');
  if (isStrict && profile !== serviceOf(actions[0] ?? '')?.requestProfile) {
    return invalid('the profileid is not that of a request to this service');
  }
  return undefined;
};

/** An identity that is not authorised is an invalid message here, not a refusal of access. */
const auditIdentityIsKnown: Rule = ({ itkHeader }, { isStrict, authorisedAuditIdentities }) => {
  const identities = childrenOf(itkHeader, ITK, 'auditIdentity')
    .flatMap((element) => childrenOf(element, ITK, 'id'))
    .map((id) => id.attributes.get('uri') ?? '');
  if (identities.length === 0) {
    return isStrict ? invalid('there is no audit identity') : undefined;
  }
  const isKnown = (uri: string) => authorisedAuditIdentities?.includes(uri) ?? uri !== '';
  return identities.every(isKnown) ? undefined : invalid('the audit identity is not authorised');
};

/** Inline HL7, one message at a time: nothing base64-coded, compressed or encrypted. */
const thereIsOnePayload: Rule = ({ payloads, content, manifestItems }) => {
  if (payloads.length !== 1 || content.length !== 1) {
    return invalid('there must be one payload with one element in it');
  }
  const { attributes } = manifestItems[0] ?? { attributes: new Map<string, string>() };
  const isWrapped = ['base64', 'compressed', 'encrypted'].some((name) =>
    ['true', '1'].includes(attributes.get(name) ?? 'false'),
  );
  return isWrapped ? invalid('a coded payload is not supported') : undefined;
};

export const manifestRules = {
  idsAgree,
  manifestCount,
  payloadCount,
  countsAgree,
  profileIsNamed,
  auditIdentityIsKnown,
  thereIsOnePayload,
};
