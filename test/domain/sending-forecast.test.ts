import { expect, it } from 'vitest';
import { forecastWords } from '../../src/domain/sending-forecast.ts';
import { parseSendingHours, type SendingRules } from '../../src/domain/sending-hours.ts';

const NOON = Date.parse('2026-11-20T12:00:00Z');

it.each([
  ['neither hours nor a limit', 1000, {}, undefined],
  ['one evening', 5 * 3600, { window: '19:00-07:00' }, 'Fri 20 Nov 2026, 20:00'],
  ['a night and a bit', 5 * 3600 * 13, { window: '19:00-07:00' }, 'Sat 21 Nov 2026, 20:00'],
  ['a daily limit', 250_000, { dailyLimit: 100_000 }, 'Sun 22 Nov 2026, 02:46'],
  // 90,000 until midnight; the limit ends the next day at 05:33; the rest after the midnight that follows.
  ['both', 200_000, { window: '19:00-07:00', dailyLimit: 100_000 }, 'Sun 22 Nov 2026, 00:33'],
  [
    'hours of another zone',
    5 * 3600,
    { window: '19:00-07:00 America/New_York' },
    'Fri 20 Nov 2026, 20:00',
  ],
  ['too long', 1_000_000, { dailyLimit: 10 }, 'more than a year'],
  ['nothing to send', 0, { window: '19:00-07:00' }, 'Fri 20 Nov 2026, 19:00'],
])(
  '%s',
  (_what, requests, { window, ...rest }: { window?: string; dailyLimit?: number }, words) => {
    const rules: SendingRules = {
      ...rest,
      ...(window === undefined ? {} : { hours: hoursOf(window) }),
    };

    const said = forecastWords(requests, 5, rules, NOON);

    if (words === undefined) expect(said).toBeUndefined();
    else expect(said).toContain(words);
  },
);

function hoursOf(text: string) {
  const read = parseSendingHours(text);
  if ('fault' in read) throw new Error(read.fault);
  return read;
}
