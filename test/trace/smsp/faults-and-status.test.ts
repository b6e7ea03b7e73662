import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../../src/trace/smsp/http-status.ts';
import { readHttpReply } from '../../../src/trace/smsp/smsp-tracer.ts';
import { type Outcome, outcomeOf, shown } from './support/outcome.ts';
import { type FaultParts, faultReply, nhsId, searchReply, subject } from './support/replies.ts';
import { aRequest, MESSAGE_ID, NOW, without } from './support/values.ts';

const SEARCH = without(aRequest({ operation: 'getNHSNumber' }), 'nhsNumber');
const GATEWAY = { detail: '' };
const BUSY = ['BusyError', 'HTTP-503', 30_000];

describe('a fault', () => {
  it.each<[string, number, FaultParts, Outcome]>([
    ['invalid message', 500, {}, ['UnansweredError', 'ITK-1000']],
    ['invalid message, by 200', 200, {}, ['UnansweredError', 'ITK-1000']],
    ['processing error', 500, { itkCode: '2100' }, ['RetryableError', 'ITK-2100', undefined]],
    [
      'the code before the origin',
      500,
      { itkCode: '2200', faultcode: 'soap:Server' },
      ['UnansweredError', 'ITK-2200'],
    ],
    ['access denied', 500, { itkCode: '3000' }, ['FatalError', 'ITK-3000']],
    ['access denied, by 200', 200, { itkCode: ' 3000\n' }, ['FatalError', 'ITK-3000']],
    ['another prefix', 500, { itkCode: '3000', prefix: 'toolkit' }, ['FatalError', 'ITK-3000']],
    [
      'another code, their fault',
      500,
      { itkCode: '2999', faultcode: 'Server' },
      ['RetryableError', 'ITK-2999', 1],
    ],
    [
      'another code, our fault',
      500,
      { itkCode: '2999', faultcode: 'Client' },
      ['UnansweredError', 'ITK-2999'],
    ],
    [
      'a code that is a person',
      500,
      { itkCode: '9990123454' },
      ['UnansweredError', 'ITK-unknown-code'],
    ],
    [
      'no code, their fault',
      500,
      { ...GATEWAY, faultcode: 'SOAP-ENV:Server' },
      ['RetryableError', 'fault-Server', 1],
    ],
    [
      'no code, our fault',
      500,
      { ...GATEWAY, faultcode: 'Client.Auth' },
      ['UnansweredError', 'fault-Client'],
    ],
    [
      'no code, by 200',
      200,
      { ...GATEWAY, faultcode: 'x:Server.Down' },
      ['RetryableError', 'fault-Server', 1],
    ],
    [
      'version',
      500,
      { ...GATEWAY, faultcode: 'soap:VersionMismatch' },
      ['UnansweredError', 'fault-VersionMismatch'],
    ],
    [
      'header',
      500,
      { ...GATEWAY, faultcode: 'soap:MustUnderstand' },
      ['UnansweredError', 'fault-MustUnderstand'],
    ],
    [
      'anything',
      500,
      { ...GATEWAY, faultcode: 'Rowan Testbourne' },
      ['UnansweredError', 'fault-unknown'],
    ],
    ['busy', 503, { itkCode: '2100' }, BUSY],
    ['busy, no code', 503, GATEWAY, BUSY],
    ['busy, another code', 503, { itkCode: '2999' }, BUSY],
    ['busy, but denied', 503, { itkCode: '3000' }, ['FatalError', 'ITK-3000']],
    ['busy, but invalid', 503, {}, ['UnansweredError', 'ITK-1000']],
    ['busy, but not processed', 503, { itkCode: '2200' }, ['UnansweredError', 'ITK-2200']],
    ['too many requests', 429, GATEWAY, ['BusyError', 'HTTP-429', 30_000]],
    ['a gateway that denies', 403, GATEWAY, ['FatalError', 'HTTP-403']],
    [
      'a gateway that waits in vain',
      504,
      { ...GATEWAY, faultcode: 'Client' },
      ['RetryableError', 'HTTP-504', undefined],
    ],
  ])('%s: HTTP %i %j', (_, status, parts, outcome) => {
    expect(outcomeFor(status, faultReply(parts))).toEqual(outcome);
  });

  it.each([500, 200])('comes before a payload beside it: HTTP %i', (status) => {
    const fault = /<soap:Fault>.*<\/soap:Fault>/s.exec(faultReply())?.[0];
    const reply = searchReply().replace('</soap:Body>', `${fault}</soap:Body>`);
    expect(outcomeFor(status, reply)).toEqual(['UnansweredError', 'ITK-1000']);
  });

  it('gives its error id, and none of its text', () => {
    const error = thrownBy(200, faultReply());
    expect(String(error)).toContain('2C9A8B14-6F3D-4C5E-A1B7-0E8D94F35A62');
    expect(shown(error)).not.toMatch(/Rowan|Testbourne|9990123454/);
  });

  it('gives no error id that is not one', () => {
    const reply = faultReply().replace('2C9A8B14-6F3D-4C5E-A1B7-0E8D94F35A62', 'Rowan Testbourne');
    expect(shown(thrownBy(200, reply))).not.toContain('Rowan');
  });
});

describe('an HTTP status', () => {
  const unanswered = (code: string): Outcome => ['UnansweredError', code];
  const fatal = (code: string): Outcome => ['FatalError', code];

  it.each<[number, Outcome]>([
    [201, unanswered('HTTP-201')],
    [202, unanswered('HTTP-202')],
    [204, unanswered('HTTP-204')],
    [301, fatal('HTTP-301')],
    [302, fatal('HTTP-302')],
    [307, fatal('HTTP-307')],
    [400, unanswered('HTTP-400')],
    [401, fatal('HTTP-401')],
    [403, fatal('HTTP-403')],
    [404, fatal('HTTP-404')],
    [405, fatal('HTTP-405')],
    [407, fatal('HTTP-407')],
    [408, ['RetryableError', 'HTTP-408', undefined]],
    [413, unanswered('HTTP-413')],
    [415, fatal('HTTP-415')],
    [422, unanswered('HTTP-422')],
    [429, ['BusyError', 'HTTP-429', 30_000]],
    [500, unanswered('HTTP-500')],
    [501, unanswered('HTTP-501')],
    [502, ['RetryableError', 'HTTP-502', undefined]],
    [503, BUSY],
    [504, ['RetryableError', 'HTTP-504', undefined]],
    [520, ['RetryableError', 'HTTP-520', 1]],
  ])('%i, whatever the body', (status, outcome) => {
    for (const body of ['', 'Bad path', '{"no":1}', '<html><br></html>', '<a/>', searchReply()]) {
      expect(outcomeFor(status, body)).toEqual(outcome);
    }
  });

  it.each(['', ' ', 'OK', '{"no":1}', '<html><br></html>', `${searchReply()}x`])(
    '200 with something else: %j',
    (body) => {
      expect(outcomeFor(200, body)).toEqual(['RetryableError', 'unreadable-reply', undefined]);
    },
  );

  it('200 with a reply', () => {
    expect(outcomeFor(200, searchReply('SMSP-0000', subject(nhsId())))[0]).toBe('value');
  });
});

describe('Retry-After', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['0', 0],
    [' 120 ', 120_000],
    ['900', 900_000],
    ['901', 900_000],
    ['9'.repeat(400), 900_000],
    ['-5', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['2025', 900_000],
    ['Tue, 04 Mar 2025 09:16:00 GMT', 59_211],
    ['Tue, 04 Mar 2025 09:14:00 GMT', 0],
    ['Wed, 04 Mar 2026 09:14:00 GMT', 900_000],
    ['Tue, 99 Mar 2025 09:14:00 GMT', undefined],
    ['2025-03-04T09:16:00Z', undefined],
  ])('%j is %j ms', (header, delay) => {
    expect(retryAfterMs(header, NOW)).toBe(delay);
  });
});

function outcomeFor(status: number, body: string): Outcome {
  return outcomeOf(() => read(status, body));
}

function thrownBy(status: number, body: string): unknown {
  try {
    read(status, body);
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

function read(status: number, body: string) {
  const reply = { status, retryAfter: '30', body: Buffer.from(body) };
  return readHttpReply(reply, SEARCH, { messageId: MESSAGE_ID, now: NOW });
}
