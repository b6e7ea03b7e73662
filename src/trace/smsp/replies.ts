/** What a reply says about the person asked about. Tolerant of dialects, never of ambiguity. */
import { type NhsNumber, parseNhsNumber } from '../../domain/nhs-number.ts';
import type { Answer, PatientDetails, TraceReply, TraceRequest } from '../../domain/trace.ts';
import { RetryableError } from '../../errors.ts';
import type { XmlElement } from '../../lib/xml-read.ts';
import { relatesToAnother, soapBody } from './envelope.ts';
import { HL7, NHS_NUMBER_OID, XSI } from './identifiers.ts';
import { replyPayload } from './itk-wrapper.ts';
import { OPERATION_MESSAGES } from './operations.ts';
import { readPatientDetails } from './patient-details.ts';
import { atMostOne, attribute, childrenOf, collapse, descendants, only } from './reply-tree.ts';
import { asksAboutNumber } from './requests.ts';
import { type Meaning, meaningOf } from './response-codes.ts';
import { unreadableReply } from './unreadable.ts';

/**
 * The answer in a reply that is not a fault. Decides on the code first, then looks at the data.
 * Throws what the code stands for when it is no answer, and RetryableError
 * - `unreadable-reply`: not the reply of this operation, or not about exactly one person;
 * - `reply-for-another-message`, `reply-for-another-row`: it names what it belongs to, and that is
 *   not what was sent.
 */
export function readReply(
  document: XmlElement,
  request: TraceRequest,
  { messageId, now }: { readonly messageId: string; readonly now: Date },
): TraceReply {
  const body = soapBody(document);
  if (body === undefined) throw unreadableReply('it is not a SOAP 1.1 message');
  if (relatesToAnother(document, messageId)) {
    throw new RetryableError('reply-for-another-message', 'the reply belongs to another message');
  }
  const payload = replyPayload(body, OPERATION_MESSAGES[request.operation].responseRoot);
  const code = attribute(only(payload, HL7, 'value'), 'code');
  if (code === undefined) throw unreadableReply('it does not hold exactly one response code');
  const meaning = meaningOf(code);
  refuseContradictions(payload);
  refuseAnotherRow(payload, request);
  const today = now.toISOString().slice(0, 10).replaceAll('-', '');
  return { answer: answerOf(meaning, payload, request, today), code };
}

/** A value that is said to be none (`xsi:nil`, `nullFlavor`) and yet is there: which is meant? */
function refuseContradictions(element: XmlElement): void {
  const { attributes, children, text } = element;
  const isNil = /^(?:true|1)$/.test(attribute(element, `{${XSI}}nil`) ?? '');
  if (isNil || attributes.has('nullFlavor')) {
    const values = [text, ...VALUES.map((name) => attributes.get(name) ?? '')];
    if (values.some((value) => collapse(value) !== '')) {
      throw unreadableReply('a value of it is said to be none');
    }
  }
  for (const child of children) refuseContradictions(child);
}

const VALUES = ['code', 'value', 'extension'] as const;

/**
 * The echo of our local identifier must be ours. It is any id of the patient that is not an NHS
 * number: providers change its root. A missing echo is accepted, for many do not echo.
 */
function refuseAnotherRow(payload: XmlElement, request: TraceRequest): void {
  const sent = collapse(request.localIdentifier);
  const isOther = descendants(payload, HL7, 'patient')
    .flatMap((patient) => childrenOf(patient, HL7, 'id'))
    .filter((id) => attribute(id, 'root') !== NHS_NUMBER_OID)
    .some((id) => ![undefined, '', sent].includes(attribute(id, 'extension')));
  if (isOther) {
    throw new RetryableError('reply-for-another-row', 'the reply names another row than ours');
  }
}

function answerOf(
  meaning: Meaning,
  payload: XmlElement,
  request: TraceRequest,
  today: string,
): Answer {
  switch (meaning) {
    case 'success':
      return request.operation === 'verifyNHSNumber'
        ? verifiedOrNot(payload, request)
        : foundPerson(payload, request, today);
    case 'superseded':
      return superseded(payload, request, today);
    case 'no-match':
    case 'multiple-matches':
    case 'invalidated':
    case 'not-verified':
    case 'not-new-style':
      return { kind: meaning };
  }
}

/**
 * Verified is: the code, the flag exactly `true`, and the number that was sent. A flag that is
 * false, empty or missing confirms nothing; one that is true of no number is no answer.
 */
function verifiedOrNot(payload: XmlElement, request: TraceRequest): Answer {
  const { number } = thePatient(payload, request);
  const identifiers = descendants(payload, HL7, 'validIdentifier');
  if (identifiers.length > 1) throw unreadableReply('it holds several flags');
  const flag = atMostOne(identifiers[0], HL7, 'value')?.attributes.get('value');
  if (flag !== 'true') return { kind: 'not-verified' };
  if (number === undefined) throw unreadableReply('it confirms no valid NHS number');
  if (number !== request.nhsNumber) return { kind: 'other-number', nhsNumber: number };
  return { kind: 'found', nhsNumber: number };
}

function foundPerson(payload: XmlElement, request: TraceRequest, today: string): Answer {
  const { patient, number } = thePatient(payload, request);
  if (patient === undefined || number === undefined) {
    throw unreadableReply('it claims success without a valid NHS number');
  }
  if (asksAboutNumber(request) && number !== request.nhsNumber) {
    return { kind: 'other-number', nhsNumber: number };
  }
  return { kind: 'found', nhsNumber: number, ...detailsIn(patient, request, today) };
}

interface ThePatient {
  readonly patient?: XmlElement;
  readonly number?: NhsNumber;
}

/**
 * The one patient of a success, and the number when it is a valid one. Several patients, several
 * numbers, a patient who stands elsewhere than the schema says (in a history, in an element that we do
 * not know), or a number that is not the patient's own are refused rather than chosen from.
 */
function thePatient(payload: XmlElement, request: TraceRequest): ThePatient {
  const patients = descendants(payload, HL7, 'patient');
  const ids = nhsNumberIds(payload);
  const [patient] = patients;
  const [id] = ids;
  if (patients.length > 1 || ids.length > 1) throw unreadableReply('it holds several people');
  if (patient === undefined && id !== undefined) throw unreadableReply('its number is nobody’s');
  if (patient === undefined) return {};
  if (patient !== patientInPlace(payload, request)) {
    throw unreadableReply('its patient stands where none belongs');
  }
  if (id !== undefined && !patient.children.includes(id)) {
    throw unreadableReply('its number is not the patient’s');
  }
  const number = parseNhsNumber(attribute(id, 'extension') ?? '');
  return number === undefined ? { patient } : { patient, number };
}

/** COMT_MT000013, 14 and 16: only verifying puts the patient behind a flag. */
function patientInPlace(payload: XmlElement, { operation }: TraceRequest): XmlElement | undefined {
  const holder =
    operation === 'verifyNHSNumber'
      ? only(only(payload, HL7, 'component'), HL7, 'validIdentifier')
      : payload;
  return only(only(holder, HL7, 'subject'), HL7, 'patient');
}

function nhsNumberIds(payload: XmlElement): XmlElement[] {
  return descendants(payload, HL7, 'id').filter((id) => attribute(id, 'root') === NHS_NUMBER_OID);
}

/**
 * No example shows where the replacement stands, so every NHS number of the payload is a candidate,
 * and the verify flag is ignored. Only exactly one valid number other than the one sent is named.
 */
function superseded(payload: XmlElement, request: TraceRequest, today: string): Answer {
  const ids = nhsNumberIds(payload);
  const numbers = ids.map((id) => parseNhsNumber(attribute(id, 'extension') ?? ''));
  const candidates = new Set(numbers.filter((number) => number !== undefined));
  if (request.nhsNumber !== undefined) candidates.delete(request.nhsNumber);
  const [replacement] = candidates;
  if (replacement === undefined || candidates.size > 1) return { kind: 'superseded' };
  const patient = ids.length === 1 ? recordOf(ids[0], payload, request) : undefined;
  return { kind: 'superseded', replacement, ...survivingDetails(patient, request, today) };
}

/** The one patient, where the schema has it, whose own this number is: anybody else's details do not go with it. */
function recordOf(
  id: XmlElement | undefined,
  payload: XmlElement,
  request: TraceRequest,
): XmlElement | undefined {
  const [patient, another] = descendants(payload, HL7, 'patient');
  const isIts = id !== undefined && patient?.children.includes(id) === true;
  return isIts && another === undefined && patient === patientInPlace(payload, request)
    ? patient
    : undefined;
}

/** With DEMOG-0017 the surviving record may come along, or the bare number. */
function survivingDetails(
  patient: XmlElement | undefined,
  request: TraceRequest,
  today: string,
): { details?: PatientDetails } {
  const isRecord = patient?.children.some(({ namespace, name }) => {
    return namespace === HL7 && name !== 'id';
  });
  return patient !== undefined && isRecord ? detailsIn(patient, request, today) : {};
}

/** getNHSNumber and verifyNHSNumber bring no demographics back; if a provider adds some, they do not count. */
function detailsIn(
  patient: XmlElement,
  { operation }: TraceRequest,
  today: string,
): { details?: PatientDetails } {
  if (operation === 'getNHSNumber' || operation === 'verifyNHSNumber') return {};
  return { details: readPatientDetails(patient, today) };
}
