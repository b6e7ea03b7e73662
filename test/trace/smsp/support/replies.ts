/** Replies written by hand, as providers write them. Shares nothing with the code under test. */
import { NUMBER, ROW } from './values.ts';

const NHS = '2.16.840.1.113883.2.1.4.1';
const LOCAL = '2.16.840.1.113883.2.1.3.2.4.18.24';

export const DETAILS_ROOT = 'getPatientDetailsResponse-v1-0';
export const SEARCH_ROOT = 'getNHSNumberResponse-v1-0';
export const VERIFY_ROOT = 'verifyNHSNumberResponse-v1-0';

/** The synchronous wrapper: what most providers send around a payload. */
export function wrapped(payload: string, header = ''): string {
  return `<?xml version='1.0' encoding='UTF-8'?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:wsa="http://www.w3.org/2005/08/addressing" xmlns:itk="urn:nhs-itk:ns:201005">
  <soap:Header>
    <wsa:MessageID>0F9E8D7C-6B5A-4948-B736-251403F2E1D0</wsa:MessageID>
    <wsa:Action>urn:nhs-itk:services:201005:verifyNHSNumber-v1-0Response</wsa:Action>
    ${header}
  </soap:Header>
  <soap:Body>
    <itk:DistributionEnvelope>
      <itk:header service="urn:nhs-itk:services:201005:verifyNHSNumber-v1-0Response" trackingid="C3B2A190-8F7E-4D6C-9B5A-493827160F5E">
        <itk:manifest count="1">
          <itk:manifestitem id="uuid_11223344-5566-4778-899A-ABBCCDDEEFF0" mimetype="text/xml" profileid="urn:nhs-en:profile:verifyNHSNumberResponse-v1-0" base64="false" compressed="false" encrypted="false"/>
        </itk:manifest>
      </itk:header>
      <itk:payloads count="1">
        <itk:payload id="uuid_11223344-5566-4778-899A-ABBCCDDEEFF0">${payload}</itk:payload>
      </itk:payloads>
    </itk:DistributionEnvelope>
  </soap:Body>
</soap:Envelope>`;
}

/** A payload with a code and nothing or something behind it. */
export function payload(root: string, code: string, result = ''): string {
  return `<${root} xmlns="urn:hl7-org:v3" classCode="OBS" moodCode="EVN">
    <id root="6A5B4C3D-2E1F-4A0B-9C8D-7E6F5A4B3C2D"/>
    <code code="${root}" codeSystem="2.16.840.1.113883.2.1.3.2.4.17.284"/>
    <value code="${code}" codeSystem="2.16.840.1.113883.2.1.3.2.4.17.285"/>
    ${result}
  </${root}>`;
}

export function nhsId(extension: string = NUMBER): string {
  return `<id root="${NHS}" extension="${extension}"/>`;
}

export function localId(extension: string = ROW, root = LOCAL): string {
  return `<id root="${root}" extension="${extension}"/>`;
}

export function subject(content: string): string {
  return `<subject typeCode="SBJ"><patient classCode="PAT">${content}</patient></subject>`;
}

/** The flag of verifyNHSNumber. `flag` is the whole value element. */
export function validIdentifier(flag: string, ids = nhsId()): string {
  return `<component typeCode="COMP"><validIdentifier classCode="OBS" moodCode="EVN">
    <code code="VI" codeSystem="2.16.840.1.113883.2.1.3.2.4.17.287"/>${flag}${subject(ids)}
  </validIdentifier></component>`;
}

export function verifyReply(code = 'SMSP-0000', result = validIdentifier('<value value="true"/>')) {
  return wrapped(payload(VERIFY_ROOT, code, result));
}

export function searchReply(code = 'SMSP-0000', result = subject(nhsId() + localId())): string {
  return wrapped(payload(SEARCH_ROOT, code, result));
}

export function detailsReply(code = 'SMSP-0000', result = subject(nhsId() + localId() + PERSON)) {
  return wrapped(payload(DETAILS_ROOT, code, result));
}

export const PERSON = `<name><prefix>MS</prefix><given>MARLOWE</given><given>JUNE</given><family>TESTCASTLE</family></name>
  <addr use="PST">
    <postalCode>ZZ99 3CZ</postalCode>
    <streetAddressLine>PO BOX 14</streetAddressLine><streetAddressLine/><streetAddressLine/>
    <streetAddressLine>MOCKFORD</streetAddressLine><streetAddressLine/>
  </addr>
  <addr use="H">
    <postalCode>ZZ99 3VZ</postalCode>
    <streetAddressLine>FLAT 2</streetAddressLine><streetAddressLine>14 SAMPLER LANE</streetAddressLine><streetAddressLine/>
    <streetAddressLine>MOCKFORD</streetAddressLine><streetAddressLine>TESTSHIRE</streetAddressLine>
  </addr>
  <telecom use="H" value="tel:01632960123"><useablePeriod><low value="20190401"/></useablePeriod></telecom>
  <telecom use="MC" value="tel:07700900456"/>
  <telecom use="H" value="mailto:marlowe@example.invalid"/>
  <patientPerson classCode="PSN" determinerCode="INSTANCE">
    <administrativeGenderCode code="2" codeSystem="2.16.840.1.113883.2.1.3.2.4.16.25"/>
    <birthTime value="19540130"/>
    <gPPractice classCode="SDLOC">
      <addr><postalCode>ZZ99 3WZ</postalCode><streetAddressLine>THE SURGERY</streetAddressLine></addr>
      <telecom use="WP" value="tel:01632960789"/>
      <locationOrganization classCode="ORG" determinerCode="INSTANCE">
        <id root="2.16.840.1.113883.2.1.3.2.4.19.2" extension="Z99999"/>
        <name>MOCKFORD EXAMPLE SURGERY</name>
      </locationOrganization>
    </gPPractice>
  </patientPerson>`;

export interface FaultParts {
  readonly faultcode?: string;
  readonly itkCode?: string;
  readonly prefix?: string;
  readonly detail?: string;
}

/** A fault of a provider; with `detail: ''`, one of a gateway in front of it. */
export function faultReply({
  faultcode = 'soap:Client',
  itkCode = '1000',
  prefix = 'itk',
  detail,
}: FaultParts = {}): string {
  const info = `<detail><${prefix}:ToolkitErrorInfo xmlns:${prefix}="urn:nhs-itk:ns:201005">
      <${prefix}:ErrorID>2C9A8B14-6F3D-4C5E-A1B7-0E8D94F35A62</${prefix}:ErrorID>
      <${prefix}:ErrorCode codeSystem="2.16.840.1.113883.2.1.3.2.4.17.268">${itkCode}</${prefix}:ErrorCode>
      <${prefix}:ErrorText>Message not acceptable</${prefix}:ErrorText>
      <${prefix}:ErrorDiagnosticText>no such person: Rowan Testbourne 9990123454</${prefix}:ErrorDiagnosticText>
    </${prefix}:ToolkitErrorInfo></detail>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:wsa="http://www.w3.org/2005/08/addressing">
  <soap:Header><wsa:Action>http://www.w3.org/2005/08/addressing/soap/fault</wsa:Action></soap:Header>
  <soap:Body><soap:Fault>
    <faultcode>${faultcode}</faultcode>
    <faultstring>The request for Rowan Testbourne was rejected</faultstring>
    ${detail ?? info}
  </soap:Fault></soap:Body>
</soap:Envelope>`;
}
