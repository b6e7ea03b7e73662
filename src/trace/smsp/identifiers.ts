/** Names and numbers that are fixed by the published interface. */

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
export const GENDER_OID = '2.16.840.1.113883.2.1.3.2.4.16.25';
/** ODS code of an organisation's site, here the GP practice. */
export const SITE_OID = '2.16.840.1.113883.2.1.3.2.4.19.2';
