import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/soap-server.ts';
import { ACTION, asking, faulted, type Got, NOON, PEOPLE, post, said } from './request-texts.ts';

let strict: Simulator;
let lenient: Simulator;
const VERIFY = 'verifyNHSNumber';
const RIGHT = asking(VERIFY, { dob: '19670423', nhsNumber: '9990123454' });

beforeAll(async () => {
  const options = {
    population: PEOPLE,
    now: () => NOON,
    authorisedUsernames: ['ZZ9-batch-client'],
    authorisedAuditIdentities: ['200000000999'],
    expectedTo: 'https://smsp.example.invalid/smsp/pds',
  };
  strict = await startSimulator(options);
  lenient = await startSimulator({ population: PEOPLE, now: () => NOON, isStrict: false });
});

afterAll(async () => {
  await strict.close();
  await lenient.close();
});

/** Replaces a part of the right request, which must be there exactly once or everywhere. */
function damaged(part: string | RegExp, put: string): string {
  const text = RIGHT.replace(part, put);
  expect(text).not.toBe(RIGHT);
  return text;
}

function expectFault(got: Got, faultCode: string, errorCode: string, diagnostic: RegExp) {
  expect(got.status).toBe(500);
  expect(got.headers['content-type']).toBe('text/xml');
  const fault = faulted(got.body);
  expect(fault.diagnostic).toMatch(diagnostic);
  expect(fault).toMatchObject({ faultCode: `soap:${faultCode}`, errorCode });
  expect(fault.errorId).toMatch(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
  expect(got.body).toContain('codeSystem="2.16.840.1.113883.2.1.3.2.4.17.268"');
}

test('a right request gets an answer', async () => {
  const got = await post(strict.url, RIGHT, VERIFY);
  expect(got.status).toBe(200);
  expect(said(got.body)).toMatchObject({ code: 'SMSP-0000', validity: 'true' });
});

const CREATED = /<wsu:Created>.*<\/wsu:Created>/;
const FOREIGN = (more: string) => `<soap:Header><f:x xmlns:f="urn:foreign" ${more}/>`;

test.each<[rule: string, part: string | RegExp, put: string, diagnostic: RegExp]>([
  ['2 ids differ', '<itk:payload id="uuid_9A', '<itk:payload id="uuid_0A', /no manifest item id/],
  ['2 payload without id', /<itk:payload id="[^"]*"/, '<itk:payload', /no manifest item id/],
  ['2 empty ids', /uuid_9A6C[^"]*/g, '', /no manifest item id/],
  ['3 manifest count', '<itk:manifest count="1"', '<itk:manifest count="2"', /manifest count/],
  ['3 no manifest count', '<itk:manifest count="1"', '<itk:manifest', /manifest count/],
  ['4 payloads count', '<itk:payloads count="1"', '<itk:payloads count="2"', /^payloads count/],
  ['6 no Created', CREATED, '', /Created or wsu:Expires/],
  ['6 Created is no time', CREATED, '<wsu:Created>today</wsu:Created>', /Created or wsu:Expires/],
  ['6 no Expires', /<wsu:Expires>.*<\/wsu:Expires>/, '', /Created or wsu:Expires/],
  ['6 no zone', '09:15:00Z', '09:15:00', /Created or wsu:Expires/],
  ['6 no such month', '2025-03-04T09:15', '2025-13-04T09:15', /Created or wsu:Expires/],
  ['8 service', `header service="${ACTION}verify`, `header service="${ACTION}x`, /service of/],
  ['8 no action', /<wsa:Action>.*<\/wsa:Action>/, '', /no wsa:Action/],
  ['9 no profileid', /profileid="[^"]*"/, '', /no profileid/],
  ['9 empty profileid', /profileid="[^"]*"/, 'profileid=""', /no profileid/],
  ['9 other profileid', 'profile:verifyNHS', 'profile:getNHS', /not that of a request/],
  ['9 audit identity', 'uri="200000000999"', 'uri="1"', /audit identity is not authorised/],
  ['9 no audit identity', /<itk:id type[^>]*>/, '', /no audit identity/],
  ['10 no To', /<wsa:To>.*<\/wsa:To>/, '', /no wsa:To/],
  ['10 another To', '<wsa:To>https://smsp', '<wsa:To>https://other', /another server/],
  ['11 no Timestamp', /<wsu:Timestamp[\s\S]*<\/wsu:Timestamp>/, '', /no timestamp/],
  [
    '12 ReplyTo',
    '<soap:Header>',
    '<soap:Header><wsa:ReplyTo><wsa:Address>http://me.invalid/</wsa:Address></wsa:ReplyTo>',
    /anonymous/,
  ],
  [
    '12 FaultTo',
    '<soap:Header>',
    '<soap:Header><wsa:FaultTo><wsa:Address>http://me.invalid/</wsa:Address></wsa:FaultTo>',
    /anonymous/,
  ],
  ['15 no MessageID', /<wsa:MessageID>.*<\/wsa:MessageID>/, '', /no wsa:MessageID/],
  ['15 not well-formed', '</soap:Envelope>', '', /not well-formed/],
  ['15 a byte order mark', '<?xml', '\ufeff<?xml', /not well-formed/],
  ['15 another encoding', 'encoding="UTF-8"', 'encoding="ISO-8859-1"', /not well-formed/],
  ['16 not yet', '09:15:00Z', '09:21:00Z', /not yet, or no longer/],
  ['16 no longer', '09:25:00Z', '09:16:00+00:00', /not yet, or no longer/],
  ['16 by zone', '09:25:00Z', '09:25:00+0100', /not yet, or no longer/],
  ['no header', /<soap:Header>[\s\S]*<\/soap:Header>/, '', /no SOAP header/],
  ['no envelope', /<itk:Dist[\s\S]*<\/itk:DistributionEnvelope>/, '', /one ITK distribution/],
  ['two in the body', '<soap:Body>', '<soap:Body><x/>', /one ITK distribution/],
  ['no manifest', /<itk:manifest [\s\S]*<\/itk:manifest>/, '', /header with a manifest/],
  ['no payloads', /<itk:payloads[\s\S]*<\/itk:payloads>/, '', /no payloads/],
  ['an empty payload', /<verify[\s\S]*Request-v1-0>/, '', /one payload with one element/],
  ['a coded payload', 'base64="false"', 'base64="true"', /coded payload/],
  ['MessageID twice', '<wsa:To>', '<wsa:MessageID>A</wsa:MessageID><wsa:To>', /stands there twice/],
  ['lower-case MessageID', 'MessageID>5E0C3A77', 'MessageID>5e0c3a77', /MessageID is not/],
  ['lower-case trackingid', 'trackingid="B4', 'trackingid="b4', /trackingid is not/],
  ['a payload id with a digit first', /uuid_(9A6C)/g, '$1', /start with a digit/],
  [
    'the same id twice',
    'B41D9F60-3C2E-4E8B-8F0D-6C9A5D7E1F42',
    '5E0C3A77-12D4-4B0A-9C55-7A1F0B3E6D21',
    /must differ/,
  ],
  ['Expires first', /(<wsu:C.*Created>)\s*(<wsu:E.*Expires>)/, '$2$1', /Created must stand/],
  [
    'ITK header out of order',
    '<itk:auditIdentity>',
    '<itk:senderAddress uri="urn:x"/><itk:auditIdentity>',
    /out of order/,
  ],
  ['no mimetype', 'mimetype="text/xml"', '', /mimetype/],
])('fault 1000: %s', async (_, part, put, diagnostic) => {
  expectFault(await post(strict.url, damaged(part, put), VERIFY), 'Client', '1000', diagnostic);
});

test('rule 1: an envelope of SOAP 1.2 is a VersionMismatch', async () => {
  const text = RIGHT.replace(
    'http://schemas.xmlsoap.org/soap/envelope/',
    'http://www.w3.org/2003/05/soap-envelope',
  );
  expectFault(await post(strict.url, text, VERIFY), 'VersionMismatch', '1000', /SOAP 1.1/);
});

test('rule 5: the counts are right for each list, but differ', async () => {
  const item = /<itk:manifestitem[^>]*>/.exec(RIGHT)?.[0] ?? '';
  const text = RIGHT.replace(item, item + item).replace('manifest count="1"', 'manifest count="2"');
  expectFault(
    await post(strict.url, text, VERIFY),
    'Client',
    '1000',
    /does not equal payloads count/,
  );
});

test.each([
  ['missing', /<wsse:UsernameToken>.*<\/wsse:UsernameToken>/, '', /no username/],
  ['empty', /<wsse:Username>.*<\/wsse:Username>/, '<wsse:Username/>', /no username/],
  ['unknown', 'ZZ9-batch-client<', 'somebody<', /unknown or not authorised/],
])('rule 7: a username that is %s is fault 3000', async (_, part, put, diagnostic) => {
  expectFault(await post(strict.url, damaged(part, put), VERIFY), 'Client', '3000', diagnostic);
});

test('rule 13: a foreign header that must be understood', async () => {
  const got = await post(
    strict.url,
    damaged('<soap:Header>', FOREIGN('soap:mustUnderstand="1"')),
    VERIFY,
  );
  expectFault(got, 'MustUnderstand', '1000', /not understood/);
  expect(faulted(got.body).action).toBe('http://www.w3.org/2005/08/addressing/fault');
});

test('rule 13: the security header is understood, and others may be foreign', async () => {
  const text = damaged('<wsse:Security>', '<wsse:Security soap:mustUnderstand="1">');
  expect((await post(strict.url, text, VERIFY)).status).toBe(200);
  const foreign = damaged('<soap:Header>', FOREIGN('soap:mustUnderstand="0"'));
  expect((await post(strict.url, foreign, VERIFY)).status).toBe(200);
});

test('rule 14: SOAPAction missing, unknown, or not that of the message', async () => {
  expectFault(await post(strict.url, RIGHT), 'Client', '1000', /no SOAPAction/);
  expectFault(await post(strict.url, RIGHT, 'getNothing'), 'Server', '2100', /no rules/);
  expectFault(await post(strict.url, RIGHT, 'getNHSNumber'), 'Client', '1000', /SOAPAction is not/);
});

test('SOAPAction may stand without its quotes', async () => {
  const headers = { SOAPaction: `${ACTION}verifyNHSNumber-v1-0` };
  expect((await post(strict.url, RIGHT, undefined, { headers })).status).toBe(200);
});

test('the first rule broken, in their order, is the one reported', async () => {
  const text = damaged(/<wsa:To>.*<\/wsa:To>/, '').replace(
    /<wsse:Username>.*<\/wsse:Username>/,
    '',
  );
  expectFault(await post(strict.url, text, VERIFY), 'Client', '3000', /username/);
});

test.each([
  ['anonymous', 'anonymous'],
  ['none', 'none'],
])('an answer may go to the %s address', async (_, name) => {
  const to = `<wsa:ReplyTo><wsa:Address>http://www.w3.org/2005/08/addressing/${name}</wsa:Address></wsa:ReplyTo>`;
  expect(
    (await post(strict.url, damaged('<soap:Header>', `<soap:Header>${to}`), VERIFY)).status,
  ).toBe(200);
});

test('message ids may have a prefix, and times a zone and fractions', async () => {
  const text = damaged('MessageID>5E', 'MessageID>urn:uuid:5E').replace(
    '09:15:00Z',
    '10:15:00.123+01:00',
  );
  expect((await post(strict.url, text, VERIFY)).status).toBe(200);
});

describe('lenient reading takes', () => {
  test.each<[what: string, part: string | RegExp, put: string]>([
    ['lower-case ids', 'MessageID>5E0C3A77', 'MessageID>5e0c3a77'],
    ['a payload id that starts with a digit', /uuid_(9A6C)/g, '$1'],
    ['no audit identity', /<itk:auditIdentity>[\s\S]*<\/itk:auditIdentity>/, ''],
    ['another profileid', 'profile:verifyNHS', 'profile:getNHS'],
    ['times without a zone', /(09:[12]5:00)Z/g, '$1'],
    ['a byte order mark', '<?xml', '\ufeff<?xml'],
    ['a bare host for an address', 'https://smsp.example.invalid/smsp/pds', 'smsp'],
    ['no sender address', /<itk:senderAddress[^>]*>/, ''],
  ])('%s', async (_, part, put) => {
    const got = await post(lenient.url, damaged(part, put), VERIFY);
    expect(said(got.body)).toMatchObject({ code: 'SMSP-0000', validity: 'true' });
  });

  test('no SOAPAction', async () => {
    expect(said((await post(lenient.url, RIGHT)).body).code).toBe('SMSP-0000');
  });

  test('no SOAPAction, but not an action that is unknown', async () => {
    const text = RIGHT.replaceAll(`${ACTION}verifyNHSNumber`, `${ACTION}guess`);
    expectFault(await post(lenient.url, text), 'Server', '2100', /no rules/);
  });

  test('a text in the encoding it declares', async () => {
    const text = damaged('encoding="UTF-8"', 'encoding="ISO-8859-1"');
    const got = await post(lenient.url, Buffer.from(text, 'latin1'), VERIFY);
    expect(said(got.body).code).toBe('SMSP-0000');
  });
});
