/** Draws a request, a reply that fits it (every operation, every code), and damage to that reply. */
import { OPERATIONS, type TraceRequest } from '../../../src/domain/trace.ts';
import {
  DETAILS_ROOT,
  faultReply,
  localId,
  nhsId,
  PERSON,
  payload,
  SEARCH_ROOT,
  subject,
  VERIFY_ROOT,
  validIdentifier,
  wrapped,
} from '../../trace/smsp/support/replies.ts';
import {
  aRequest,
  MESSAGE_ID,
  NUMBER,
  OTHER_NUMBER,
  without,
} from '../../trace/smsp/support/values.ts';
import type { Random } from '../random.ts';
import { encoded } from './encode-reply.ts';
import { mutateReply } from './mutate-reply.ts';

export interface DrawnReply {
  readonly request: TraceRequest;
  readonly bytes: Buffer;
  readonly isDamaged: boolean;
}

/** Numbers that a reply may name: ours, others, and some that cannot be. */
export const NUMBERS = [
  NUMBER,
  NUMBER,
  OTHER_NUMBER,
  '9992468130',
  '9990123455',
  '999 012 3454',
  '',
] as const;

export const CODES = [
  ...['SMSP-0000', 'SMSP-0000', 'SMSP-0000', 'DEMOG-0001', 'DEMOG-0007', 'DEMOG-0017'],
  ...['DEMOG-0022', 'DEMOG-0040', 'DEMOG-0042', 'DEMOG-9999', 'SMSP-0001', 'SMSP-0002'],
  ...['SMSP-0003', 'SMSP-0004', 'SMSP-0005', 'SMSP-9999'],
] as const;

const FLAGS = ['true', 'true', 'true', 'false', '', 'TRUE'] as const;

const REQUESTS = OPERATIONS.flatMap((operation) => {
  const whole = aRequest({ operation });
  const isSearch = operation === 'getNHSNumber' || operation === 'getPatientDetailsBySearch';
  if (operation === 'getPatientDetails') return [whole, without(whole, 'nhsNumber')];
  return [isSearch ? without(whole, 'nhsNumber') : whole];
});

export function drawReply(random: Random): DrawnReply {
  const request = REQUESTS[random.int(REQUESTS.length)] ?? aRequest();
  const whole = goodReply(random, request);
  if (random.chance(0.05)) return { request, bytes: encoded(random, whole), isDamaged: false };
  const spare = random.chance(0.3) ? goodReply(random, request) : whole;
  return { request, bytes: mutateReply(random, whole, spare), isDamaged: true };
}

/** One that a provider might send, for this request or for one much like it. */
function goodReply(random: Random, { operation }: TraceRequest): string {
  if (random.chance(0.03))
    return faultReply({ itkCode: random.pick(['1000', '2100', '3000', '']) });
  const code = CODES[random.int(CODES.length)] ?? 'SMSP-0000';
  const number = random.chance(0.7) ? NUMBER : random.pick(NUMBERS);
  const header = random.chance(0.1) ? `<wsa:RelatesTo>${MESSAGE_ID}</wsa:RelatesTo>` : '';
  const hasResult = code === 'SMSP-0000' || random.chance(0.5);
  const result = hasResult ? resultOf(random, operation, number) : '';
  return wrapped(payload(rootOf(operation), code, result), header);
}

function rootOf(operation: string): string {
  if (operation === 'verifyNHSNumber') return VERIFY_ROOT;
  return operation === 'getNHSNumber' ? SEARCH_ROOT : DETAILS_ROOT;
}

function resultOf(random: Random, operation: string, number: string): string {
  if (operation === 'verifyNHSNumber') {
    return validIdentifier(`<value value="${random.pick(FLAGS)}"/>`, nhsId(number));
  }
  const ids = nhsId(number) + (random.chance(0.7) ? localId() : '');
  return subject(operation === 'getNHSNumber' ? ids : ids + PERSON);
}
