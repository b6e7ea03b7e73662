import { describe, expect, it } from 'vitest';
import { OPERATIONS, type Operation, type TraceRequest } from '../../../src/domain/trace.ts';
import { readXml, type XmlElement } from '../../../src/lib/xml-read.ts';
import type { SmspSettings } from '../../../src/trace/smsp/settings.ts';
import { requestMessage } from '../../../src/trace/smsp/smsp-tracer.ts';
import { outcomeOf, shown } from './support/outcome.ts';
import {
  aRequest,
  birthDate,
  countingIds,
  MESSAGE_ID,
  NOW,
  someSettings,
  without,
} from './support/values.ts';

const UPPER_UUID = /[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}/g;

describe('the message', () => {
  it('is, byte for byte, what the interface describes', () => {
    // Prepare
    const request = aRequest({ familyName: "O'Neill & <x>" });

    // Act
    const { action, xml } = sent(request);

    // Assess
    expect(action).toBe('urn:nhs-itk:services:201005:verifyNHSNumber-v1-0');
    expect(xml).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"
 xmlns:wsa="http://www.w3.org/2005/08/addressing"
 xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
 xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
 xmlns:itk="urn:nhs-itk:ns:201005">
<soap:Header>
<wsa:MessageID>5E0C3A77-12D4-4B0A-9C55-7A1F0B3E6D21</wsa:MessageID>
<wsa:Action>urn:nhs-itk:services:201005:verifyNHSNumber-v1-0</wsa:Action>
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
<itk:header service="urn:nhs-itk:services:201005:verifyNHSNumber-v1-0" trackingid="A0B1C2D3-E4F5-4061-8273-000000000002">
<itk:auditIdentity><itk:id type="1.2.826.0.1285.0.2.0.107" uri="200000000999"/></itk:auditIdentity>
<itk:manifest count="1">
<itk:manifestitem id="uuid_A0B1C2D3-E4F5-4061-8273-000000000003" mimetype="text/xml"
 profileid="urn:nhs-en:profile:verifyNHSNumberRequest-v1-0"
 base64="false" compressed="false" encrypted="false"/>
</itk:manifest>
<itk:senderAddress uri="urn:nhs-uk:addressing:ods:ZZ9:batch"/>
</itk:header>
<itk:payloads count="1">
<itk:payload id="uuid_A0B1C2D3-E4F5-4061-8273-000000000003">
<verifyNHSNumberRequest-v1-0 xmlns="urn:hl7-org:v3" classCode="CACT" moodCode="EVN">
<id root="A0B1C2D3-E4F5-4061-8273-000000000001"/>
<code code="verifyNHSNumberRequest-v1-0" codeSystem="2.16.840.1.113883.2.1.3.2.4.17.284"/>
<queryEvent>
<Person.DateOfBirth><value value="19670423"/><semanticsText>Person.DateOfBirth</semanticsText></Person.DateOfBirth>
<Person.NHSNumber><value root="2.16.840.1.113883.2.1.4.1" extension="9990123454"/><semanticsText>Person.NHSNumber</semanticsText></Person.NHSNumber>
<Person.Name><value><given>Rowan</given><family>O&apos;Neill &amp; &lt;x&gt;</family></value><semanticsText>Person.Name</semanticsText></Person.Name>
</queryEvent>
</verifyNHSNumberRequest-v1-0>
</itk:payload>
</itk:payloads>
</itk:DistributionEnvelope>
</soap:Body>
</soap:Envelope>`.replaceAll('\n', ''),
    );
  });

  it('leaves out what the settings leave out', () => {
    const settings = without3(
      someSettings({ auditIdentity: { uri: 'urn:nhs-uk:identity:ods:ZZ9:b' } }),
    );

    const { xml } = sent(aRequest(), settings);

    expect(xml).toContain('<itk:id uri="urn:nhs-uk:identity:ods:ZZ9:b"/>');
    expect(xml).not.toMatch(/wsa:From|senderAddress/);
  });

  it.each(OPERATIONS)('says one action in its three places: %s', (operation) => {
    const { action, xml } = sent(aRequest({ operation }));
    const document = readXml(xml);

    expect(action).toBe(`urn:nhs-itk:services:201005:${operation}-v1-0`);
    expect(find(document, 'Action').text).toBe(action);
    expect(find(document, 'header').attributes.get('service')).toBe(action);
  });

  it.each(OPERATIONS)(
    'has upper-case ids, each different but for the payload’s: %s',
    (operation) => {
      const { xml } = sent(aRequest({ operation }));
      const ids = xml.match(UPPER_UUID) ?? [];

      expect(ids).toHaveLength(5);
      expect(new Set(ids).size).toBe(4);
      const document = readXml(xml);
      const id = find(document, 'payload').attributes.get('id');
      expect(id).toMatch(/^uuid_/);
      expect(find(document, 'manifestitem').attributes.get('id')).toBe(id);
    },
  );

  it.each(OPERATIONS)('holds nothing that some providers refuse: %s', (operation) => {
    const { xml } = sent(aRequest({ operation }));

    expect(xml).not.toMatch(/mustUnderstand|ReplyTo|FaultTo|RelatesTo| use=|nil=|﻿/);
    expect(xml.match(/ count="1"/g)).toHaveLength(2);
    expect(xml.match(/ xmlns="urn:hl7-org:v3"/g)).toHaveLength(1);
  });
});

describe('the payload', () => {
  const SEARCH = ['DateOfBirth', 'Gender', 'LocalIdentifier', 'Name', 'Postcode'];

  it.each<[Operation, string, string, readonly string[]]>([
    [
      'verifyNHSNumber',
      'verifyNHSNumberRequest-v1-0',
      'verifyNHSNumberRequest-v1-0',
      ['DateOfBirth', 'NHSNumber', 'Name'],
    ],
    ['getNHSNumber', 'getNHSNumberRequest-v1-0', 'getNHSNumberRequest-v1-0', SEARCH],
    [
      'getPatientDetailsByNHSNumber',
      'getPatientDetailsByNHSNumberRequest-v1-0',
      'getPatientDetailsByNHSNumberRequest-v1-0',
      ['DateOfBirth', 'LocalIdentifier', 'NHSNumber', 'Name'],
    ],
    [
      'getPatientDetailsBySearch',
      'getPatientDetailsBySearchRequest-v1-0',
      'getPatientDetailsBySearchRequest-v1-0',
      SEARCH,
    ],
    [
      'getPatientDetails',
      'getPatientDetails-v1-0',
      'getPatientDetailsRequest-v1-0',
      ['DateOfBirth', 'Gender', 'LocalIdentifier', 'NHSNumber', 'Name', 'Postcode'],
    ],
  ])(
    'of %s has its root, code, profile and the order of its schema',
    (operation, root, code, names) => {
      const document = readXml(sent(aRequest({ operation })).xml);
      const payload = find(document, 'payload').children[0];
      const parameters = find(document, 'queryEvent').children;

      expect(payload).toMatchObject({ namespace: 'urn:hl7-org:v3', name: root });
      expect(payload?.children.map(({ name }) => name)).toEqual(['id', 'code', 'queryEvent']);
      expect(payload?.children[1]?.attributes.get('code')).toBe(code);
      expect(find(document, 'manifestitem').attributes.get('profileid')).toBe(
        `urn:nhs-en:profile:${code}`,
      );
      expect(parameters.map(({ name }) => name)).toEqual(names.map((name) => `Person.${name}`));
      for (const { name, children } of parameters) {
        expect(children.map((child) => child.name)).toEqual(['value', 'semanticsText']);
        expect(children[1]?.text).toBe(name);
      }
    },
  );

  it('writes every parameter in its form', () => {
    const { xml } = sent(aRequest({ operation: 'getPatientDetails' }));

    expect(
      /<queryEvent>.*<\/queryEvent>/
        .exec(xml)?.[0]
        .replaceAll(/<semantics.*?<\/semanticsText>/g, ''),
    ).toBe(
      '<queryEvent>' +
        '<Person.DateOfBirth><value value="19670423"/></Person.DateOfBirth>' +
        '<Person.Gender><value code="2" codeSystem="2.16.840.1.113883.2.1.3.2.4.16.25"/></Person.Gender>' +
        '<Person.LocalIdentifier><value root="2.16.840.1.113883.2.1.3.2.4.18.24" extension="Q7-000417"/></Person.LocalIdentifier>' +
        '<Person.NHSNumber><value root="2.16.840.1.113883.2.1.4.1" extension="9990123454"/></Person.NHSNumber>' +
        '<Person.Name><value><given>Rowan</given><family>Testbourne</family></value></Person.Name>' +
        '<Person.Postcode><value><postalCode>LS1 4AP</postalCode></value></Person.Postcode>' +
        '</queryEvent>',
    );
  });

  it.each<[Operation, Partial<TraceRequest>, string]>([
    ['verifyNHSNumber', { familyName: 'Ng' }, '<value><given>Rowan</given></value>'],
    ['getPatientDetailsByNHSNumber', { familyName: 'Ng' }, '<value><given>Rowan</given></value>'],
    ['getPatientDetails', { familyName: 'Ng' }, '<value><given>Rowan</given></value>'],
    ['getNHSNumber', { familyName: 'Ng' }, '<given>Rowan</given><family>Ng</family>'],
    ['verifyNHSNumber', { familyName: 'Ngo' }, '<given>Rowan</given><family>Ngo</family>'],
    ['verifyNHSNumber', { givenName: ' ' }, '<value><family>Testbourne</family></value>'],
  ])('of %s with %j has the name %s', (operation, changes, name) => {
    expect(sent(aRequest({ operation, ...changes })).xml).toContain(name);
  });

  it('has no name when none can be sent', () => {
    const { xml } = sent(without(aRequest({ familyName: '𠮷O' }), 'givenName'));
    expect(xml).not.toContain('Person.Name');
  });

  it.each<[string, TraceRequest]>([
    ['NHSNumber', without(aRequest(), 'nhsNumber')],
    ['NHSNumber', without(aRequest({ operation: 'getPatientDetailsByNHSNumber' }), 'nhsNumber')],
    ['Gender', without(aRequest({ operation: 'getNHSNumber' }), 'gender')],
    ['Name', without(aRequest({ operation: 'getNHSNumber' }), 'familyName')],
    ['Name', aRequest({ operation: 'getPatientDetailsBySearch', familyName: ' ' })],
    ['Gender', without(aRequest({ operation: 'getPatientDetailsBySearch' }), 'gender')],
    ['Name', without(aRequest({ operation: 'getPatientDetails' }), 'nhsNumber', 'familyName')],
    ['Gender', without(aRequest({ operation: 'getPatientDetails' }), 'nhsNumber', 'gender')],
    ['full date', aRequest({ birthDate: birthDate('196704') })],
    [
      'full date',
      aRequest({ operation: 'getPatientDetailsBySearch', birthDate: birthDate('1967') }),
    ],
    ['full date', aRequest({ operation: 'getPatientDetails', birthDate: birthDate('1967') })],
  ])('is not sent without %s', (missing, request) => {
    const error = thrownBy(() => sent(request));

    expect(outcomeOf(() => sent(request))).toEqual(['UnsendableError', 'incomplete-request']);
    expect(String(error)).toContain(missing);
  });

  it.each<TraceRequest>([
    without(aRequest({ operation: 'getPatientDetails' }), 'familyName', 'gender', 'postcode'),
    without(aRequest({ operation: 'getPatientDetails' }), 'nhsNumber', 'postcode', 'givenName'),
    without(aRequest({ operation: 'getNHSNumber', birthDate: birthDate('1967') }), 'postcode'),
    without(aRequest(), 'familyName', 'givenName', 'gender', 'postcode'),
  ])('is sent with the least that is enough: %j', (request) => {
    expect(sent(request).xml).toContain('</queryEvent>');
  });

  it.each([
    ['familyName', 'Te*'],
    ['familyName', 'Test?ourne'],
    ['familyName', '%'],
    ['givenName', '*'],
    ['localIdentifier', 'row*'],
    ['postcode', 'LS1 *'],
  ])('never holds a wildcard that nobody approved: %s %s', (field, value) => {
    // As if a parser before us had let it through.
    const request = { ...aRequest({ operation: 'getNHSNumber' }), [field]: value } as TraceRequest;

    expect(outcomeOf(() => sent(request))).toEqual(['UnsendableError', 'wildcard']);
  });

  it.each([
    [{ familyName: 'Tes*' }, '<family>Tes*</family>'],
    [{ givenName: 'Row*' }, '<given>Row*</given>'],
    [{ postcode: 'LS*' }, '<postalCode>LS*</postalCode>'],
  ] as const)('holds one that somebody approved: %j', (changes, expected) => {
    const request = aRequest({ operation: 'getNHSNumber', hasWildcard: true, ...changes });

    expect(sent(request).xml).toContain(expected);
  });

  it.each([
    [{ familyName: 'Tes?' }],
    [{ familyName: 'T*st' }],
    [{ familyName: 'T*' }],
    [{ familyName: 'Tes**' }],
    [{ givenName: 'R%' }],
    [{ postcode: '*' }],
    [{ localIdentifier: 'row*' }],
  ])('holds no other one than that, approved or not: %j', (changes) => {
    const request = aRequest({ operation: 'getNHSNumber', hasWildcard: true, ...changes });

    expect(outcomeOf(() => sent(request))).toEqual(['UnsendableError', 'wildcard']);
  });

  it('is sent when the wildcard is in a part that the operation does not take', () => {
    const request = aRequest({ localIdentifier: 'row*' });
    expect(sent(request).action).toContain('verifyNHSNumber');
  });

  it('is not sent with a character that XML cannot carry, and does not say whose', () => {
    const request = aRequest({ familyName: 'Test\u0001bourne' });
    const error = thrownBy(() => sent(request));

    expect(outcomeOf(() => sent(request))).toEqual(['UnsendableError', 'unsendable-character']);
    expect(shown(error)).not.toContain('bourne');
  });
});

function sent(request: TraceRequest, settings: SmspSettings = someSettings()) {
  const deps = { clock: () => NOW, newId: countingIds(), messageId: MESSAGE_ID };
  return requestMessage(request, settings, deps);
}

function without3(settings: SmspSettings): SmspSettings {
  const { fromAddress: _, senderAddress: __, ...rest } = settings;
  return rest;
}

function find(root: XmlElement, name: string): XmlElement {
  const found = search(root, name);
  if (found === undefined) throw new Error(`no element ${name}`);
  return found;
}

function search(root: XmlElement, name: string): XmlElement | undefined {
  if (root.name === name) return root;
  for (const child of root.children) {
    const found = search(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
