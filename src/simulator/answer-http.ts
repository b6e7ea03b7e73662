/** One HTTP exchange: method and path, body, scripted faults, reply, journal. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { answerRequest, type ReplyContext } from './answer-request.ts';
import type { ChosenFaults, FaultChooser } from './choose-faults.ts';
import type { JournalEntry } from './journal.ts';
import { createQuestionDigest } from './question-digest.ts';
import { readBody } from './read-body.ts';
import { type ReceivedRequest, receiveRequest } from './receive-request.ts';
import type { RuleSettings } from './rule.ts';
import { playOnConnection, type Sent, sendReply, sendStatus } from './send-reply.ts';

/** Milliseconds since 1970. */
export type Clock = () => number;

export interface ListenerSettings {
  readonly path: string;
  readonly clock: Clock;
  /** Seconds since the start. */
  readonly second: () => number;
  readonly faults: FaultChooser;
  /** Ends every wait. */
  readonly stopped: AbortSignal;
  readonly journal: (entry: JournalEntry) => void;
  readonly latencyMs: number;
  readonly maxBodyBytes: number;
  readonly isKeepAlive: boolean;
  readonly rules: Omit<RuleSettings, 'soapAction' | 'nowMs'>;
  readonly replies: ReplyContext;
}

/** What an exchange came to: what was asked, as far as that became known, and what went out. */
type Outcome = Sent &
  Pick<ReceivedRequest, 'operation' | 'messageId'> &
  Pick<JournalEntry, 'question'>;

const digestOf = createQuestionDigest();

const UUID = /^[A-Za-z:_]*[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/;

/** Answers every request in one way or another, and writes each into the journal once. */
export function createListener(settings: ListenerSettings): RequestListener {
  let requests = 0;
  return (request, response) => {
    const at = settings.clock();
    requests += 1;
    response.on('error', () => response.destroy());
    if (!settings.isKeepAlive) response.setHeader('Connection', 'close');
    exchange(request, response, requests, settings)
      .catch((): Outcome => failed(response))
      .then((outcome) => settings.journal(journalEntry(at, outcome)))
      .catch(() => response.destroy());
  };
}

/** A message id goes into the journal only when it is one: anything could stand in its place. */
function journalEntry(at: number, outcome: Outcome): JournalEntry {
  const { operation, messageId, question, httpStatus, code, reason } = outcome;
  const id = messageId !== undefined && UUID.test(messageId) ? messageId : undefined;
  return { at, operation, messageId: id, question, httpStatus, code, reason };
}

async function exchange(
  request: IncomingMessage,
  response: ServerResponse,
  requestNumber: number,
  settings: ListenerSettings,
): Promise<Outcome> {
  const second = settings.second();
  const body = await readBody(request, settings.maxBodyBytes);
  if (body === 'aborted') return { httpStatus: 0, code: 'aborted' };
  const refused = refuse(request, response, body, settings.path);
  if (refused !== undefined) return refused;
  const received = receive(request, body as Buffer, settings);
  const { operation, messageId, query } = received;
  const chosen = settings.faults.choose({ requestNumber, second, operation, query });
  const sent = await play(received, chosen, response, settings);
  return { ...sent, operation, messageId, question: query && digestOf(query) };
}

/** Answers that have nothing to do with SOAP; a wrong path is a 500, as the ITK workbench has it. */
function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer | 'too-large',
  path: string,
): Sent | undefined {
  if (body === 'too-large') {
    response.setHeader('Connection', 'close');
    return sendStatus(response, 413);
  }
  if (request.method !== 'POST') {
    response.setHeader('Allow', 'POST');
    return sendStatus(response, 405);
  }
  if (request.url?.split('?')[0] === path) return undefined;
  response.writeHead(500, { 'Content-Type': 'text/plain' }).end('Bad path');
  return { httpStatus: 500, code: 'HTTP-500', reason: 'the path is not that of the service' };
}

function receive(
  request: IncomingMessage,
  body: Buffer,
  { rules, clock }: ListenerSettings,
): ReceivedRequest {
  const soapAction = request.headers['soapaction'];
  const header = Array.isArray(soapAction) ? soapAction[0] : soapAction;
  return receiveRequest(header, body, { ...rules, nowMs: clock() });
}

async function play(
  received: ReceivedRequest,
  { waitMs, deed }: ChosenFaults,
  response: ServerResponse,
  { latencyMs, stopped, replies }: ListenerSettings,
): Promise<Sent> {
  const totalMs = waitMs + latencyMs;
  if (totalMs > 0) await wait(totalMs, undefined, { signal: stopped });
  if (response.destroyed) return { httpStatus: 0, code: 'aborted' };
  const played = deed && playOnConnection(response, deed);
  if (played !== undefined) return played;
  const reply = answerRequest(received, replies, deed);
  return sendReply(response, reply, replies.dialect.contentType, deed);
}

/** The server is closing, or something here is wrong: the client learns that it got no answer. */
function failed(response: ServerResponse): Outcome {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return { httpStatus: 0, code: 'aborted' };
  }
  return sendStatus(response, 500);
}
