import { afterEach, describe, expect, test } from 'vitest';
import type { SimulatorOptions } from '../../src/simulator/simulator-options.ts';
import { type Simulator, startSimulator } from '../../src/simulator/soap-server.ts';
import {
  ACTION,
  type Asked,
  asking,
  faulted,
  look,
  NOON,
  OLD_NUMBER,
  PEOPLE,
  post,
  ROWAN,
  SENSITIVE,
  said,
  WITHDRAWN,
} from './request-texts.ts';

let simulator: Simulator | undefined;
afterEach(async () => {
  await simulator?.close();
  simulator = undefined;
});

async function ask(operation: string, asked: Asked, options: Partial<SimulatorOptions> = {}) {
  simulator ??= await startSimulator({ population: PEOPLE, now: () => NOON, ...options });
  const got = await post(simulator.url, asking(operation, asked), operation);
  return { ...got, ...said(got.body) };
}

const NUMBER = { dob: '19670423', nhsNumber: '9990123454' };
const SEARCH = { dob: '19670423', gender: '2', family: 'Testbourne', localId: 'ROW-7' };
const WRONG_DAY = { ...NUMBER, dob: '19700101' };
const OLD = { ...NUMBER, nhsNumber: OLD_NUMBER.nhsNumber };
const VALIDITY = ['component', 'validIdentifier', 'code', 'value', 'subject', 'patient', 'id'];
const DETAILS = [
  ...['subject', 'patient', 'id', 'id', 'name', 'prefix', 'given', 'given', 'family'],
  ...['addr', 'postalCode', ...Array(5).fill('streetAddressLine'), 'telecom', 'patientPerson'],
  ...['administrativeGenderCode', 'birthTime', 'gPPractice', 'locationOrganization', 'id'],
];

describe('the envelope of a reply', () => {
  test('is the synchronous one of the published example', async () => {
    const { body, headers, status } = await ask('getNHSNumber', SEARCH);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/xml');
    expect(Number(headers['content-length'])).toBe(Buffer.byteLength(body));
    const seen = look(body);
    expect(seen.slice(0, 11).map(({ name }) => name.replace(/.*}/, ''))).toEqual([
      'Envelope',
      'Header',
      'MessageID',
      'Action',
      'Body',
      'DistributionEnvelope',
      'header',
      'manifest',
      'manifestitem',
      'payloads',
      'payload',
    ]);
    const [, , messageId, action, , , header, manifest, item, payloads, payload] = seen;
    expect(action?.text).toBe(`${ACTION}getNHSNumber-v1-0Response`);
    expect(header?.attributes['service']).toBe(action?.text);
    expect([manifest, payloads].map((element) => element?.attributes['count'])).toEqual(['1', '1']);
    expect(item?.attributes).toMatchObject({
      id: payload?.attributes['id'],
      mimetype: 'text/xml',
      profileid: 'urn:nhs-en:profile:getNHSNumberResponse-v1-0',
      base64: 'false',
      compressed: 'false',
      encrypted: 'false',
    });
    const ids = [
      messageId?.text,
      header?.attributes['trackingid'],
      payload?.attributes['id']?.slice(5),
    ];
    for (const id of ids) expect(id).toMatch(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
    expect(new Set(ids).size).toBe(3);
    expect((await ask('getNHSNumber', SEARCH)).body).not.toContain(messageId?.text);
  });
});

describe('verifyNHSNumber', () => {
  test('success', async () => {
    const answer = await ask('verifyNHSNumber', NUMBER);
    expect(answer).toMatchObject({
      root: 'verifyNHSNumberResponse-v1-0',
      code: 'SMSP-0000',
      validity: 'true',
      nhsNumber: '9990123454',
    });
    expect(answer.names).toEqual([answer.root, 'id', 'code', 'value', ...VALIDITY]);
    expect(answer.named('code').map(({ attributes }) => attributes)).toEqual([
      { code: answer.root, codeSystem: '2.16.840.1.113883.2.1.3.2.4.17.284' },
      { code: 'VI', codeSystem: '2.16.840.1.113883.2.1.3.2.4.17.287' },
    ]);
    expect(answer.named('value')[0]?.attributes['codeSystem']).toBe(
      '2.16.840.1.113883.2.1.3.2.4.17.285',
    );
    expect(answer.named(answer.root ?? '')[0]?.attributes).toMatchObject({
      classCode: 'OBS',
      moodCode: 'EVN',
    });
  });

  test.each<[string, Asked]>([
    ['DEMOG-0001', { ...NUMBER, nhsNumber: '9990000018' }],
    ['DEMOG-0022', { ...NUMBER, nhsNumber: WITHDRAWN.nhsNumber }],
    ['DEMOG-0040', WRONG_DAY],
    ['DEMOG-0042', { ...NUMBER, nhsNumber: 'ABC12/345' }],
  ])('%s has no result part', async (code, asked) => {
    const answer = await ask('verifyNHSNumber', asked);
    expect(answer.code).toBe(code);
    expect(answer.names).toEqual([answer.root, 'id', 'code', 'value']);
  });

  test('a mismatch as SMSP-0000 with false, when so set', async () => {
    const answer = await ask('verifyNHSNumber', WRONG_DAY, { mismatchAnswer: 'SMSP-0000' });
    expect(answer).toMatchObject({ code: 'SMSP-0000', validity: 'false', nhsNumber: '9990123454' });
    expect((await ask('getPatientDetailsByNHSNumber', WRONG_DAY)).code).toBe('DEMOG-0040');
  });

  test('DEMOG-0017 with the replacement, and not valid', async () => {
    const answer = await ask('verifyNHSNumber', OLD);
    expect(answer).toMatchObject({
      code: 'DEMOG-0017',
      validity: 'false',
      nhsNumber: ROWAN.nhsNumber,
    });
  });
});

test.each(['verifyNHSNumber', 'getPatientDetailsByNHSNumber', 'getPatientDetails'])(
  '%s: DEMOG-0017 without the replacement, when so set',
  async (operation) => {
    const answer = await ask(operation, OLD, { isReplacementReturned: false });
    expect(answer.code).toBe('DEMOG-0017');
    expect(answer.names).toEqual([answer.root, 'id', 'code', 'value']);
  },
);

describe('getNHSNumber', () => {
  test('success is the number and the local identifier, and nothing about the person', async () => {
    const answer = await ask('getNHSNumber', SEARCH);
    expect(answer).toMatchObject({
      code: 'SMSP-0000',
      nhsNumber: ROWAN.nhsNumber,
      localId: 'ROW-7',
    });
    expect(answer.names).toEqual([
      answer.root,
      'id',
      'code',
      'value',
      'subject',
      'patient',
      'id',
      'id',
    ]);
  });

  test('a local identifier comes back as it was, whatever is in it', async () => {
    const { localId } = await ask('getNHSNumber', {
      ...SEARCH,
      localId: 'a &amp; &quot;b&quot; &lt;&#9;é',
    });
    expect(localId).toBe('a & "b" <\té');
  });

  test('without one none comes back', async () => {
    const { localId: _, ...asked } = SEARCH;
    const { names } = await ask('getNHSNumber', asked);
    expect(names.filter((name) => name === 'id')).toHaveLength(2);
  });

  test('nobody and several', async () => {
    const twin = { ...ROWAN, nhsNumber: '9990000018' };
    const options = { population: [...PEOPLE, twin] };
    expect((await ask('getNHSNumber', SEARCH, options)).code).toBe('DEMOG-0007');
    const nobody = await ask('getNHSNumber', { ...SEARCH, family: 'Nobody' });
    expect(nobody.code).toBe('DEMOG-0001');
    expect(nobody.names).toEqual([nobody.root, 'id', 'code', 'value']);
  });
});

describe.each([
  ['getPatientDetailsByNHSNumber', { ...NUMBER, localId: 'ROW-7' }],
  ['getPatientDetailsBySearch', SEARCH],
  ['getPatientDetails', { ...NUMBER, localId: 'ROW-7' }],
  ['getPatientDetails', SEARCH],
])('%s', (operation, asked) => {
  test('gives everything, in the order of the schema', async () => {
    const answer = await ask(operation, asked);
    expect(answer).toMatchObject({
      root: 'getPatientDetailsResponse-v1-0',
      code: 'SMSP-0000',
      nhsNumber: ROWAN.nhsNumber,
      localId: 'ROW-7',
    });
    expect(answer.names).toEqual([answer.root, 'id', 'code', 'value', ...DETAILS]);
    const text = (name: string) => answer.named(name).map((element) => element.text);
    expect(text('prefix')).toEqual(['MX']);
    expect(text('given')).toEqual(['Rowan', 'Ash Quill']);
    expect(text('family')).toEqual(['Testbourne']);
    expect(text('postalCode')).toEqual(['ZZ99 3CZ']);
    expect(text('streetAddressLine')).toEqual(ROWAN.addressLines);
    const attributes = (name: string) => answer.named(name)[0]?.attributes;
    expect(attributes('addr')).toEqual({ use: 'H' });
    expect(attributes('telecom')).toEqual({ use: 'H', value: 'tel:01632960123' });
    expect(attributes('administrativeGenderCode')).toEqual({
      code: '2',
      codeSystem: '2.16.840.1.113883.2.1.3.2.4.16.25',
    });
    expect(attributes('birthTime')).toEqual({ value: '19670423' });
    expect(answer.named('id').at(-1)?.attributes).toEqual({
      root: '2.16.840.1.113883.2.1.3.2.4.19.2',
      extension: 'Z99999',
    });
    expect(look(answer.body).find(({ name }) => name.endsWith('}Action'))?.text).toBe(
      `${ACTION}${operation}-v1-0Response`,
    );
  });
});

test('a superseded number brings the details of the survivor', async () => {
  const answer = await ask('getPatientDetailsByNHSNumber', OLD);
  expect(answer).toMatchObject({ code: 'DEMOG-0017', nhsNumber: ROWAN.nhsNumber });
  expect(answer.named('family')[0]?.text).toBe('Testbourne');
});

test('a search by a previous name brings the current one', async () => {
  const answer = await ask('getPatientDetailsBySearch', { ...SEARCH, family: 'OLDTEST' });
  expect(answer.named('family')[0]?.text).toBe('Testbourne');
});

test('of a deceased person there is a time of death, and no practice', async () => {
  const answer = await ask('getPatientDetailsByNHSNumber', {
    dob: '19320206',
    nhsNumber: '9991112227',
  });
  expect(answer.named('deceasedTime')[0]?.attributes['value']).toBe('201911');
  expect(answer.names).not.toContain('gPPractice');
  expect(answer.named('streetAddressLine')).toHaveLength(5);
});

test('of a sensitive person address, telecom and practice are withheld', async () => {
  const asked = { dob: '19540130', nhsNumber: SENSITIVE.nhsNumber };
  const answer = await ask('getPatientDetails', asked);
  expect(answer.code).toBe('SMSP-0000');
  expect(answer.names.slice(4)).toEqual([
    'subject',
    'patient',
    'id',
    'name',
    'given',
    'family',
    'patientPerson',
    'administrativeGenderCode',
    'birthTime',
  ]);
});

test('what is in a record is escaped', async () => {
  const odd = {
    ...ROWAN,
    familyName: 'O"<&>\'Test',
    telephone: 'mailto:a&b@example.invalid',
    previousFamilyNames: ['Odd'],
  };
  const answer = await ask(
    'getPatientDetailsBySearch',
    { ...SEARCH, family: 'Odd' },
    { population: [odd] },
  );
  expect(answer.named('family')[0]?.text).toBe('O"<&>\'Test');
  expect(answer.named('telecom')[0]?.attributes['value']).toBe('mailto:a&b@example.invalid');
});

describe('dialects', () => {
  test('prefixed: other prefixes, the local identifier first, the generic code system', async () => {
    const answer = await ask('getNHSNumber', SEARCH, { dialect: 'prefixed' });
    expect(answer.body).toMatch(/^<\?xml[^>]*><SOAP-ENV:Envelope/);
    expect(answer.body).toContain('<toolkit:DistributionEnvelope>');
    expect(answer.body).toContain('<hl7:getNHSNumberResponse-v1-0 xmlns:hl7="urn:hl7-org:v3"');
    expect(answer).toMatchObject({
      code: 'SMSP-0000',
      nhsNumber: ROWAN.nhsNumber,
      localId: 'ROW-7',
    });
    expect(answer.named('id')[1]?.attributes['extension']).toBe('ROW-7');
    expect(answer.named('value')[0]?.attributes['codeSystem']).toMatch(/\.500$/);
    expect(answer.headers['content-type']).toBe('text/xml; charset=utf-8');
    const fault = await post(simulator?.url ?? '', 'no', 'getNHSNumber');
    expect(faulted(fault.body)).toMatchObject({ faultCode: 'Client', errorCode: '1000' });
    expect(fault.body).not.toContain('codeSystem');
    expect((await ask('getPatientDetails', SEARCH)).names.slice(4)).toEqual(DETAILS);
    expect((await ask('verifyNHSNumber', NUMBER)).validity).toBe('true');
  });

  test('mock: lower-case ids, another content type, the profile for an action, RelatesTo', async () => {
    const answer = await ask('getNHSNumber', SEARCH, { dialect: 'mock' });
    expect(answer.headers['content-type']).toBe('application/soap+xml');
    const text = (name: string) =>
      look(answer.body).find((element) => element.name.endsWith(`}${name}`))?.text;
    expect(text('MessageID')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(text('Action')).toBe('urn:nhs-en:profile:getNHSNumberResponse-v1-0');
    expect(text('RelatesTo')).toBe('5E0C3A77-12D4-4B0A-9C55-7A1F0B3E6D21');
    expect(answer.code).toBe('SMSP-0000');
  });
});
