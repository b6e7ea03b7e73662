/** What an HTTP status says when the body does not say more. */
import { BusyError, FatalError, RetryableError, UnansweredError } from '../../errors.ts';

/**
 * The failure that a status stands for; `undefined` for 200.
 * Stops the run when every row would meet the same: not authorised, redirected (never followed:
 * demographics go to the address that was configured and to no other), or sent to an address that
 * does not take our messages. A status that may judge the content of one message (400, 413, 422 …)
 * leaves that row unanswered.
 */
export function statusFailure(
  status: number,
  retryAfter: string | undefined,
  now: Date,
): Error | undefined {
  if (status === 200) return undefined;
  const code = `HTTP-${status}`;
  if (BUSY.has(status)) return new BusyError(code, retryAfterMs(retryAfter, now));
  if (PASSING.has(status)) return new RetryableError(code, `${code} instead of an answer`);
  if (MENDS.has(status) || (status >= 300 && status < 400)) {
    return new FatalError(code, `${code} instead of an answer: ${MENDS.get(status) ?? REDIRECTED}`);
  }
  if (status > 505)
    return new RetryableError(code, `${code}: the server failed`, { maxRetries: 1 });
  return new UnansweredError(code, `${code} instead of an answer`);
}

const BUSY = new Set([429, 503]);
const PASSING = new Set([408, 425, 502, 504]);
const REDIRECTED = 'the provider has another address; redirects are not followed';
const ADDRESS = 'the endpoint does not take our messages; check its address and path';
const MENDS: ReadonlyMap<number, string> = new Map([
  [401, 'not authorised; check the client certificate and the registration of the endpoint'],
  [403, 'not authorised; check the client certificate and the registration of the endpoint'],
  [404, ADDRESS],
  [405, ADDRESS],
  [406, ADDRESS],
  [407, 'a proxy asks for credentials'],
  [410, ADDRESS],
  [415, ADDRESS],
  [421, ADDRESS],
  [426, ADDRESS],
]);

/** Waiting longer is pointless: asking again costs one request and shows whether it still holds. */
const LONGEST_WAIT_MS = 15 * 60_000;

/**
 * The delay that a Retry-After header asks for (RFC 9110, section 10.2.3): seconds or a date. At
 * most 15 minutes; 0 for a date in the past; `undefined` when it is absent or neither.
 */
export function retryAfterMs(header: string | undefined, now: Date): number | undefined {
  const text = header?.trim() ?? '';
  const delay = /^\d+$/.test(text)
    ? Number(text) * 1000
    : (httpDate(text) ?? Number.NaN) - now.getTime();
  return Number.isNaN(delay) ? undefined : Math.min(Math.max(delay, 0), LONGEST_WAIT_MS);
}

/** Only `Sun, 06 Nov 1994 08:49:37 GMT`: Date.parse alone would also read `-5` as a date. */
function httpDate(text: string): number | undefined {
  return /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)
    ? Date.parse(text)
    : undefined;
}
