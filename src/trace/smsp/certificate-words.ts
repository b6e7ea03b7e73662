/** What is said of a certificate, and when it is said that it ends. */
import type { X509Certificate } from 'node:crypto';
import type { Check, Say } from '../../domain/check-up.ts';

const DAY_MS = 86_400_000;

/** So long before its end a certificate is warned of: time enough to be given another. */
const WARN_MS = 30 * DAY_MS;

/** `2026-12-10 09:00 UTC` */
export function utcMinute(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Whether it may be used at a time, and for how long yet. `whose`: `the client's certificate`. */
export function periodCheck(
  say: Say,
  whose: string,
  { validFromDate, validToDate }: X509Certificate,
  now: Date,
  mend: string,
): Check {
  const period = `${whose} begins ${utcMinute(validFromDate)}, ends ${utcMinute(validToDate)}`;
  if (now < validFromDate) {
    return say.fault(
      `${period}: it is not valid yet`,
      "check this machine's clock; else wait, or use the certificate before it",
    );
  }
  const leftMs = validToDate.getTime() - now.getTime();
  if (leftMs <= 0) return say.fault(`${period}: it has ended`, mend);
  const left = `${period}, ${inDays(leftMs)}`;
  return leftMs < WARN_MS ? say.warning(left, mend) : say.ok(left);
}

/** A warning for the log, when it ends within 30 days or has ended. */
export function endNotice(
  whose: string,
  { validToDate }: X509Certificate,
  now: Date,
): string | undefined {
  const leftMs = validToDate.getTime() - now.getTime();
  if (leftMs >= WARN_MS) return undefined;
  const when = utcMinute(validToDate);
  return leftMs <= 0 ? `${whose} ended ${when}` : `${whose} ends ${when}, ${inDays(leftMs)}`;
}

function inDays(ms: number): string {
  const days = Math.floor(ms / DAY_MS);
  if (days === 0) return 'within a day';
  return days === 1 ? 'in 1 day' : `in ${days} days`;
}

const LONGEST_NAME = 60;

/** The name that an authority goes by, cut to 60 characters. It may hold anything: to be made printable. */
export function issuerOf({ issuer }: X509Certificate): string {
  const name = /^CN=(.*)$/m.exec(issuer)?.[1] ?? /^O=(.*)$/m.exec(issuer)?.[1] ?? issuer;
  return name.slice(0, LONGEST_NAME);
}
