import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JournalEntry } from '../../src/simulator/journal.ts';
import { type Simulator, startSimulator } from '../../src/simulator/soap-server.ts';
import {
  asking,
  envelope,
  NOON,
  PEOPLE,
  parameters,
  payload,
  post,
  said,
} from './request-texts.ts';

let strict: Simulator;
let lenient: Simulator;
let last: JournalEntry | undefined;

beforeAll(async () => {
  const journal = (entry: JournalEntry) => {
    last = entry;
  };
  strict = await startSimulator({ population: PEOPLE, now: () => NOON, journal });
  lenient = await startSimulator({ population: PEOPLE, now: () => NOON, isStrict: false, journal });
});

afterAll(async () => {
  await strict.close();
  await lenient.close();
});

const IDRIS = { dob: '19810917', gender: '1', family: 'Quilltest', given: 'Idris' };
const ROWAN = { dob: '19670423', nhsNumber: '9990123454', family: 'Testbourne', given: 'Rowan' };
const RIGHT = {
  verifyNHSNumber: ROWAN,
  getNHSNumber: { ...IDRIS, localId: 'L1', postcode: 'ZZ99 4EF' },
  getPatientDetailsByNHSNumber: { ...ROWAN, localId: 'L1' },
  getPatientDetailsBySearch: { ...IDRIS, localId: 'L1', postcode: 'ZZ99 4EF' },
  getPatientDetails: { ...ROWAN, gender: '2', localId: 'L1', postcode: 'ZZ99 3CZ' },
} as const;
type Operation = keyof typeof RIGHT;
const OPERATIONS = Object.keys(RIGHT) as Operation[];
const BY_NUMBER: Operation[] = [
  'verifyNHSNumber',
  'getPatientDetailsByNHSNumber',
  'getPatientDetails',
];
const SEARCHES: Operation[] = ['getNHSNumber', 'getPatientDetailsBySearch'];

async function ask(operation: Operation, text: string, url = strict.url) {
  const got = await post(url, text, operation);
  expect(got.status).toBe(200);
  return said(got.body);
}

async function expectInvalid(operation: Operation, text: string, reason: RegExp, url = strict.url) {
  const answer = await ask(operation, text, url);
  expect(answer.code).toBe('SMSP-0001');
  expect(answer.names).toEqual([answer.root, 'id', 'code', 'value']);
  expect(last).toMatchObject({
    operation,
    code: 'SMSP-0001',
    reason: expect.stringMatching(reason),
  });
}

test.each(OPERATIONS)('%s: all its parameters at once are right', async (operation) => {
  expect((await ask(operation, asking(operation, RIGHT[operation]))).code).toBe('SMSP-0000');
});

describe.each(OPERATIONS)('%s refuses', (operation) => {
  const right = asking(operation, RIGHT[operation]);
  const damages: [what: string, part: string | RegExp, put: string, reason: RegExp][] = [
    ['no classCode', ' classCode="CACT"', '', /class CACT/],
    ['another moodCode', 'moodCode="EVN"', 'moodCode="RQO"', /mood EVN/],
    ['another namespace', 'urn:hl7-org:v3', 'urn:other', /not the request/],
    ['no id', /<id root[^>]*>/, '', /not id, code, queryEvent/],
    ['a lower-case id', 'E7F1B2C3', 'e7f1b2c3', /upper-case UUID/],
    ['another code', /<code code="[^"]*"/, '<code code="other"', /code of the request/],
    ['another code system', '17.284"', '17.285"', /code of the request/],
    ['code before id', /(<id root[^>]*>)\s*(<code[^>]*>)/, '$2$1', /not id, code/],
    [
      'no DateOfBirth',
      /<Person.DateOfBirth>.*<\/Person.DateOfBirth>/,
      '',
      /DateOfBirth is missing/,
    ],
    ['a parameter twice', /(<Person.DateOfBirth>.*)/, '$1$1', /twice/],
    ['an unknown parameter', '<queryEvent>', '<queryEvent><Person.Shoe/>', /unknown parameter/],
    ['no semanticsText', '<semanticsText>Person.DateOfBirth</semanticsText>', '', /semanticsText/],
    ['another semanticsText', 'Text>Person.DateOfBirth<', 'Text>Person.Dob<', /semanticsText/],
    ['semanticsText first', /(<value value="\d+"\/>)(<sem.*?Text>)/, '$2$1', /value, then/],
    [
      'a nil DateOfBirth',
      /<Person.DateOfBirth>.*/,
      '<Person.DateOfBirth xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/>',
      /nil/,
    ],
    [
      'an attribute on a value',
      '<value value="',
      '<value nullFlavor="NI" value="',
      /unknown attribute/,
    ],
    ['given after family', /(<given>.*<\/given>)(<family>.*<\/family>)/, '$2$1', /other parts/],
    ['two given names', /(<given>.*<\/given>)/, '$1$1', /other parts/],
    ['a prefix', /(<given>.*<\/given>)/, '<prefix>MR</prefix>$1', /other parts/],
    [
      'a name before the date',
      /(<Person.DateOfBirth>.*Birth>)([\s\S]*)(<Person.Name>.*Name>)/,
      '$3$1$2',
      /order/,
    ],
    ['a date with hyphens', /value="19(\d\d)(\d\d)(\d\d)"/, 'value="19$1-$2-$3"', /not a date/],
    ['no such day', /value="(\d{4})\d{4}"/, 'value="$10230"', /not a date/],
    ['an empty date', /<value value="\d+"/, '<value value=""', /no value/],
    ['a date with a time', /<value value="(\d+)"/, '<value value="$1120000"', /not a date/],
  ];
  test.each(damages)('%s', async (_, part, put, reason) => {
    const text = right.replace(part, put);
    expect(text).not.toBe(right);
    await expectInvalid(operation, text, reason);
  });

  test('the payload of another service', async () => {
    const other = operation === 'getNHSNumber' ? 'verifyNHSNumber' : 'getNHSNumber';
    const text = envelope(operation, payload(other, parameters(RIGHT[other])));
    await expectInvalid(operation, text, /not the request/);
  });
});

test.each<[Operation, object, RegExp]>([
  ['verifyNHSNumber', { ...ROWAN, gender: '2' }, /Gender is not a parameter/],
  ['verifyNHSNumber', { ...ROWAN, localId: 'L' }, /LocalIdentifier is not a parameter/],
  ['verifyNHSNumber', { ...ROWAN, postcode: 'ZZ99 3CZ' }, /Postcode is not a parameter/],
  ['verifyNHSNumber', { dob: '19670423' }, /NHSNumber is missing/],
  ['getPatientDetailsByNHSNumber', { ...ROWAN, gender: '2' }, /Gender is not a parameter/],
  ['getPatientDetailsByNHSNumber', { ...ROWAN, postcode: 'ZZ99 3CZ' }, /Postcode is not/],
  ['getPatientDetailsByNHSNumber', { dob: '19670423' }, /NHSNumber is missing/],
  ['getNHSNumber', { ...IDRIS, nhsNumber: '9990123454' }, /NHSNumber is not a parameter/],
  ['getNHSNumber', { dob: '19810917', family: 'Quilltest' }, /Gender is missing/],
  ['getNHSNumber', { dob: '19810917', gender: '1' }, /Name is missing/],
  ['getNHSNumber', { dob: '19810917', gender: '1', given: 'Idris' }, /needs a family name/],
  ['getPatientDetailsBySearch', { ...IDRIS, nhsNumber: '9990123454' }, /NHSNumber is not/],
  ['getPatientDetailsBySearch', { dob: '19810917', gender: '1', family: ' ' }, /family name/],
  ['getPatientDetails', { dob: '19810917' }, /needs a family name/],
  ['getPatientDetails', { dob: '19810917', family: 'Quilltest' }, /needs a gender/],
  ['getPatientDetails', { dob: '19810917', gender: '1', postcode: 'ZZ99 4EF' }, /family name/],
])('%s: parameters that are too many or too few %#', async (operation, asked, reason) => {
  await expectInvalid(operation, asking(operation, asked), reason);
});

test.each(OPERATIONS.filter((name) => name !== 'getNHSNumber'))(
  '%s wants a full date',
  async (operation) => {
    for (const dob of ['1967', '196704']) {
      await expectInvalid(operation, asking(operation, { ...RIGHT[operation], dob }), /not a date/);
    }
  },
);

test('getNHSNumber takes a month or a year, but not three digits', async () => {
  for (const dob of ['1981', '198109']) {
    expect((await ask('getNHSNumber', asking('getNHSNumber', { ...IDRIS, dob }))).code).toBe(
      'SMSP-0000',
    );
  }
  await expectInvalid(
    'getNHSNumber',
    asking('getNHSNumber', { ...IDRIS, dob: '198' }),
    /not a date/,
  );
  await expectInvalid(
    'getNHSNumber',
    asking('getNHSNumber', { ...IDRIS, dob: '198113' }),
    /not a date/,
  );
});

test.each(['3', 'M', 'X', 'F', '01'])('gender %s is none', async (gender) => {
  for (const operation of SEARCHES) {
    await expectInvalid(operation, asking(operation, { ...IDRIS, gender }), /Gender/);
    await expectInvalid(operation, asking(operation, { ...IDRIS, gender }), /Gender/, lenient.url);
  }
});

test.each<[string, RegExp, string, RegExp]>([
  ['gender without code system', / codeSystem="[^"]*16\.25"/, '', /no codeSystem/],
  ['gender with another code system', /16\.25"/, '16.26"', /codeSystem of the value is wrong/],
  ['gender with a displayName', /code="1" /, 'code="1" displayName="m" ', /unknown attribute/],
  ['name with a use', /<value><given>/, '<value use="L"><given>', /unknown attribute/],
  ['given with a qualifier', /<given>/, '<given qualifier="x">', /part of the value/],
  [
    'postcode as a code',
    /<value><postalCode>.*<\/postalCode><\/value>/,
    '<value code="ZZ99 4EF"/>',
    /other parts/,
  ],
  ['postcode with street lines', /<postalCode>/, '<streetAddressLine/><postalCode>', /other parts/],
  [
    'postcode with a use',
    /<value><postalCode>/,
    '<value use="H"><postalCode>',
    /unknown attribute/,
  ],
  ['local id without extension', / extension="L1"/, '', /no extension/],
  ['local id with an empty extension', /"L1"/, '""', /no extension/],
  ['local id that is no OID', /18\.24"/, '18.24 "', /no OID/],
  ['local id with an authority', /"L1"/, '"L1" assigningAuthorityName="x"', /unknown attribute/],
])('a search refuses: %s', async (_, part, put, reason) => {
  for (const operation of SEARCHES) {
    const right = asking(operation, RIGHT[operation]);
    const text = right.replace(part, put);
    expect(text).not.toBe(right);
    await expectInvalid(operation, text, reason);
  }
});

test.each(BY_NUMBER)('%s: NHS number parameter', async (operation) => {
  const right = asking(operation, RIGHT[operation]);
  const root = right.replace(
    'root="2.16.840.1.113883.2.1.4.1"',
    'root="2.16.840.1.113883.2.1.4.2"',
  );
  await expectInvalid(operation, root, /root of the value is wrong/);
  await expectInvalid(operation, right.replace('"9990123454"', '""'), /no extension/);
  expect(
    (await ask(operation, right.replace('<value><given>', '<value use="L"><given>'))).code,
  ).toBe('SMSP-0000');
});

test.each(BY_NUMBER)('%s: name sent with a number', async (operation) => {
  const asked = RIGHT[operation];
  await expectInvalid(operation, asking(operation, { ...asked, family: 'Te' }), /fewer than three/);
  await expectInvalid(operation, asking(operation, { ...asked, family: 'Test*' }), /no wildcard/);
  await expectInvalid(operation, asking(operation, { ...asked, given: 'Ro*' }), /no wildcard/);
  const nameless = asking(operation, { dob: asked.dob, nhsNumber: '9990123454' });
  expect((await ask(operation, nameless)).code).toBe('SMSP-0000');
});

test.each<[object, RegExp]>([
  [{ family: 'Q*' }, /wildcard/],
  [{ family: '*test' }, /wildcard/],
  [{ family: 'Quill *' }, /wildcard/],
  [{ family: 'Qu*ll*' }, /wildcard/],
  [{ given: 'I*' }, /wildcard/],
  [{ postcode: 'Z*' }, /wildcard/],
  [{ postcode: 'ZZ994EF' }, /one blank/],
  [{ postcode: 'ZZ99  4E' }, /one blank/],
  [{ postcode: 'ZZZ99 4EF' }, /more than eight/],
  [{ postcode: 'ZZ99-4EF' }, /more than eight/],
])('a search refuses %o', async (asked, reason) => {
  for (const operation of SEARCHES) {
    await expectInvalid(operation, asking(operation, { ...IDRIS, ...asked }), reason);
  }
});

test('an optional parameter may be nil', async () => {
  const nil = '<Person.Postcode xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/>';
  const text = asking('getNHSNumber', RIGHT.getNHSNumber).replace(
    /<Person.Postcode>.*<\/Person.Postcode>/,
    nil,
  );
  expect((await ask('getNHSNumber', text)).code).toBe('SMSP-0000');
});

test('any prefix will do, and templateId is passed over', async () => {
  const content = payload('verifyNHSNumber', parameters(ROWAN))
    .replaceAll(/<(\/?)(?=[A-Za-z])/g, '<$1h:')
    .replace('xmlns=', 'xmlns:h=')
    .replace('<h:id root="E', '<h:templateId/><h:id root="E');
  expect((await ask('verifyNHSNumber', envelope('verifyNHSNumber', content))).code).toBe(
    'SMSP-0000',
  );
});

describe('lenient reading takes', () => {
  const search = asking('getPatientDetailsBySearch', RIGHT.getPatientDetailsBySearch);
  test.each<[string, Operation, string]>([
    [
      'the root with a Request too many',
      'getPatientDetails',
      asking('getPatientDetails', RIGHT.getPatientDetails)
        .replaceAll('getPatientDetails-v1-0 ', 'getPatientDetailsRequest-v1-0 ')
        .replace('</getPatientDetails-v1-0>', '</getPatientDetailsRequest-v1-0>'),
    ],
    [
      'a root in another case',
      'getPatientDetailsBySearch',
      search.replaceAll(/(<\/?)getPatientDetailsBySearch/g, '$1getPatientDetailsbySearch'),
    ],
    [
      'another code',
      'getPatientDetailsBySearch',
      search.replace('code code="getPatientDetailsBySearch', 'code code="getPatientDetails'),
    ],
    [
      'a name before gender',
      'getPatientDetailsBySearch',
      search.replace(/(<Person.Gender>[\s\S]*)(<Person.Name>.*)/, '$2$1'),
    ],
    [
      'a postcode as a code, which counts for nothing',
      'getPatientDetailsBySearch',
      search.replace(/<value><postalCode>.*<\/value>/, '<value code="ZZ99 9ZZ"/>'),
    ],
    [
      'a postcode without a blank',
      'getPatientDetailsBySearch',
      search.replace('ZZ99 4EF', 'ZZ994EF'),
    ],
    [
      'no semanticsText',
      'getPatientDetailsBySearch',
      search.replaceAll(/<semanticsText>.*?<\/semanticsText>/g, ''),
    ],
  ])('%s', async (_, operation, text) => {
    expect((await ask(operation, text, lenient.url)).code).toBe('SMSP-0000');
    expect((await ask(operation, text)).code).toBe('SMSP-0001');
  });
});
