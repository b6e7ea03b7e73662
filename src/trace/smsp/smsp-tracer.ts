/** The adapter for a Spine Mini Service Provider: one question, one SOAP exchange, one answer. */
import type { TraceReply, TraceRequest } from '../../domain/trace.ts';
import { RetryableError, UnsendableError } from '../../errors.ts';
import { readXml, type XmlElement, XmlReadError } from '../../lib/xml-read.ts';
import { writeXml, XmlCharacterError } from '../../lib/xml-write.ts';
import type { Tracer } from '../tracer.ts';
import { decodeXml } from './decode-xml.ts';
import { soapBody, soapEnvelope } from './envelope.ts';
import { faultError, readFault } from './faults.ts';
import { statusFailure } from './http-status.ts';
import { distributionEnvelope } from './itk-wrapper.ts';
import { createNotices, type OnNotice } from './notices.ts';
import { OPERATION_MESSAGES } from './operations.ts';
import { readReply } from './replies.ts';
import { requestPayload } from './requests.ts';
import { checkSettings, type SmspSettings } from './settings.ts';
import { createSoapClient, type HttpReply, type SoapMessage } from './soap-client.ts';
import { unreadableReply } from './unreadable.ts';

export interface SmspTracerDependencies {
  readonly clock: () => Date;
  /** A new upper-case UUID for every call. */
  readonly newId: () => string;
  /** Told, once each, of what needs a person soon but does not stop a run. */
  readonly onNotice?: OnNotice;
}

/** Opens no connection yet. Throws ConfigError, with every fault of the settings. */
export function createSmspTracer(settings: SmspSettings, deps: SmspTracerDependencies): Tracer {
  checkSettings(settings);
  const notices = createNotices(deps.clock, deps.onNotice ?? (() => undefined));
  const client = createSoapClient(settings, notices);
  return {
    async ask(request, { messageId, signal, leave }) {
      signal.throwIfAborted();
      const message = requestMessage(request, settings, { ...deps, messageId });
      const sentMs = deps.clock().getTime();
      const reply = await client.post(message, signal, leave);
      const now = deps.clock();
      notices.onReply(reply.date, sentMs, now.getTime());
      return readHttpReply(reply, request, { messageId, now });
    },
    close: client.close,
  };
}

/**
 * The whole message as it is sent. Throws UnsendableError when the request cannot be sent as it is:
 * `incomplete-request`, `wildcard`, `unsendable-character`.
 */
export function requestMessage(
  request: TraceRequest,
  settings: SmspSettings,
  { clock, newId, messageId }: SmspTracerDependencies & { readonly messageId: string },
): SoapMessage {
  const messages = OPERATION_MESSAGES[request.operation];
  const { localIdentifierRoot } = settings;
  const payload = requestPayload(request, { payloadId: newId(), localIdentifierRoot });
  const ids = { trackingId: newId(), manifestId: newId() };
  const body = distributionEnvelope(payload, messages, settings, ids);
  const { action } = messages;
  const envelope = soapEnvelope(body, settings, { messageId, action, now: clock() });
  try {
    return { action, xml: writeXml(envelope) };
  } catch (error) {
    if (!(error instanceof XmlCharacterError)) throw error;
    throw new UnsendableError('unsendable-character', `${error.message}: nothing was sent`);
  }
}

/**
 * The answer in an HTTP reply. A fault comes first, whatever the status, for some providers send
 * faults with 200; then the status; then the payload. Throws what stands for "no answer".
 */
export function readHttpReply(
  reply: HttpReply,
  request: TraceRequest,
  sent: { readonly messageId: string; readonly now: Date },
): TraceReply {
  const { status, retryAfter } = reply;
  const failure = statusFailure(status, retryAfter, sent.now);
  const document = readDocument(reply);
  const fault = document instanceof Error ? undefined : faultIn(document);
  if (fault !== undefined) throw faultError(fault, status === 500 ? undefined : failure);
  if (failure !== undefined) throw failure;
  if (document instanceof Error) throw document;
  return readReply(document, request, sent);
}

function faultIn(document: XmlElement) {
  const body = soapBody(document);
  return body && readFault(body);
}

/** Returned, not thrown, because an unreadable body does not matter when the status says enough. */
function readDocument({ contentType, coding, body }: HttpReply): XmlElement | RetryableError {
  if (contentType !== undefined && !XML_TYPE.test(contentType)) {
    return unreadableReply('it is said to be something other than XML');
  }
  if (coding !== undefined && !/^identity$/i.test(coding)) {
    return unreadableReply('it is said to be encoded, which was not asked for');
  }
  try {
    return readXml(decodeXml(body), REPLY_LIMITS);
  } catch (error) {
    if (error instanceof RetryableError) return error;
    if (!(error instanceof XmlReadError)) throw error;
    return new RetryableError('unreadable-reply', error.message, { cause: error });
  }
}

/** Any XML type (RFC 7303), whatever charset it claims. */
const XML_TYPE = /^(?:text|application)\/(?:xml|[\w.-]+\+xml)[ \t]*(?:;[^,]*)?$/i;

/**
 * A reply has some 60 elements and 3,000 characters; what is kept of it must not fill a disk. SOAP 1.1,
 * section 3, forbids processing instructions.
 */
const REPLY_LIMITS = { maxElements: 2_000, maxInstructions: 0, maxTextLength: 100_000 };
