/** Whole replies: SOAP envelope, addressing header, ITK distribution envelope or fault. */
import type { Answer } from './answer-query.ts';
import type { Dialect } from './dialect.ts';
import { escapeXml } from './escape-xml.ts';
import { errorText, type Fault } from './fault.ts';
import { ITK, SERVICES, SOAP, TOOLKIT_ERROR_OID, WSA } from './wire-names.ts';
import { writePayload } from './write-payload.ts';

export interface ReplySettings {
  readonly dialect: Dialect;
  /** Gives a new UUID, in either case, at each call. */
  readonly newId: () => string;
}

/** A business answer. `relatesTo` is written where the dialect does that, or when it is forced. */
export function writeReply(
  answer: Answer,
  settings: ReplySettings,
  relatesTo?: string | undefined,
): string {
  const { dialect } = settings;
  const { itk } = dialect;
  const newId = idWriter(settings);
  const { action, responseProfile } = SERVICES[answer.operation];
  const replyAction = dialect.replyAction === 'profile' ? responseProfile : `${action}Response`;
  const payloadId = `uuid_${newId()}`;
  const body =
    `<${itk}:DistributionEnvelope>` +
    `<${itk}:header service="${replyAction}" trackingid="${newId()}"><${itk}:manifest count="1">` +
    `<${itk}:manifestitem id="${payloadId}" mimetype="text/xml" profileid="${responseProfile}"` +
    ` base64="false" compressed="false" encrypted="false"/></${itk}:manifest></${itk}:header>` +
    `<${itk}:payloads count="1"><${itk}:payload id="${payloadId}">` +
    writePayload(answer, dialect, newId()) +
    `</${itk}:payload></${itk}:payloads></${itk}:DistributionEnvelope>`;
  return writeEnvelope(newId(), replyAction, body, dialect, relatesTo);
}

const FAULT_ACTION = `${WSA}/soap/fault`;
const ADDRESSING_FAULT_ACTION = `${WSA}/fault`;

/** A rejection, by SOAP 1.1 and the ITK toolkit error structure. */
export function writeFault(fault: Fault, settings: ReplySettings): string {
  const { dialect } = settings;
  const { itk, soap } = dialect;
  const newId = idWriter(settings);
  const prefix = dialect.isFaultCodePrefixed ? `${soap}:` : '';
  const system = dialect.isErrorSystemWritten ? ` codeSystem="${TOOLKIT_ERROR_OID}"` : '';
  const text = errorText(fault.errorCode);
  const body =
    `<${soap}:Fault><faultcode>${prefix}${fault.faultCode}</faultcode>` +
    `<faultstring>${text}</faultstring><detail><${itk}:ToolkitErrorInfo>` +
    `<${itk}:ErrorID>${newId()}</${itk}:ErrorID>` +
    `<${itk}:ErrorCode${system}>${escapeXml(fault.errorCode)}</${itk}:ErrorCode>` +
    `<${itk}:ErrorText>${text}</${itk}:ErrorText>` +
    `<${itk}:ErrorDiagnosticText>${escapeXml(fault.diagnostic)}</${itk}:ErrorDiagnosticText>` +
    `</${itk}:ToolkitErrorInfo></detail></${soap}:Fault>`;
  const isAddressing = fault.faultCode === 'MustUnderstand';
  const action = isAddressing ? ADDRESSING_FAULT_ACTION : FAULT_ACTION;
  return writeEnvelope(newId(), action, body, dialect, undefined);
}

function idWriter({ dialect, newId }: ReplySettings): () => string {
  return dialect.isUpperCase ? () => newId().toUpperCase() : () => newId().toLowerCase();
}

function writeEnvelope(
  messageId: string,
  action: string,
  body: string,
  { soap, itk }: Dialect,
  relatesTo: string | undefined,
): string {
  const related =
    relatesTo === undefined ? '' : `<wsa:RelatesTo>${escapeXml(relatesTo)}</wsa:RelatesTo>`;
  return (
    `<?xml version='1.0' encoding='UTF-8'?>` +
    `<${soap}:Envelope xmlns:${soap}="${SOAP}" xmlns:wsa="${WSA}" xmlns:${itk}="${ITK}">` +
    `<${soap}:Header><wsa:MessageID>${messageId}</wsa:MessageID>` +
    `<wsa:Action>${action}</wsa:Action>${related}</${soap}:Header>` +
    `<${soap}:Body>${body}</${soap}:Body></${soap}:Envelope>`
  );
}
