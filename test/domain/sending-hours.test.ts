import { describe, expect, it, test } from 'vitest';
import {
  parseSendingHours,
  pauseWords,
  type SendingHours,
  type SendingRules,
  sendingPeriod,
} from '../../src/domain/sending-hours.ts';
import { MINUTE_MS, wallTime } from '../../src/domain/wall-clock.ts';

const NIGHT = theHours('19:00-07:00 Europe/London');

describe('sending hours', () => {
  it.each([
    ['19:00-07:00 Europe/London', 1140, 420, 'Europe/London'],
    ['19:00-07:00', 1140, 420, 'Europe/London'],
    [' 9:30 - 17:00 Europe/Paris ', 570, 1020, 'Europe/Paris'],
    ['19:00-24:00 UTC', 1140, 1440, 'UTC'],
    ['00:00-24:00', 0, 1440, 'Europe/London'],
  ])('are read: %s', (text, fromMinute, toMinute, zone) => {
    expect(parseSendingHours(text)).toEqual({ fromMinute, toMinute, zone });
  });

  it.each([
    ['', 'two times of day'],
    ['at night', 'two times of day'],
    ['19:00', 'two times of day'],
    ['19-07 Europe/London', 'two times of day'],
    ['25:00-07:00', 'two times of day'],
    ['19:60-07:00', 'two times of day'],
    ['24:00-07:00', 'two times of day'],
    ['19:00-24:01', 'two times of day'],
    ['19:00-07:00 Europe/London daily', 'two times of day'],
    ['07:00-07:00 Europe/London', 'same time'],
    ['19:00-07:00 London', '"London" is no time zone'],
  ])('are refused with a reason: %s', (text, reason) => {
    expect(parseSendingHours(text)).toEqual({ fault: expect.stringContaining(reason) });
  });
});

describe('the period of an instant', () => {
  it.each([
    // what, hours, now, opens, until, day
    ['before', NIGHT, '2026-11-20T12:00:30Z', '2026-11-20T19:00Z', '2026-11-21T00:00Z', '20'],
    ['in the evening', NIGHT, '2026-11-20T20:15Z', '2026-11-20T20:15Z', '2026-11-21T00:00Z', '20'],
    ['at the opening', NIGHT, '2026-11-20T19:00Z', '2026-11-20T19:00Z', '2026-11-21T00:00Z', '20'],
    ['after midnight', NIGHT, '2026-11-21T00:00Z', '2026-11-21T00:00Z', '2026-11-21T07:00Z', '21'],
    ['at the end', NIGHT, '2026-11-21T07:00Z', '2026-11-21T19:00Z', '2026-11-22T00:00Z', '21'],
    ['in summer', NIGHT, '2026-07-01T12:00Z', '2026-07-01T18:00Z', '2026-07-01T23:00Z', '01'],
    // 29 March 2026: at 01:00 GMT the clocks show 02:00.
    ['before spring', NIGHT, '2026-03-28T12:00Z', '2026-03-28T19:00Z', '2026-03-29T00:00Z', '28'],
    [
      'in the short night',
      NIGHT,
      '2026-03-29T00:30Z',
      '2026-03-29T00:30Z',
      '2026-03-29T06:00Z',
      '29',
    ],
    ['after spring', NIGHT, '2026-03-29T12:00Z', '2026-03-29T18:00Z', '2026-03-29T23:00Z', '29'],
    // 25 October 2026: at 01:00 GMT the clocks show 01:00 again.
    ['before autumn', NIGHT, '2026-10-24T12:00Z', '2026-10-24T18:00Z', '2026-10-24T23:00Z', '24'],
    [
      'in the long night',
      NIGHT,
      '2026-10-25T00:30Z',
      '2026-10-25T00:30Z',
      '2026-10-25T07:00Z',
      '25',
    ],
    ['after autumn', NIGHT, '2026-10-25T12:00Z', '2026-10-25T19:00Z', '2026-10-26T00:00Z', '25'],
    [
      'that opens in the hour left out',
      theHours('01:30-05:00'),
      '2026-03-29T00:10Z',
      '2026-03-29T01:00Z',
      '2026-03-29T04:00Z',
      '29',
    ],
    [
      'that ends in the hour left out',
      theHours('22:00-01:30'),
      '2026-03-29T00:10Z',
      '2026-03-29T00:10Z',
      '2026-03-29T01:00Z',
      '29',
    ],
    [
      'in another zone',
      theHours('19:00-07:00 America/New_York'),
      '2026-11-20T12:30Z',
      '2026-11-21T00:00Z',
      '2026-11-21T12:00Z',
      '21',
    ],
    [
      'of the whole day',
      theHours('00:00-24:00'),
      '2026-11-20T12:00Z',
      '2026-11-20T12:00Z',
      '2026-11-21T00:00Z',
      '20',
    ],
    [
      'without hours',
      undefined,
      '2026-11-20T12:00Z',
      '2026-11-20T12:00Z',
      '2026-11-21T00:00Z',
      '20',
    ],
    [
      'without hours in summer',
      undefined,
      '2026-07-01T23:30Z',
      '2026-07-01T23:30Z',
      '2026-07-02T23:00Z',
      '02',
    ],
  ])('%s', (_what, hours, now, opens, until, day) => {
    const period = sendingPeriod(hours === undefined ? {} : { hours }, Date.parse(now));

    expect([iso(period.opensAtMs), iso(period.untilMs)]).toEqual(
      [opens, until].map(Date.parse).map(iso),
    );
    expect(period.day.slice(-2)).toBe(day);
  });

  it('knows where its day begins and ends, on the days on which the clocks are changed as well', () => {
    const dayOf = (now: string): string[] => {
      const { dayStartsMs, dayEndsMs } = sendingPeriod({}, Date.parse(now));
      return [iso(dayStartsMs), iso(dayEndsMs)];
    };
    expect(dayOf('2026-03-29T12:00Z')).toEqual([
      '2026-03-29T00:00:00.000Z',
      '2026-03-29T23:00:00.000Z',
    ]);
    expect(dayOf('2026-10-25T12:00Z')).toEqual([
      '2026-10-24T23:00:00.000Z',
      '2026-10-26T00:00:00.000Z',
    ]);
  });
});

test.each([
  '19:00-07:00 Europe/London',
  '01:30-05:00 Europe/London',
  '22:10-01:20 Europe/London',
  '09:00-17:00 Australia/Lord_Howe',
  '00:30-00:20 America/St_Johns',
])(
  '%s: the wall shows the hours when it is open, and none in between, over a whole year',
  (text) => {
    const hours = theHours(text);
    const end = Date.parse('2027-01-02T00:00Z');
    const wrong: string[] = [];
    let now = Date.parse('2026-01-01T00:00Z');
    while (now < end) {
      const { opensAtMs, untilMs } = sendingPeriod({ hours }, now);
      const shown = (ms: number, isOpen: boolean): void => {
        if (shows(hours, ms) !== isOpen) wrong.push(iso(ms));
      };
      for (let ms = now; ms < untilMs; ms += 10 * MINUTE_MS) shown(ms, ms >= opensAtMs);
      shown(opensAtMs, true);
      shown(untilMs - 1, true);
      if (opensAtMs > now) shown(opensAtMs - 1, false);
      now = untilMs;
    }
    expect(wrong).toEqual([]);
  },
);

test('a pause is told in words, by the clock of its zone', () => {
  const rules: SendingRules = { hours: theHours('19:00-07:00'), dailyLimit: 50_000 };
  const untilMs = Date.parse('2026-07-01T18:00Z');
  expect(pauseWords({ reason: 'hours', untilMs }, rules)).toBe(
    'waiting for the sending hours until 19:00',
  );
  expect(
    pauseWords({ reason: 'daily-limit', untilMs: Date.parse('2026-07-01T23:00Z') }, rules),
  ).toBe('waiting: daily limit of 50,000 reached, goes on at 00:00');
});

function theHours(text: string): SendingHours {
  const read = parseSendingHours(text);
  if ('fault' in read) throw new Error(read.fault);
  return read;
}

function shows({ fromMinute, toMinute, zone }: SendingHours, atMs: number): boolean {
  const { minute } = wallTime(atMs, zone);
  const isAfter = minute >= fromMinute;
  const isBefore = minute < toMinute;
  return fromMinute < toMinute ? isAfter && isBefore : isAfter || isBefore;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
