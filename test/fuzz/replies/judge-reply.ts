/** Holds what the client makes of a reply against what the strict reader finds in it. */
import type { Answer, TraceReply } from '../../../src/domain/trace.ts';
import { BusyError, FatalError, RetryableError, UnansweredError } from '../../../src/errors.ts';
import { MESSAGE_ID } from '../../trace/smsp/support/values.ts';
import type { DrawnReply } from './draw-reply.ts';
import { readStrictly } from './strict-reader.ts';

/** Undefined when the reply was rightly believed, or rightly refused. */
export function believedFault(
  { request, bytes }: Pick<DrawnReply, 'request' | 'bytes'>,
  { answer }: TraceReply,
): string | undefined {
  const strict = readStrictly(bytes, request, MESSAGE_ID);
  if ('why' in strict) return `believed ${answer.kind}, although: ${strict.why}`;
  const [client, reader] = [
    lineOf(answer),
    [strict.kind, strict.nhsNumber, strict.person].join(' '),
  ];
  return client === reader ? undefined : `the client says ${client}, the strict reader ${reader}`;
}

/** A refusal is one of ours; and what is not damaged, and an answer, is not refused. */
export function refusedFault(
  { request, bytes, isDamaged }: DrawnReply,
  error: unknown,
): string | undefined {
  const isOurs =
    error instanceof RetryableError ||
    error instanceof BusyError ||
    error instanceof UnansweredError ||
    error instanceof FatalError;
  if (!isOurs) return `crashed: ${error instanceof Error ? error.stack : error}`;
  if (isDamaged || 'why' in readStrictly(bytes, request, MESSAGE_ID)) return undefined;
  return `refused a good reply: ${error.message}`;
}

function lineOf(answer: Answer): string {
  const nhsNumber = answer.kind === 'superseded' ? answer.replacement : numberOf(answer);
  const details =
    answer.kind === 'found' || answer.kind === 'superseded' ? answer.details : undefined;
  const person =
    details &&
    [
      details.familyName ?? '',
      details.givenNames[0] ?? '',
      details.givenNames.length,
      details.birthDate ?? '',
      details.deathDate === undefined ? 0 : 1,
    ].join('|');
  return [answer.kind, nhsNumber, person].join(' ');
}

function numberOf(answer: Answer): string | undefined {
  return answer.kind === 'found' || answer.kind === 'other-number' ? answer.nhsNumber : undefined;
}
