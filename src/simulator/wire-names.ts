/** Namespaces, object identifiers and the five services, as the published PDS Mini Services name them. */

export const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
export const WSA = 'http://www.w3.org/2005/08/addressing';
export const WSSE =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
export const WSU =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
export const ITK = 'urn:nhs-itk:ns:201005';
export const HL7 = 'urn:hl7-org:v3';
export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

export const NHS_NUMBER_OID = '2.16.840.1.113883.2.1.4.1';
export const MESSAGE_TYPE_OID = '2.16.840.1.113883.2.1.3.2.4.17.284';
export const PDS_RESPONSE_CODE_OID = '2.16.840.1.113883.2.1.3.2.4.17.285';
export const GENERIC_RESPONSE_CODE_OID = '2.16.840.1.113883.2.1.3.2.4.17.500';
export const VALID_IDENTIFIER_OID = '2.16.840.1.113883.2.1.3.2.4.17.287';
export const TOOLKIT_ERROR_OID = '2.16.840.1.113883.2.1.3.2.4.17.268';
export const GENDER_OID = '2.16.840.1.113883.2.1.3.2.4.16.25';
export const ODS_SITE_OID = '2.16.840.1.113883.2.1.3.2.4.19.2';

/** The operations of the PDS Mini Services, by their bare names. */
export const OPERATIONS = [
  'verifyNHSNumber',
  'getNHSNumber',
  'getPatientDetailsByNHSNumber',
  'getPatientDetailsBySearch',
  'getPatientDetails',
] as const;

export type Operation = (typeof OPERATIONS)[number];

/** What one service is called in each place of a message. */
export interface Service {
  readonly operation: Operation;
  /** Value of SOAPAction, wsa:Action and header/@service. */
  readonly action: string;
  readonly requestRoot: string;
  readonly requestCode: string;
  readonly requestProfile: string;
  readonly responseRoot: string;
  readonly responseProfile: string;
}

const PROFILE = 'urn:nhs-en:profile:';

function service(operation: Operation, requestRoot: string, responseRoot: string): Service {
  const requestCode = `${operation}Request-v1-0`;
  return {
    operation,
    action: `urn:nhs-itk:services:201005:${operation}-v1-0`,
    requestRoot,
    requestCode,
    requestProfile: `${PROFILE}${requestCode}`,
    responseRoot,
    responseProfile: `${PROFILE}${responseRoot}`,
  };
}

const DETAILS = 'getPatientDetailsResponse-v1-0';

/** Schemas QUPA_MT000001GB01 to QUPA_MT000005GB01. The root of the fifth lacks the word `Request`. */
export const SERVICES: Readonly<Record<Operation, Service>> = {
  verifyNHSNumber: service(
    'verifyNHSNumber',
    'verifyNHSNumberRequest-v1-0',
    'verifyNHSNumberResponse-v1-0',
  ),
  getNHSNumber: service('getNHSNumber', 'getNHSNumberRequest-v1-0', 'getNHSNumberResponse-v1-0'),
  getPatientDetailsByNHSNumber: service(
    'getPatientDetailsByNHSNumber',
    'getPatientDetailsByNHSNumberRequest-v1-0',
    DETAILS,
  ),
  getPatientDetailsBySearch: service(
    'getPatientDetailsBySearch',
    'getPatientDetailsBySearchRequest-v1-0',
    DETAILS,
  ),
  getPatientDetails: service('getPatientDetails', 'getPatientDetails-v1-0', DETAILS),
};

const BY_ACTION = new Map(OPERATIONS.map((name) => [SERVICES[name].action, SERVICES[name]]));

/** The service of an action; `undefined` for an action that is none of the five. */
export function serviceOf(action: string): Service | undefined {
  return BY_ACTION.get(action);
}
