import { describe, expect, it } from 'vitest';
import type { Operation, TraceRequest } from '../../../src/domain/trace.ts';
import { readXml } from '../../../src/lib/xml-read.ts';
import { readReply } from '../../../src/trace/smsp/replies.ts';
import { type Outcome, outcomeOf } from './support/outcome.ts';
import {
  DETAILS_ROOT,
  detailsReply,
  localId,
  nhsId,
  PERSON,
  payload,
  SEARCH_ROOT,
  searchReply,
  subject,
  VERIFY_ROOT,
  validIdentifier,
  verifyReply,
  wrapped,
} from './support/replies.ts';
import { aRequest, MESSAGE_ID, NOW, NUMBER, OTHER_NUMBER, without } from './support/values.ts';

const TRUE = '<value value="true"/>';
const NIL_TRUE =
  '<value xmlns:x="http://www.w3.org/2001/XMLSchema-instance" x:nil="true" value="true"/>';
const NIL_ID = '<id xmlns:x="http://www.w3.org/2001/XMLSchema-instance" x:nil="1"';
const VERIFY = aRequest();
const SEARCH = without(aRequest({ operation: 'getNHSNumber' }), 'nhsNumber');
const BY_NUMBER = aRequest({ operation: 'getPatientDetailsByNHSNumber' });
const BY_SEARCH = without(aRequest({ operation: 'getPatientDetailsBySearch' }), 'nhsNumber');
const DETAILS_OF_NUMBER = aRequest({ operation: 'getPatientDetails' });
const DETAILS_SEARCH = without(aRequest({ operation: 'getPatientDetails' }), 'nhsNumber');

const FOUND = { kind: 'found', nhsNumber: NUMBER };
const OTHER = { kind: 'other-number', nhsNumber: OTHER_NUMBER };
const NOT_VERIFIED = { kind: 'not-verified' };
const SUPERSEDED = { kind: 'superseded' };
const REPLACED = { kind: 'superseded', replacement: OTHER_NUMBER };
const UNREADABLE = ['RetryableError', 'unreadable-reply', 1];

describe('verifyNHSNumber', () => {
  it.each<[string, string, object]>([
    ['true and our number', validIdentifier(TRUE), FOUND],
    ['our number with blanks', validIdentifier(TRUE, nhsId('999 012 3454')), FOUND],
    ['true and another number', validIdentifier(TRUE, nhsId(OTHER_NUMBER)), OTHER],
    ['false', validIdentifier('<value value="false"/>'), NOT_VERIFIED],
    [
      'false and another number',
      validIdentifier('<value value="false"/>', nhsId(OTHER_NUMBER)),
      NOT_VERIFIED,
    ],
    ['an empty flag', validIdentifier('<value value=""/>'), NOT_VERIFIED],
    ['a flag without value', validIdentifier('<value/>'), NOT_VERIFIED],
    ['TRUE', validIdentifier('<value value="TRUE"/>'), NOT_VERIFIED],
    ['1', validIdentifier('<value value="1"/>'), NOT_VERIFIED],
    ['true with a blank', validIdentifier('<value value="true "/>'), NOT_VERIFIED],
    ['true in another attribute', validIdentifier('<value code="true"/>'), NOT_VERIFIED],
    [
      'true in an attribute of somebody',
      validIdentifier('<value x:value="true" xmlns:x="u"/>'),
      NOT_VERIFIED,
    ],
    ['no flag', validIdentifier(''), NOT_VERIFIED],
    ['no result', '', NOT_VERIFIED],
  ])('SMSP-0000 with %s', (_, result, answer) => {
    expect(readTo(VERIFY, verifyReply('SMSP-0000', result))).toEqual(answered('SMSP-0000', answer));
  });

  it.each([
    ['two flags of two people', validIdentifier(TRUE) + validIdentifier(TRUE, nhsId(OTHER_NUMBER))],
    ['two numbers', validIdentifier(TRUE, nhsId() + nhsId(OTHER_NUMBER))],
    ['a number beside the patient', validIdentifier(TRUE, '') + nhsId()],
    ['true of no number', validIdentifier(TRUE, '')],
    ['true of a number that cannot be', validIdentifier(TRUE, nhsId('9990123455'))],
    ['true of our local identifier', validIdentifier(TRUE, localId())],
    ['a flag twice', validIdentifier(TRUE + TRUE)],
    ['two flags that differ', validIdentifier(`${TRUE}<value value="false"/>`)],
    ['a person without flag', subject(nhsId())],
    ['a flag within something else', `<history>${validIdentifier(TRUE)}</history>`],
    ['a flag that is nil', validIdentifier(NIL_TRUE)],
    [
      'a number that is null',
      validIdentifier(TRUE, nhsId().replace('<id', '<id nullFlavor="UNK"')),
    ],
  ])('SMSP-0000 with %s is unreadable', (_, result) => {
    expect(readTo(VERIFY, verifyReply('SMSP-0000', result))).toEqual(UNREADABLE);
  });

  it('believes the code more than the flag', () => {
    expect(readTo(VERIFY, verifyReply('DEMOG-0040'))).toEqual(answered('DEMOG-0040', NOT_VERIFIED));
    expect(readTo(VERIFY, verifyReply('DEMOG-0001'))).toEqual(
      answered('DEMOG-0001', { kind: 'no-match' }),
    );
  });
});

describe('a number as the result', () => {
  it.each<[string, TraceRequest, string, object]>([
    ['a search', SEARCH, searchReply(), FOUND],
    ['ids in reverse', SEARCH, searchReply('SMSP-0000', subject(localId() + nhsId())), FOUND],
    ['no echo', SEARCH, searchReply('SMSP-0000', subject(nhsId())), FOUND],
    ['an empty echo', SEARCH, searchReply('SMSP-0000', subject(nhsId() + localId(''))), FOUND],
    [
      'an echo with another root',
      SEARCH,
      searchReply('SMSP-0000', subject(nhsId() + localId('Q7-000417', '1.3.5.7.9.24.68.1'))),
      FOUND,
    ],
    [
      'a number with hyphens',
      SEARCH,
      searchReply('SMSP-0000', subject(nhsId('999-012-3454'))),
      FOUND,
    ],
    [
      'demographics that do not belong',
      SEARCH,
      searchReply('SMSP-0000', subject(nhsId() + PERSON)),
      FOUND,
    ],
    [
      'another number than ours',
      BY_NUMBER,
      detailsReply('SMSP-0000', subject(nhsId(OTHER_NUMBER) + PERSON)),
      OTHER,
    ],
    [
      'another number than ours',
      DETAILS_OF_NUMBER,
      detailsReply('SMSP-0000', subject(nhsId(OTHER_NUMBER) + PERSON)),
      OTHER,
    ],
  ])('with %s', (_, request, reply, answer) => {
    expect(readTo(request, reply)).toEqual(answered('SMSP-0000', answer));
  });

  it('with a root that has a trailing blank', () => {
    const reply = searchReply()
      .replaceAll('2.4.18.24"', '2.4.18.24 "')
      .replaceAll('2.1.4.1"', '2.1.4.1 "');
    expect(readTo(SEARCH, reply)).toEqual(answered('SMSP-0000', FOUND));
  });

  it.each([BY_NUMBER, BY_SEARCH, DETAILS_OF_NUMBER, DETAILS_SEARCH])(
    'with details: %j',
    (request) => {
      const answer = { ...FOUND, details: expect.objectContaining({ familyName: 'TESTCASTLE' }) };
      expect(readTo(request, detailsReply())).toEqual(answered('SMSP-0000', answer));
    },
  );

  it('with details of a record that holds nothing else', () => {
    const answer = { ...FOUND, details: { givenNames: [], addresses: [], telecoms: [] } };
    expect(readTo(BY_SEARCH, detailsReply('SMSP-0000', subject(nhsId())))).toEqual(
      answered('SMSP-0000', answer),
    );
  });

  const UNUSABLE = [
    ['no result', ''],
    ['no id', subject('')],
    ['a number that cannot be', subject(nhsId('9990123455'))],
    ['nine digits', subject(nhsId('999012345'))],
    ['ten equal digits', subject(nhsId('1111111111'))],
    ['an empty number', subject(nhsId(''))],
    ['an id without number', subject('<id root="2.16.840.1.113883.2.1.4.1" nullFlavor="UNK"/>')],
    ['only the echo', subject(localId())],
    ['two numbers', subject(nhsId() + nhsId(OTHER_NUMBER))],
    ['the same number twice', subject(nhsId() + nhsId())],
    ['two people', subject(nhsId()) + subject(localId())],
    ['a person in a history', `<history>${subject(nhsId())}</history>`],
    ['a person in an element of somebody', `<x:y xmlns:x="urn:x">${subject(nhsId())}</x:y>`],
    ['a person within a person', subject(`<patient>${nhsId()}</patient>`)],
    ['a number that is nil', subject(nhsId().replace('<id', NIL_ID))],
    ['a number outside the patient', `<subject>${nhsId()}</subject>`],
    ['a number of somebody beside the patient', subject(`<contact>${nhsId()}</contact>`)],
    [
      'a patient in another namespace',
      subject(nhsId()).replace('<patient', '<patient xmlns="urn:x"'),
    ],
  ] as const;

  it.each(UNUSABLE)('is unreadable with %s', (_, result) => {
    expect(readTo(SEARCH, searchReply('SMSP-0000', result))).toEqual(UNREADABLE);
    expect(readTo(BY_NUMBER, detailsReply('SMSP-0000', result))).toEqual(UNREADABLE);
    expect(readTo(DETAILS_SEARCH, detailsReply('SMSP-0000', result))).toEqual(UNREADABLE);
  });
});

describe('DEMOG-0017', () => {
  it.each<[string, TraceRequest, string, object]>([
    ['nothing', VERIFY, verifyReply('DEMOG-0017', ''), SUPERSEDED],
    [
      'the replacement',
      VERIFY,
      verifyReply('DEMOG-0017', validIdentifier(TRUE, nhsId(OTHER_NUMBER))),
      REPLACED,
    ],
    [
      'the replacement, flag false',
      VERIFY,
      verifyReply('DEMOG-0017', validIdentifier('<value value="false"/>', nhsId(OTHER_NUMBER))),
      REPLACED,
    ],
    ['the number sent', VERIFY, verifyReply('DEMOG-0017'), SUPERSEDED],
    [
      'both numbers',
      VERIFY,
      verifyReply('DEMOG-0017', validIdentifier(TRUE, nhsId() + nhsId(OTHER_NUMBER))),
      REPLACED,
    ],
    [
      'a number that cannot be',
      VERIFY,
      verifyReply('DEMOG-0017', validIdentifier(TRUE, nhsId('9990123455'))),
      SUPERSEDED,
    ],
    [
      'a valid one and one that cannot be',
      VERIFY,
      verifyReply('DEMOG-0017', validIdentifier(TRUE, nhsId('1') + nhsId(OTHER_NUMBER))),
      REPLACED,
    ],
    [
      'two replacements',
      VERIFY,
      verifyReply('DEMOG-0017', validIdentifier(TRUE, nhsId('9992468130') + nhsId(OTHER_NUMBER))),
      SUPERSEDED,
    ],
    [
      'the same one twice',
      VERIFY,
      verifyReply('DEMOG-0017', validIdentifier(TRUE, nhsId(OTHER_NUMBER) + nhsId(OTHER_NUMBER))),
      REPLACED,
    ],
    [
      'a replacement after a search',
      SEARCH,
      searchReply('DEMOG-0017', subject(nhsId(OTHER_NUMBER))),
      REPLACED,
    ],
    [
      'a bare replacement',
      BY_NUMBER,
      detailsReply('DEMOG-0017', subject(nhsId(OTHER_NUMBER) + localId())),
      REPLACED,
    ],
    [
      'a replacement that is nobody’s',
      BY_NUMBER,
      detailsReply('DEMOG-0017', nhsId(OTHER_NUMBER)),
      REPLACED,
    ],
    [
      'two people',
      BY_NUMBER,
      detailsReply('DEMOG-0017', subject(nhsId(OTHER_NUMBER) + PERSON) + subject(PERSON)),
      REPLACED,
    ],
    [
      'a person, and the number of their practice',
      BY_NUMBER,
      detailsReply(
        'DEMOG-0017',
        `${subject(PERSON)}<gPPractice>${nhsId(OTHER_NUMBER)}</gPPractice>`,
      ),
      REPLACED,
    ],
    [
      'a person, and the number of who is with them',
      BY_NUMBER,
      detailsReply('DEMOG-0017', subject(`${PERSON}<contact>${nhsId(OTHER_NUMBER)}</contact>`)),
      REPLACED,
    ],
    [
      'a person in a history',
      BY_NUMBER,
      detailsReply('DEMOG-0017', `<history>${subject(nhsId(OTHER_NUMBER) + PERSON)}</history>`),
      REPLACED,
    ],
    [
      'both numbers and a person',
      BY_NUMBER,
      detailsReply('DEMOG-0017', subject(nhsId() + nhsId(OTHER_NUMBER) + PERSON)),
      REPLACED,
    ],
    [
      'the number sent and a person',
      BY_NUMBER,
      detailsReply('DEMOG-0017', subject(nhsId() + PERSON)),
      SUPERSEDED,
    ],
  ])('with %s', (_, request, reply, answer) => {
    expect(readTo(request, reply)).toEqual(answered('DEMOG-0017', answer));
  });

  it('with the surviving record', () => {
    const reply = detailsReply('DEMOG-0017', subject(nhsId(OTHER_NUMBER) + PERSON));
    const answer = { ...REPLACED, details: expect.objectContaining({ familyName: 'TESTCASTLE' }) };
    expect(readTo(BY_NUMBER, reply)).toEqual(answered('DEMOG-0017', answer));
  });
});

describe('every other code', () => {
  it.each<[string, Outcome]>([
    ['DEMOG-0001', answered('DEMOG-0001', { kind: 'no-match' })],
    ['DEMOG-0007', answered('DEMOG-0007', { kind: 'multiple-matches' })],
    ['DEMOG-0022', answered('DEMOG-0022', { kind: 'invalidated' })],
    ['DEMOG-0040', answered('DEMOG-0040', { kind: 'not-verified' })],
    ['DEMOG-0042', answered('DEMOG-0042', { kind: 'not-new-style' })],
    ['DEMOG-9999', ['RetryableError', 'DEMOG-9999', 1]],
    ['SMSP-0001', ['UnansweredError', 'SMSP-0001']],
    ['SMSP-0002', ['RetryableError', 'SMSP-0002', 1]],
    ['SMSP-0003', ['UnansweredError', 'SMSP-0003']],
    ['SMSP-0004', ['BusyError', 'SMSP-0004', undefined]],
    ['SMSP-0005', ['FatalError', 'SMSP-0005']],
    ['SMSP-9999', ['RetryableError', 'SMSP-9999', 2]],
    ['DEMOG-0099', ['UnansweredError', 'DEMOG-0099']],
    ['toString', ['UnansweredError', 'toString']],
    ['__proto__', ['UnansweredError', 'unknown-code']],
    ['smsp-0000', ['UnansweredError', 'smsp-0000']],
    ['', ['UnansweredError', 'unknown-code']],
    ['no match for 9990123454', ['UnansweredError', 'unknown-code']],
    ['9990123454', ['UnansweredError', 'unknown-code']],
    ['X'.repeat(33), ['UnansweredError', 'unknown-code']],
  ])('%s, with and without stale data', (code, outcome) => {
    for (const result of ['', subject(nhsId() + localId() + PERSON)]) {
      expect(readTo(BY_NUMBER, detailsReply(code, result))).toEqual(outcome);
      expect(readTo(BY_SEARCH, detailsReply(code, result))).toEqual(outcome);
    }
  });

  it('is known by its text, whatever its code system', () => {
    const reply = searchReply('DEMOG-0001', '').replace('2.4.17.285', '2.4.17.500');
    expect(readTo(SEARCH, reply)).toEqual(answered('DEMOG-0001', { kind: 'no-match' }));
  });
});

describe('a reply for somebody else', () => {
  const ANOTHER_MESSAGE = ['RetryableError', 'reply-for-another-message', undefined];
  const ANOTHER_ROW = ['RetryableError', 'reply-for-another-row', undefined];
  const relates = (id: string): string => `<wsa:RelatesTo>${id}</wsa:RelatesTo>`;
  const result = validIdentifier(TRUE);

  it.each<[string, string, Outcome]>([
    ['our id', relates(MESSAGE_ID), answered('SMSP-0000', FOUND)],
    ['our id in lower case', relates(MESSAGE_ID.toLowerCase()), answered('SMSP-0000', FOUND)],
    ['our id as a URN', relates(` urn:uuid:${MESSAGE_ID}\n`), answered('SMSP-0000', FOUND)],
    ['no id', relates(''), answered('SMSP-0000', FOUND)],
    [
      'an element that is not WS-Addressing',
      '<x:RelatesTo xmlns:x="urn:x">y</x:RelatesTo>',
      answered('SMSP-0000', FOUND),
    ],
    ['another id', relates('0F9E8D7C-6B5A-4948-B736-251403F2E1D0'), ANOTHER_MESSAGE],
    ['part of our id', relates(MESSAGE_ID.slice(0, 8)), ANOTHER_MESSAGE],
    ['ours and another', relates(MESSAGE_ID) + relates('x'), ANOTHER_MESSAGE],
    ['an element inside', relates('<id>x</id>'), ANOTHER_MESSAGE],
    [
      'our id in two pieces',
      relates(MESSAGE_ID.replace('-', '<!-- x -->-')),
      answered('SMSP-0000', FOUND),
    ],
    ['another id in a second header', `</soap:Header><soap:Header>${relates('x')}`, UNREADABLE],
  ])('RelatesTo with %s', (_, header, outcome) => {
    const reply = wrapped(payload(VERIFY_ROOT, 'SMSP-0000', result), header);
    expect(readTo(VERIFY, reply)).toEqual(outcome);
  });

  const OTHERS = [SEARCH, BY_SEARCH, BY_NUMBER, DETAILS_OF_NUMBER, DETAILS_SEARCH];

  it.each(OTHERS)('an echo that is not ours: %j', (request) => {
    for (const ids of [
      nhsId() + localId('Q7-000418'),
      localId('Q7-000418') + nhsId(),
      nhsId() + localId('Q7-000418', '1.2.3'),
      nhsId() + localId('q7-000417'),
      nhsId() + localId() + localId('Q7-000418'),
      `${nhsId()}<id extension="Q7-000418"/>`,
    ]) {
      for (const code of ['SMSP-0000', 'DEMOG-0001', 'DEMOG-0017']) {
        expect(readTo(request, replyTo(request, code, subject(ids)))).toEqual(ANOTHER_ROW);
      }
    }
  });

  it('an echo that was not asked for, when verifying', () => {
    for (const id of [localId(NUMBER), localId('Q7-000418'), '<id extension="Q7-000418"/>']) {
      const reply = verifyReply('SMSP-0000', validIdentifier(TRUE, nhsId() + id));
      expect(readTo(VERIFY, reply)).toEqual(ANOTHER_ROW);
    }
  });

  it.each(OTHERS)('the reply of another operation: %j', (request) => {
    expect(readTo(request, verifyReply())).toEqual(UNREADABLE);
  });

  it.each<[TraceRequest, string]>([
    [VERIFY, searchReply()],
    [VERIFY, detailsReply()],
    [SEARCH, detailsReply()],
    [BY_NUMBER, searchReply()],
    [BY_SEARCH, wrapped(payload('getPatientDetailsBySearchResponse-v1-0', 'SMSP-0000'))],
  ])('the reply of another operation: %j', (request, reply) => {
    expect(readTo(request, reply)).toEqual(UNREADABLE);
  });
});

describe('a reply that is not of this interface', () => {
  const good = searchReply();
  const thePayload = payload(SEARCH_ROOT, 'SMSP-0000', subject(nhsId()));

  it.each<[string, string]>([
    [
      'SOAP 1.2',
      good.replace(
        'http://schemas.xmlsoap.org/soap/envelope/',
        'http://www.w3.org/2003/05/soap-envelope',
      ),
    ],
    ['no envelope', thePayload],
    ['HTML', '<html><body>Down</body></html>'],
    ['two headers', good.replace('</soap:Header>', '</soap:Header><soap:Header/>')],
    ['something beside the envelope', good.replace('</soap:Body>', '<x/></soap:Body>')],
    ['two payloads, it says', good.replace('payloads count="1"', 'payloads count="2"')],
    ['two bodies', good.replace('</soap:Body>', '</soap:Body><soap:Body/>')],
    ['no body', good.replaceAll('soap:Body', 'soap:Bodies')],
    ['an empty body', good.replace(/<soap:Body>[\s\S]*<\/soap:Body>/, '<soap:Body/>')],
    [
      'another distribution envelope',
      good.replace('urn:nhs-itk:ns:201005', 'urn:nhs-itk:ns:201006'),
    ],
    ['no payload', wrapped('')],
    ['text as payload', wrapped('PHBheWxvYWQvPg==')],
    ['two payload roots', wrapped(thePayload + thePayload)],
    [
      'two payloads',
      good.replace('</itk:payload>', `</itk:payload><itk:payload>${thePayload}</itk:payload>`),
    ],
    ['two lists of payloads', good.replace('</itk:payloads>', '</itk:payloads><itk:payloads/>')],
    ['a payload in no namespace', good.replace('xmlns="urn:hl7-org:v3"', '')],
    ['no code', good.replace('<value code="SMSP-0000"', '<value x="SMSP-0000"')],
    ['no code element', good.replace(/<value [^>]*\/>/, '')],
    ['two codes', good.replace('<subject', '<value code="DEMOG-0001"/><subject')],
    ['the code in another namespace', good.replace('<value ', '<value xmlns="urn:x" ')],
  ])('%s', (_, reply) => {
    expect(readTo(SEARCH, reply)).toEqual(UNREADABLE);
  });
});

function replyTo({ operation }: TraceRequest, code: string, result: string): string {
  const roots: Record<Operation, string> = {
    verifyNHSNumber: VERIFY_ROOT,
    getNHSNumber: SEARCH_ROOT,
    getPatientDetails: DETAILS_ROOT,
    getPatientDetailsByNHSNumber: DETAILS_ROOT,
    getPatientDetailsBySearch: DETAILS_ROOT,
  };
  return wrapped(payload(roots[operation], code, result));
}

function readTo(request: TraceRequest, reply: string): Outcome {
  return outcomeOf(() => {
    return readReply(readXml(reply), request, { messageId: MESSAGE_ID, now: NOW });
  });
}

function answered(code: string, answer: object): Outcome {
  return ['value', { answer, code }];
}
