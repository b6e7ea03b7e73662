/** The HL7 payload of a reply: COMT_MT000013GB01, COMT_MT000014GB01 or COMT_MT000016GB01. */
import type { Answer } from './answer-query.ts';
import type { Dialect } from './dialect.ts';
import { escapeXml } from './escape-xml.ts';
import {
  HL7,
  MESSAGE_TYPE_OID,
  NHS_NUMBER_OID,
  SERVICES,
  VALID_IDENTIFIER_OID,
} from './wire-names.ts';
import { writeDetails } from './write-details.ts';

/** Id, code, response code, and the result part when the answer has one. */
export function writePayload(answer: Answer, dialect: Dialect, id: string): string {
  const p = dialect.hl7;
  const root = SERVICES[answer.operation].responseRoot;
  const declaration = p === '' ? `xmlns="${HL7}"` : `xmlns:${p.slice(0, -1)}="${HL7}"`;
  return (
    `<${p}${root} ${declaration} classCode="OBS" moodCode="EVN">` +
    `<${p}id root="${id}"/>` +
    `<${p}code code="${root}" codeSystem="${MESSAGE_TYPE_OID}"/>` +
    `<${p}value code="${escapeXml(answer.code)}" codeSystem="${dialect.codeSystem}"/>` +
    writeResult(answer, dialect) +
    `</${p}${root}>`
  );
}

function writeResult(answer: Answer, dialect: Dialect): string {
  if (answer.nhsNumber === undefined) return '';
  const p = dialect.hl7;
  const number = `<${p}id root="${NHS_NUMBER_OID}" extension="${escapeXml(answer.nhsNumber)}"/>`;
  if (answer.operation === 'verifyNHSNumber') return writeValidity(answer, number, p);
  const ids = [number, writeLocalIdentifier(answer, p)];
  if (dialect.isLocalFirst) ids.reverse();
  const details = answer.person === undefined ? '' : writeDetails(answer.person, p);
  return writeSubject(ids.join('') + details, p);
}

function writeValidity({ validity = 'false' }: Answer, number: string, p: string): string {
  return (
    `<${p}component typeCode="COMP"><${p}validIdentifier classCode="OBS" moodCode="EVN">` +
    `<${p}code code="VI" codeSystem="${VALID_IDENTIFIER_OID}"/>` +
    `<${p}value value="${escapeXml(validity)}"/>` +
    writeSubject(number, p) +
    `</${p}validIdentifier></${p}component>`
  );
}

function writeSubject(content: string, p: string): string {
  return (
    `<${p}subject typeCode="SBJ"><${p}patient classCode="PAT">${content}` +
    `</${p}patient></${p}subject>`
  );
}

function writeLocalIdentifier({ localIdentifier }: Answer, p: string): string {
  if (localIdentifier === undefined) return '';
  const { root, extension } = localIdentifier;
  return `<${p}id root="${escapeXml(root)}" extension="${escapeXml(extension)}"/>`;
}
