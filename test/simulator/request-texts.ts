/** Requests written by hand, after the published examples. The people are invented. */
import { request as httpRequest, type IncomingHttpHeaders, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { SaxesParser } from 'saxes';
import type { Person } from '../../src/simulator/person.ts';

/** The moment at which the example requests are good. */
export const NOON = Date.parse('2025-03-04T09:20:00Z');

export const ACTION = 'urn:nhs-itk:services:201005:';

/** ROWAN TESTBOURNE, formerly OLDTEST, and the records of other tests. */
export const ROWAN: Person = {
  nhsNumber: '9990123454',
  status: 'current',
  title: 'MX',
  familyName: 'Testbourne',
  givenName: 'Rowan',
  otherGivenNames: 'Ash Quill',
  gender: '2',
  birthDate: '19670423',
  addressLines: ['FLAT 2', '14 SAMPLER LANE', '', 'MOCKFORD', ''],
  postcode: 'ZZ99 3CZ',
  telephone: '01632 960123',
  practiceCode: 'Z99999',
  previousFamilyNames: ['Oldtest'],
  previousPostcodes: ['ZZ99 1AB'],
};

export const IDRIS: Person = {
  nhsNumber: '9992001143',
  status: 'current',
  familyName: 'Quilltest',
  givenName: 'Idris',
  gender: '1',
  birthDate: '19810917',
  postcode: 'ZZ99 4EF',
};

export const DECEASED: Person = {
  nhsNumber: '9991112227',
  status: 'current',
  familyName: 'Fabletest',
  givenName: 'Odette',
  gender: '2',
  birthDate: '19320206',
  deathDate: '201911',
  postcode: 'ZZ99 5GH',
  practiceCode: 'Z99998',
};

export const SENSITIVE: Person = {
  nhsNumber: '9992468130',
  status: 'current',
  familyName: 'Testcastle',
  givenName: 'Marlowe',
  gender: '2',
  birthDate: '19540130',
  addressLines: ['1 HIDDEN ROAD', '', '', '', ''],
  postcode: 'ZZ99 6JK',
  telephone: '07700900456',
  practiceCode: 'Z99997',
  isSensitive: true,
};

export const OLD_NUMBER: Person = {
  nhsNumber: '9990202605',
  status: 'superseded',
  supersededBy: '9990123454',
};

export const WITHDRAWN: Person = { nhsNumber: '9990341702', status: 'invalidated' };

export const PEOPLE: readonly Person[] = [ROWAN, IDRIS, DECEASED, SENSITIVE, OLD_NUMBER, WITHDRAWN];

const DOB = (value: string) =>
  `<Person.DateOfBirth><value value="${value}"/><semanticsText>Person.DateOfBirth</semanticsText></Person.DateOfBirth>`;
const GENDER = (code: string) =>
  `<Person.Gender><value code="${code}" codeSystem="2.16.840.1.113883.2.1.3.2.4.16.25"/><semanticsText>Person.Gender</semanticsText></Person.Gender>`;
const LOCAL = (id: string) =>
  `<Person.LocalIdentifier><value root="2.16.840.1.113883.2.1.3.2.4.18.24" extension="${id}"/><semanticsText>Person.LocalIdentifier</semanticsText></Person.LocalIdentifier>`;
const NUMBER = (number: string) =>
  `<Person.NHSNumber><value root="2.16.840.1.113883.2.1.4.1" extension="${number}"/><semanticsText>Person.NHSNumber</semanticsText></Person.NHSNumber>`;
const NAME = (family?: string, given?: string) =>
  `<Person.Name><value>${given === undefined ? '' : `<given>${given}</given>`}${family === undefined ? '' : `<family>${family}</family>`}</value><semanticsText>Person.Name</semanticsText></Person.Name>`;
const POSTCODE = (code: string) =>
  `<Person.Postcode><value><postalCode>${code}</postalCode></value><semanticsText>Person.Postcode</semanticsText></Person.Postcode>`;

export interface Asked {
  dob?: string;
  gender?: string;
  localId?: string;
  nhsNumber?: string;
  family?: string;
  given?: string;
  postcode?: string;
}

/** The parameters that are given, in schema order. */
export function parameters(asked: Asked): string {
  const { dob, gender, localId, nhsNumber, family, given, postcode } = asked;
  const hasName = family !== undefined || given !== undefined;
  return [
    dob === undefined ? '' : DOB(dob),
    gender === undefined ? '' : GENDER(gender),
    localId === undefined ? '' : LOCAL(localId),
    nhsNumber === undefined ? '' : NUMBER(nhsNumber),
    hasName ? NAME(family, given) : '',
    postcode === undefined ? '' : POSTCODE(postcode),
  ].join('\n');
}

/** The payload of an operation around a query event. */
export function payload(operation: string, queryEvent: string): string {
  const root =
    operation === 'getPatientDetails' ? 'getPatientDetails-v1-0' : `${operation}Request-v1-0`;
  return `<${root} xmlns="urn:hl7-org:v3" classCode="CACT" moodCode="EVN">
            <id root="E7F1B2C3-4D5A-4697-8810-23456789ABCD"/>
            <code code="${operation}Request-v1-0" codeSystem="2.16.840.1.113883.2.1.3.2.4.17.284"/>
            <queryEvent>${queryEvent}</queryEvent>
          </${root}>`;
}

/** A whole request around a payload, right in every respect at NOON. */
export function envelope(operation: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"
               xmlns:wsa="http://www.w3.org/2005/08/addressing"
               xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
               xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
               xmlns:itk="urn:nhs-itk:ns:201005">
  <soap:Header>
    <wsa:MessageID>5E0C3A77-12D4-4B0A-9C55-7A1F0B3E6D21</wsa:MessageID>
    <wsa:Action>${ACTION}${operation}-v1-0</wsa:Action>
    <wsa:To>https://smsp.example.invalid/smsp/pds</wsa:To>
    <wsa:From><wsa:Address>https://batch.example.invalid/smsp-client</wsa:Address></wsa:From>
    <wsse:Security>
      <wsu:Timestamp wsu:Id="ts-1">
        <wsu:Created>2025-03-04T09:15:00Z</wsu:Created>
        <wsu:Expires>2025-03-04T09:25:00Z</wsu:Expires>
      </wsu:Timestamp>
      <wsse:UsernameToken><wsse:Username>ZZ9-batch-client</wsse:Username></wsse:UsernameToken>
    </wsse:Security>
  </soap:Header>
  <soap:Body>
    <itk:DistributionEnvelope>
      <itk:header service="${ACTION}${operation}-v1-0"
                  trackingid="B41D9F60-3C2E-4E8B-8F0D-6C9A5D7E1F42">
        <itk:auditIdentity>
          <itk:id type="1.2.826.0.1285.0.2.0.107" uri="200000000999"/>
        </itk:auditIdentity>
        <itk:manifest count="1">
          <itk:manifestitem id="uuid_9A6C1E3D-7B58-4F20-A3D4-1C0E8B7F2A65" mimetype="text/xml"
                            profileid="urn:nhs-en:profile:${operation}Request-v1-0"
                            base64="false" compressed="false" encrypted="false"/>
        </itk:manifest>
        <itk:senderAddress uri="urn:nhs-uk:addressing:ods:ZZ9:batch"/>
      </itk:header>
      <itk:payloads count="1">
        <itk:payload id="uuid_9A6C1E3D-7B58-4F20-A3D4-1C0E8B7F2A65">
          ${content}
        </itk:payload>
      </itk:payloads>
    </itk:DistributionEnvelope>
  </soap:Body>
</soap:Envelope>`;
}

/** A right request that asks this. */
export function asking(operation: string, asked: Asked): string {
  return envelope(operation, payload(operation, parameters(asked)));
}

export interface Got {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Posts a text. `operation` makes the SOAPAction; without it the header is not sent. */
export function post(
  url: string,
  text: string | Buffer,
  operation?: string,
  options: RequestOptions & Record<string, unknown> = {},
): Promise<Got> {
  const { headers, ...others } = options;
  const send = url.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(
      url,
      {
        method: 'POST',
        agent: false,
        ...others,
        headers: {
          'Content-Type': 'text/xml; charset=utf-8',
          'Content-Length': Buffer.byteLength(text),
          ...(operation === undefined ? {} : { SOAPAction: `"${ACTION}${operation}-v1-0"` }),
          ...(headers as Record<string, string> | undefined),
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const body = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
        });
      },
    );
    request.on('error', reject);
    request.end(text);
  });
}

/** Elements of a reply in document order: name with namespace, attributes, own text. */
export interface Seen {
  name: string;
  attributes: Record<string, string>;
  text: string;
}

/** Reads a reply with another parser than the simulator's; throws when it is not well-formed. */
export function look(body: string): readonly Seen[] {
  const parser = new SaxesParser({ xmlns: true });
  const seen: Seen[] = [];
  const open: Seen[] = [];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ uri, local, attributes }) => {
    const element = {
      name: `{${uri}}${local}`,
      attributes: {} as Record<string, string>,
      text: '',
    };
    for (const { name, value } of Object.values(attributes)) element.attributes[name] = value;
    seen.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element) element.text += text;
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(body).close();
  return seen;
}

const HL7 = '{urn:hl7-org:v3}';
const NHS_NUMBER = '2.16.840.1.113883.2.1.4.1';

/** What a business reply says. */
export function said(body: string) {
  const seen = look(body).filter(({ name }) => name.startsWith(HL7));
  const named = (local: string) => seen.filter(({ name }) => name === `${HL7}${local}`);
  const ids = named('id').slice(1);
  return {
    root: seen[0]?.name.slice(HL7.length),
    code: named('value')[0]?.attributes['code'],
    validity: named('value')[1]?.attributes['value'],
    nhsNumber: ids.find((id) => id.attributes['root'] === NHS_NUMBER)?.attributes['extension'],
    localId: ids.find((id) => id.attributes['root']?.endsWith('.18.24'))?.attributes['extension'],
    names: seen.map(({ name }) => name.slice(HL7.length)),
    named,
  };
}

/** What a fault says. */
export function faulted(body: string) {
  const seen = look(body);
  const text = (name: string) => seen.find((element) => element.name === name)?.text;
  const itk = '{urn:nhs-itk:ns:201005}';
  return {
    faultCode: text('{}faultcode'),
    errorCode: text(`${itk}ErrorCode`),
    errorId: text(`${itk}ErrorID`),
    errorText: text(`${itk}ErrorText`),
    diagnostic: text(`${itk}ErrorDiagnosticText`),
    action: text('{http://www.w3.org/2005/08/addressing}Action'),
  };
}
