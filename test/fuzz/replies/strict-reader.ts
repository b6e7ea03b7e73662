/**
 * Says what a reply states, or that it is no acceptable one. Written from the interface alone, with
 * libxml2 and XPath; it shares nothing with the client but what a request looks like.
 */
import { ParseOption, XmlDocument } from 'libxml2-wasm';
import type { TraceRequest } from '../../../src/domain/trace.ts';
import {
  KINDS,
  NAMESPACES,
  NHS,
  ONE_FLAG,
  PAYLOAD,
  PERSON_ONCE,
  ROOTS,
  SHAPE,
  SUCCESS,
} from './strict-rules.ts';

/** One line for one person: the same for everybody who reads the same reply rightly. */
export type Statement =
  | { readonly kind: 'unacceptable'; readonly why: string }
  | {
      readonly kind: string;
      readonly nhsNumber?: string;
      readonly person?: string;
    };

export function readStrictly(
  bytes: Uint8Array,
  request: TraceRequest,
  messageId: string,
): Statement {
  const document = parse(bytes);
  if (document === undefined) return unacceptable('not XML');
  try {
    return stated(document, request, messageId);
  } finally {
    document.dispose();
  }
}

function parse(bytes: Uint8Array): XmlDocument | undefined {
  const options = ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NONET;
  try {
    const document = XmlDocument.fromBuffer(...asLibxmlLikesIt(bytes, options));
    // 1.1 is said in a warning only; a prefix without namespace is an error already.
    if (document.dtd === null && document.version === '1.0') return document;
    document.dispose();
    return undefined;
  } catch {
    return undefined;
  }
}

/**
 * Two dialects that libxml2 does not know: what is called UTF-16 and is not (.NET), and what is called
 * ISO-8859-1 or ASCII and is windows-1252, as every browser reads it.
 */
function asLibxmlLikesIt(
  bytes: Uint8Array,
  option: ParseOption,
): [Uint8Array, { readonly option: ParseOption }] {
  const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const declared = /^<\?xml\s[^>]*?\sencoding\s*=\s*(["'])([\w.-]+)\1/.exec(start)?.[2];
  if (declared === undefined) return [bytes, { option }];
  const ignoring = { option: option | ParseOption.XML_PARSE_IGNORE_ENC };
  if (/^utf-?16/i.test(declared)) return [bytes, ignoring];
  if (!/^(?:iso-8859-1|latin1|us-ascii|ascii|windows-1252)$/i.test(declared)) {
    return [bytes, { option }];
  }
  const text = new TextDecoder('windows-1252').decode(bytes);
  return [Buffer.from(text, 'utf8'), ignoring];
}

function stated(document: XmlDocument, request: TraceRequest, messageId: string): Statement {
  const place = `${PAYLOAD}/${request.operation === 'verifyNHSNumber' ? 'h:component/h:validIdentifier/' : ''}h:subject/h:patient`;
  const ask = (xpath: string): string => String(document.eval(filled(xpath, place), NAMESPACES));
  const broken = (rules: readonly (readonly [string, string])[]): string | undefined =>
    rules.find(([, test]) => ask(test) !== 'true')?.[0];

  const shape = broken(SHAPE);
  if (shape !== undefined) return unacceptable(shape);
  const root = ROOTS[request.operation] ?? 'getPatientDetailsResponse-v1-0';
  if (ask('local-name($)') !== root || ask('namespace-uri($)') !== NAMESPACES.h)
    return unacceptable('another operation');
  if (isForAnother(document, request, messageId)) return unacceptable('another message or row');

  const kind = KINDS[ask('normalize-space($/h:value/@code)')];
  if (kind === undefined) return unacceptable('no answer');
  if (kind === 'superseded') return superseded(document, request, ask);
  if (kind !== 'success') return { kind };
  const rules = request.operation === 'verifyNHSNumber' ? [...SUCCESS, ...ONE_FLAG] : SUCCESS;
  return broken(rules) === undefined ? success(request, ask) : unacceptable('success of whom');
}

function filled(xpath: string, place: string): string {
  return xpath.replaceAll('$', PAYLOAD).replaceAll('PLACE', place);
}

function isForAnother(document: XmlDocument, request: TraceRequest, messageId: string): boolean {
  const related = document.find('/s:Envelope/s:Header/wsa:RelatesTo', NAMESPACES).some((node) => {
    const text = node.content.trim().toUpperCase();
    return text !== '' && text.replace(/^(URN:)?UUID:/, '') !== messageId;
  });
  const echoes = document.find(`${PAYLOAD}//h:patient/h:id[not(${NHS})]/@extension`, NAMESPACES);
  return (
    related || echoes.some((echo) => !['', request.localIdentifier].includes(echo.content.trim()))
  );
}

function superseded(
  document: XmlDocument,
  request: TraceRequest,
  ask: (xpath: string) => string,
): Statement {
  const ids = document.find(`${PAYLOAD}//h:id[${NHS}]/@extension`, NAMESPACES);
  const others = new Set(
    ids
      .map(({ content }) => validNumber(content))
      .filter((n) => n !== undefined && n !== request.nhsNumber),
  );
  const [nhsNumber] = others;
  if (nhsNumber === undefined || others.size > 1) return { kind: 'superseded' };
  const hasRecord = ask(
    `count($//h:patient)=1 and count($//h:id[${NHS}])=1 and boolean($//h:patient/h:*[local-name()!='id'])`,
  );
  const isDetails = !(request.operation in ROOTS);
  if (hasRecord !== 'true' || !isDetails) return { kind: 'superseded', nhsNumber };
  const person = personAt('$//h:patient', ask);
  return person === undefined
    ? unacceptable('which person')
    : { kind: 'superseded', nhsNumber, person };
}

function success(request: TraceRequest, ask: (xpath: string) => string): Statement {
  const isVerify = request.operation === 'verifyNHSNumber';
  if (isVerify && ask('string($//h:validIdentifier/h:value/@value)') !== 'true') {
    return { kind: 'not-verified' };
  }
  const nhsNumber = validNumber(ask(`string(PLACE/h:id[${NHS}]/@extension)`));
  if (nhsNumber === undefined) return unacceptable('no number');
  const isAbout = isVerify || request.operation.endsWith('ByNHSNumber');
  const isAsked = request.operation === 'getPatientDetails' && request.nhsNumber !== undefined;
  if ((isAbout || isAsked) && nhsNumber !== request.nhsNumber) {
    return { kind: 'other-number', nhsNumber };
  }
  if (request.operation in ROOTS) return { kind: 'found', nhsNumber };
  const person = personAt('PLACE', ask);
  return person === undefined ? unacceptable('which person') : { kind: 'found', nhsNumber, person };
}

/** Undefined when something is there twice, or a name is no text. */
function personAt(patient: string, ask: (xpath: string) => string): string | undefined {
  if (PERSON_ONCE.some((part) => ask(`count(${patient}/${part})<2`) !== 'true')) return undefined;
  const texts = ask(
    `not(${patient}/h:name/h:*[self::h:family or self::h:given or self::h:prefix]/* or ${patient}/h:addr/*[self::h:postalCode or self::h:streetAddressLine]/*)`,
  );
  if (texts !== 'true') return undefined;
  return [
    ask(`normalize-space(${patient}/h:name/h:family)`),
    ask(`normalize-space(${patient}/h:name/h:given[1])`),
    ask(`count(${patient}/h:name/h:given)`),
    ask(`normalize-space(${patient}/h:patientPerson/h:birthTime/@value)`),
    ask(`count(${patient}/h:patientPerson/h:deceasedTime)`),
  ].join('|');
}

/** NHS Data Dictionary, in its own words: weigh, remainder, 11 less that. */
function validNumber(text: string): string | undefined {
  const digits = text.replaceAll(/[ \t\r\n-]/g, '');
  if (!/^[0-9]{10}$/.test(digits)) return undefined;
  const weighed = [10, 9, 8, 7, 6, 5, 4, 3, 2].map((weight, at) => weight * Number(digits[at]));
  const check = 11 - (weighed.reduce((sum, part) => sum + part, 0) % 11);
  const isRight = check !== 10 && check % 11 === Number(digits[9]);
  return isRight && !NEVER_ISSUED.has(digits) ? digits : undefined;
}

const NEVER_ISSUED = new Set([
  ...Array.from({ length: 10 }, (_, digit) => String(digit).repeat(10)),
  '0123456789',
  '9876543210',
]);

function unacceptable(why: string): Statement {
  return { kind: 'unacceptable', why };
}
