/** What is put into replies to damage them. */
import { NUMBER, OTHER_NUMBER } from '../../trace/smsp/support/values.ts';

export const VALUES = [
  ...[
    '',
    'true',
    'false',
    '1',
    ' ',
    'UNK',
    NUMBER,
    OTHER_NUMBER,
    '9990123455',
    '９９９０１２３４５４',
  ],
  ...['999\u00A0012\u00A03454', 'Q7-000417', 'Q7-000418', '2.16.840.1.113883.2.1.4.1'],
  ...['2.16.840.1.113883.2.1.3.2.4.18.24', 'SMSP-0000', 'DEMOG-0001', 'DEMOG-0017', 'SMSP-0003'],
  ...['5E0C3A77-12D4-4B0A-9C55-7A1F0B3E6D21', '0F9E8D7C-6B5A-4948-B736-251403F2E1D0'],
  ...['&#57;990123454', '&lt;', '&x;', '&#0;', '&#xD800;', '<', '&', '\u0000', '\u0001', '\uFFFF'],
] as const;

export const NAMESPACES = [
  ...['urn:hl7-org:v3', 'urn:nhs-itk:ns:201005', 'http://schemas.xmlsoap.org/soap/envelope/', ''],
  ...['http://www.w3.org/2005/08/addressing', 'http://www.w3.org/2003/05/soap-envelope', 'urn:x'],
  ...['http://www.w3.org/XML/1998/namespace', 'http://www.w3.org/2000/xmlns/'],
] as const;

export const NAMES = [
  ...['id', 'value', 'patient', 'subject', 'component', 'validIdentifier', 'name', 'family', 'x:y'],
  ...['soap:Body', 'soap:Header', 'soap:Fault', 'itk:payload', 'itk:payloads', 'wsa:RelatesTo'],
  ...['getNHSNumberResponse-v1-0', 'verifyNHSNumberResponse-v1-0', 'birthTime', 'deceasedTime'],
] as const;

export const INSERTS = [
  ...[
    '<!-- x -->',
    '<!-- a -- b -->',
    '<![CDATA[x]]>',
    '<![CDATA[',
    ']]>',
    '<?x y?>',
    '<?xml version="1.0"?>',
  ],
  ...[
    '<!DOCTYPE x>',
    '<!DOCTYPE x [<!ENTITY x "9990341702">]>',
    '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
  ],
  ...[
    '&x;',
    '&amp;',
    '&#x0;',
    'text',
    '\uFEFF',
    '\u0000',
    '\u0085',
    '<',
    '>',
    '</x>',
    '<x>',
    '<x/>',
  ],
  ...[
    `<id root="2.16.840.1.113883.2.1.4.1" extension="${OTHER_NUMBER}"/>`,
    '<value value="true"/>',
  ],
  ...[
    '<value code="SMSP-0000"/>',
    '<patient/>',
    '<wsa:RelatesTo>x</wsa:RelatesTo>',
    '<soap:Fault/>',
  ],
  ...[
    '<id root="2.16.840.1.113883.2.1.3.2.4.18.24" extension="Q7-000418"/>',
    '<family>OTHERSON</family>',
  ],
  ...['<patientPerson><deceasedTime/></patientPerson>', '<birthTime value="19990101"/>'],
] as const;

export const ATTRIBUTES = [
  ...['nullFlavor="UNK"', 'xmlns:x="http://www.w3.org/2001/XMLSchema-instance" x:nil="true"'],
  ...[
    'xmlns:q="urn:x" q:extension="9990341702"',
    'extension="9990341702"',
    'value="true"',
    'xmlns=""',
  ],
  ...[
    'code="SMSP-0000"',
    'xmlns="urn:hl7-org:v3"',
    'xmlns="urn:x"',
    'xml:space="preserve"',
    'count="2"',
  ],
  ...['root="2.16.840.1.113883.2.1.4.1"', 'x:y="z"', 'a=b', '"'],
] as const;
