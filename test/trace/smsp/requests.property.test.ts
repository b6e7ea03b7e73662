/** Any text in any field: what is sent says the same to a reader that is not ours, or nothing is sent. */
import fc from 'fast-check';
import { ParseOption, XmlDocument } from 'libxml2-wasm';
import { expect, it } from 'vitest';
import { OPERATIONS, type Operation, type TraceRequest } from '../../../src/domain/trace.ts';
import { UnsendableError } from '../../../src/errors.ts';
import { requestMessage } from '../../../src/trace/smsp/smsp-tracer.ts';
import { aRequest, countingIds, MESSAGE_ID, NOW, NUMBER, someSettings } from './support/values.ts';

const NAMESPACES = {
  s: 'http://schemas.xmlsoap.org/soap/envelope/',
  wsa: 'http://www.w3.org/2005/08/addressing',
  wsse: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd',
  itk: 'urn:nhs-itk:ns:201005',
  h: 'urn:hl7-org:v3',
};

/** Markup, references, control characters, halves of pairs, what looks like the end of something. */
const piece = fc.oneof(
  fc.constantFrom(
    ...['<', '>', '&', '"', "'", ']]>', '<!--', '-->', '<![CDATA[', '<?x', '?>', '&lt;', '&#65;'],
    ...['</family>', '"/>', '<!DOCTYPE x>', '&x;', '\r\n', '\n', '\t', '\r', '\u0085', '\u2028'],
    ...['\u0000', '\u0001', '\u000B', '\u001F', '\u007F', '\uFEFF', '\uFFFE', '\uFFFF'],
    ...['\uD800', '\uDC00', '\u{1F9D1}', 'e\u0301', '\u202E', "O'Neill", 'Müller', ' ', 'xmlns='],
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
);
const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));

const values = fc.record({
  operation: fc.constantFrom(...OPERATIONS),
  familyName: text,
  givenName: text,
  postcode: text,
  localIdentifier: text,
  username: text,
  fromAddress: text,
  senderAddress: text,
  auditUri: text,
  auditType: text,
});

it('is sent as it is, or not at all', () => {
  const counts = { sent: 0, unsendable: 0 };
  fc.assert(
    fc.property(values, (drawn) => {
      const request: TraceRequest = { ...aRequest(), ...drawn };
      const xml = messageOf(request, drawn);
      counts[xml === undefined ? 'unsendable' : 'sent'] += 1;
      if (xml === undefined) expect(reasonNotTo(drawn)).toBe(true);
      else expect(readBack(xml)).toEqual(meant(drawn));
    }),
    { numRuns: 2_000 },
  );
  expect(counts.sent).toBeGreaterThan(200);
  expect(counts.unsendable).toBeGreaterThan(200);
});

type Drawn = typeof values extends fc.Arbitrary<infer T> ? T : never;

/** Undefined when it was refused in our own words, none of which are of the request. */
function messageOf(request: TraceRequest, drawn: Drawn): string | undefined {
  const settings = someSettings({
    username: drawn.username,
    fromAddress: drawn.fromAddress,
    senderAddress: drawn.senderAddress,
    auditIdentity: { uri: drawn.auditUri, type: drawn.auditType },
  });
  try {
    const deps = { clock: () => NOW, newId: countingIds(), messageId: MESSAGE_ID };
    return requestMessage(request, settings, deps).xml;
  } catch (error) {
    if (!(error instanceof UnsendableError)) throw error;
    expect(error.message).toMatch(WORDS);
    return undefined;
  }
}

const WORDS =
  /^(?:the character U\+[0-9A-F]{4,6} cannot be written in XML 1\.0|a value holds a wildcard character|\w+ needs (?:Name|Gender|NHSNumber|a full date of birth)): nothing was sent$/;

/** Written from XML 1.0 (Char) and the interface alone. */
function reasonNotTo(drawn: Drawn): boolean {
  const sent = Object.values(meant(drawn)).filter((value) => value !== '');
  const isSearch = drawn.operation === 'getNHSNumber' || drawn.operation.endsWith('BySearch');
  return (
    sent.some((value) => [...value].some((char) => !isXmlChar(char.codePointAt(0) ?? 0))) ||
    PERSONAL.some((name) => /[*?%]/.test(meant(drawn)[name])) ||
    (isSearch && isBlank(drawn.familyName))
  );
}

const PERSONAL = ['family', 'given', 'postcode', 'local'] as const;

function isXmlChar(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return code < 0xd800 || (code > 0xdfff && code !== 0xfffe && code !== 0xffff);
}

function isBlank(value: string): boolean {
  return value.trim() === '';
}

/** What each field must say at the other end; `''` for what is not to be there. */
function meant(drawn: Drawn) {
  const { operation } = drawn;
  const isSearch = operation === 'getNHSNumber' || operation.endsWith('BySearch');
  const family = drawn.familyName.trim();
  const hasFamily = isSearch || [...family].length > 2;
  const takes = (...operations: readonly Operation[]): boolean => operations.includes(operation);
  const takesPostcode = isSearch || takes('getPatientDetails');
  return {
    family: hasFamily ? family : '',
    given: drawn.givenName.trim(),
    postcode: takesPostcode ? drawn.postcode : '',
    local: takes('verifyNHSNumber') || isBlank(drawn.localIdentifier) ? '' : drawn.localIdentifier,
    number: isSearch ? '' : NUMBER,
    born: '19670423',
    messageId: MESSAGE_ID,
    username: drawn.username,
    from: drawn.fromAddress,
    sender: drawn.senderAddress,
    auditUri: drawn.auditUri,
    auditType: drawn.auditType,
  };
}

/** With libxml2, and by the places of the schema. */
function readBack(xml: string): ReturnType<typeof meant> {
  const document = XmlDocument.fromBuffer(Buffer.from(xml, 'utf8'), {
    option: ParseOption.XML_PARSE_NO_XXE,
  });
  try {
    // Not at the start of a text, where libxml2-wasm takes U+FEFF for a byte order mark.
    const ask = (xpath: string): string =>
      String(document.eval(`concat('=', ${xpath})`, NAMESPACES)).slice(1);
    const parameter = (name: string): string => `string(//h:queryEvent/h:Person.${name}/h:value`;
    const header = 'string(/s:Envelope/s:Header/';
    const itk = 'string(/s:Envelope/s:Body/itk:DistributionEnvelope/itk:header/';
    expect(ask('count(//h:queryEvent)')).toBe('1');
    expect(ask('count(//*)')).toBe(String(xml.match(/<[a-zA-Z]/g)?.length));
    return {
      family: ask(`${parameter('Name')}/h:family)`),
      given: ask(`${parameter('Name')}/h:given)`),
      postcode: ask(`${parameter('Postcode')}/h:postalCode)`),
      local: ask(`${parameter('LocalIdentifier')}/@extension)`),
      number: ask(`${parameter('NHSNumber')}/@extension)`),
      born: ask(`${parameter('DateOfBirth')}/@value)`),
      messageId: ask(`${header}wsa:MessageID)`),
      username: ask(`${header}wsse:Security/wsse:UsernameToken/wsse:Username)`),
      from: ask(`${header}wsa:From/wsa:Address)`),
      sender: ask(`${itk}itk:senderAddress/@uri)`),
      auditUri: ask(`${itk}itk:auditIdentity/itk:id/@uri)`),
      auditType: ask(`${itk}itk:auditIdentity/itk:id/@type)`),
    };
  } finally {
    document.dispose();
  }
}
