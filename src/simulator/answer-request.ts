/** The reply to a received request: the right one, or the one a scripted fault puts in its place. */
import {
  type Answer,
  type AnswerSettings,
  answerQuery,
  personAnswer,
  plainAnswer,
} from './answer-query.ts';
import type { Deed } from './deeds.ts';
import type { Fault } from './fault.ts';
import type { Matcher } from './match-person.ts';
import type { Query } from './query.ts';
import type { ReceivedRequest } from './receive-request.ts';
import { type ReplySettings, writeFault, writeReply } from './write-reply.ts';

export interface Reply {
  readonly httpStatus: number;
  readonly body: string;
  /** Response code, or `ITK-` and the error code. */
  readonly code: string;
  readonly reason?: string | undefined;
}

export interface ReplyContext extends AnswerSettings, ReplySettings {
  readonly matcher: Matcher;
}

/** `deed` has a say when it is one that changes what a reply contains. */
export function answerRequest(
  received: ReceivedRequest,
  context: ReplyContext,
  deed?: Deed | undefined,
): Reply {
  if (deed?.kind === 'itk_fault') return scriptedFault(deed, context);
  const { operation, query, fault, invalidPayload } = received;
  if (fault !== undefined) return faultReply(fault, 500, context);
  if (query === undefined) {
    const answer = plainAnswer(operation ?? 'verifyNHSNumber', 'SMSP-0001');
    return { ...businessReply(answer, received, context), reason: invalidPayload?.reason };
  }
  const right = answerQuery(query, context.matcher, context);
  return businessReply(alter(right, query, context.matcher, deed), received, context, deed);
}

function faultReply(fault: Fault, httpStatus: number, context: ReplyContext): Reply {
  const body = writeFault(fault, context);
  return { httpStatus, body, code: `ITK-${fault.errorCode}`, reason: fault.diagnostic };
}

function scriptedFault(deed: Deed & { kind: 'itk_fault' }, context: ReplyContext): Reply {
  const faultCode = deed.code.startsWith('2') ? 'Server' : 'Client';
  const fault: Fault = { faultCode, errorCode: deed.code, diagnostic: 'scripted fault' };
  return faultReply(fault, deed.at_status, context);
}

function businessReply(
  answer: Answer,
  { messageId }: ReceivedRequest,
  context: ReplyContext,
  deed?: Deed | undefined,
): Reply {
  const isWrong = deed?.kind === 'wrong_relates_to';
  const right = context.dialect.isRelated ? messageId : undefined;
  const relatesTo = isWrong ? context.newId().toUpperCase() : right;
  return { httpStatus: 200, body: writeReply(answer, context, relatesTo), code: answer.code };
}

function alter(right: Answer, query: Query, matcher: Matcher, deed: Deed | undefined): Answer {
  if (deed?.kind === 'response_code') return withCode(right, query, deed);
  return deed?.kind === 'wrong_person' ? forAnother(right, query, matcher, deed.wrong) : right;
}

/** SMSP-0003 is an answer from the provider's own store: it comes with the data. */
function withCode(right: Answer, query: Query, deed: Deed & { kind: 'response_code' }): Answer {
  const { code, valid } = deed;
  if (code === 'SMSP-0003') return { ...right, code };
  const plain = plainAnswer(right.operation, code);
  if (valid === undefined || right.operation !== 'verifyNHSNumber') return plain;
  return { ...plain, nhsNumber: query.nhsNumber, validity: valid };
}

/** verifyNHSNumber sends no local identifier back, so there that fault has nothing to change. */
function forAnother(
  right: Answer,
  query: Query,
  matcher: Matcher,
  wrong: 'nhs_number' | 'local_identifier',
): Answer {
  if (wrong === 'local_identifier') {
    const { localIdentifier } = right;
    if (localIdentifier === undefined) return right;
    const extension = `OTHER-${localIdentifier.extension}`;
    return { ...right, localIdentifier: { ...localIdentifier, extension } };
  }
  const other = matcher.otherThan(right.nhsNumber ?? query.nhsNumber ?? '');
  return other === undefined ? right : personAnswer(query, 'SMSP-0000', other);
}
