import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Certificates, makeCertificates } from '../../src/simulator/certificates.ts';
import type { JournalEntry } from '../../src/simulator/journal.ts';
import type { SimulatorOptions } from '../../src/simulator/simulator-options.ts';
import { type Simulator, startSimulator } from '../../src/simulator/soap-server.ts';
import { asking, faulted, NOON, PEOPLE, post, said } from './request-texts.ts';

const OPERATION = 'verifyNHSNumber';
const RIGHT = asking(OPERATION, { dob: '19670423', nhsNumber: '9990123454' });
let simulator: Simulator;
let entries: JournalEntry[] = [];

async function start(options: Partial<SimulatorOptions> = {}): Promise<string> {
  entries = [];
  const journal = (entry: JournalEntry) => void entries.push(entry);
  simulator = await startSimulator({ population: PEOPLE, now: () => NOON, journal, ...options });
  return simulator.url;
}

afterEach(() => simulator.close());

/** Sends bytes as they are and gives back what comes until the server closes. */
function raw(url: string, bytes: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.setTimeout(3000, () => socket.destroy());
    socket.on('data', (data) => {
      answer += data.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
}

describe('HTTP', () => {
  test('listens on loopback, at the usual path', async () => {
    expect(await start()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/smsp\/pds$/);
  });

  test('another path and host', async () => {
    const url = await start({ host: '::1', path: '/syncsoap' });
    expect(url).toMatch(/^http:\/\/\[::1\]:\d+\/syncsoap$/);
    expect(said((await post(url, RIGHT, OPERATION)).body).code).toBe('SMSP-0000');
  });

  test('all interfaces', async () => {
    const url = await start({ host: '0.0.0.0' });
    expect(url).toMatch(/^http:\/\/localhost:/);
  });

  test('a taken port rejects', async () => {
    const port = Number(new URL(await start()).port);
    await expect(startSimulator({ population: [], port })).rejects.toThrow(/EADDRINUSE/);
  });

  test('a wrong path is a 500 without XML; another method a 405', async () => {
    const url = await start();
    const got = await post(url.replace('/pds', '/scr'), RIGHT, OPERATION);
    expect(got).toMatchObject({ status: 500, body: 'Bad path' });
    expect(got.headers['content-type']).toBe('text/plain');
    const read = await post(url, '', OPERATION, { method: 'GET' });
    expect(read.status).toBe(405);
    expect(read.headers['allow']).toBe('POST');
    expect(entries.map(({ code }) => code)).toEqual(['HTTP-500', 'HTTP-405']);
  });

  test('a query after the path does no harm', async () => {
    expect((await post(`${await start()}?x=1`, RIGHT, OPERATION)).status).toBe(200);
  });

  test('too large a body is a 413', async () => {
    const url = await start({ maxBodyBytes: 10_000 });
    const got = await post(url, RIGHT + ' '.repeat(20_000), OPERATION);
    expect(got.status).toBe(413);
    expect((await post(url, RIGHT, OPERATION)).status).toBe(200);
  });

  test('connections are kept, unless they are not to be', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const kept = await start();
    for (const _ of [1, 2, 3]) {
      const got = await post(kept, RIGHT, OPERATION, { agent });
      expect(got.headers['connection']).toBe('keep-alive');
    }
    agent.destroy();
    await simulator.close();
    const closed = await start({ isKeepAlive: false });
    const other = new Agent({ keepAlive: true });
    expect((await post(closed, RIGHT, OPERATION, { agent: other })).headers['connection']).toBe(
      'close',
    );
    other.destroy();
  });

  test('bodies in chunks, and Expect: 100-continue', async () => {
    const url = await start();
    const headers = {
      SOAPAction: 'urn:nhs-itk:services:201005:verifyNHSNumber-v1-0',
      Expect: '100-continue',
    };
    const status = await new Promise((resolve, reject) => {
      const request = httpRequest(url, { method: 'POST', agent: false, headers }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode));
      });
      request.on('error', reject);
      request.on('continue', () => {
        request.write(RIGHT.slice(0, 1000));
        request.end(RIGHT.slice(1000));
      });
      request.flushHeaders();
    });
    expect(status).toBe(200);
  });

  test('a name beyond ASCII arrives whole', async () => {
    const url = await start({
      population: [{ ...(PEOPLE[0] ?? fail()), familyName: 'Ñandú-Ťest' }],
    });
    const text = asking('getNHSNumber', { dob: '19670423', gender: '2', family: 'ñandú-ťest' });
    expect(said((await post(url, text, 'getNHSNumber')).body).code).toBe('SMSP-0000');
  });

  test('every answer takes at least the latency', async () => {
    const url = await start({ latencyMs: 120 });
    const started = performance.now();
    await post(url, RIGHT, OPERATION);
    expect(performance.now() - started).toBeGreaterThanOrEqual(119);
  });

  test('a client that is too slow is let go', async () => {
    const url = await start({ requestTimeoutMs: 200 });
    const answer = await raw(
      url,
      'POST /smsp/pds HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n<x',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 (400|408)/);
    await expect.poll(() => entries).toMatchObject([{ httpStatus: 0, code: 'aborted' }]);
  });

  test('a client that goes away in the middle is in the journal', async () => {
    const url = await start();
    const { hostname, port } = new URL(url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write('POST /smsp/pds HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n<x', () => {
          setTimeout(() => socket.destroy(), 50);
        });
      });
      socket.on('close', () => resolve());
    });
    await expect.poll(() => entries).toMatchObject([{ httpStatus: 0, code: 'aborted' }]);
  });
});

function fail(): never {
  throw new Error('there is nobody');
}

describe('garbage', () => {
  test('of any kind is answered, and the next request too', async () => {
    const url = await start();
    const pieces = [
      '',
      'hello',
      '<',
      '<a>',
      '\u0000',
      `${'<a>'.repeat(5000)}`,
      '{"a":1}',
      '<a/>',
      '&#0;',
    ];
    for (const text of pieces) {
      const got = await post(url, text, OPERATION);
      expect(got.status).toBe(500);
      expect(faulted(got.body).errorCode).toBe('1000');
    }
    const bytes = await post(url, Buffer.from([0xff, 0xfe, 0x00, 0x80]), OPERATION);
    expect(faulted(bytes.body).errorCode).toBe('1000');
    expect(await raw(url, 'rubbish\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/);
    expect(await raw(url, Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00]))).toMatch(
      /^HTTP\/1\.1 400|^$/,
    );
    expect((await post(url, RIGHT, OPERATION)).status).toBe(200);
  });

  test('right requests with one piece missing are all answered', async () => {
    const strict = await start();
    const lenient = await startSimulator({ population: PEOPLE, now: () => NOON, isStrict: false });
    const request = asking('getPatientDetails', {
      dob: '19670423',
      gender: '2',
      localId: 'x',
      nhsNumber: '9990123454',
      family: 'Test',
      given: 'R',
      postcode: 'ZZ99 3CZ',
    });
    const pieces = request.match(/<[^>]+>|"[^"]*"/g) ?? [];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...pieces),
        fc.constantFrom('', '<x/>', '""', '"*"'),
        async (piece, put) => {
          const text = request.replace(piece, put);
          for (const url of [strict, lenient.url]) {
            const { status, body } = await post(url, text, 'getPatientDetails');
            expect([200, 500]).toContain(status);
            if (status === 500) expect(faulted(body).errorCode).toMatch(/^[123]000$|^2100$/);
            else expect(said(body).code).toMatch(/^(SMSP|DEMOG)-\d{4}$/);
          }
        },
      ),
      { numRuns: 300, seed: 1 },
    );
    await lenient.close();
  });
});

describe('the journal', () => {
  test('has one entry for each request, with nothing about anybody', async () => {
    const clock = { now: NOON };
    const url = await start({ now: () => clock.now });
    await post(url, RIGHT, OPERATION);
    clock.now += 0.25;
    await post(url, RIGHT.replace('</soap:Body>', ''), OPERATION);
    await post(url, RIGHT.replace(/<Person.Name>.*|"19670423"/, '""'), OPERATION);
    expect(entries).toEqual([
      {
        at: NOON,
        operation: OPERATION,
        messageId: '5E0C3A77-12D4-4B0A-9C55-7A1F0B3E6D21',
        question: expect.stringMatching(/^[\w-]{16}$/),
        httpStatus: 200,
        code: 'SMSP-0000',
        reason: undefined,
      },
      {
        at: NOON + 0.25,
        operation: OPERATION,
        messageId: undefined,
        httpStatus: 500,
        code: 'ITK-1000',
        reason: 'the body is not well-formed XML',
      },
      {
        at: NOON + 0.25,
        operation: OPERATION,
        messageId: '5E0C3A77-12D4-4B0A-9C55-7A1F0B3E6D21',
        httpStatus: 200,
        code: 'SMSP-0001',
        reason: expect.stringContaining('DateOfBirth'),
      },
    ]);
  });

  test('tells a question that is asked again from another', async () => {
    const url = await start();
    await post(url, RIGHT, OPERATION);
    await post(url, RIGHT.replace('5E0C3A77', '6E0C3A77'), OPERATION);
    await post(url, RIGHT.replace('19670423', '19670424'), OPERATION);
    const [first, again, other] = entries.map(({ question }) => question);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    expect(other).toMatch(/^[\w-]{16}$/);
  });

  test('holds back a message id that is none', async () => {
    const url = await start();
    await post(url, RIGHT.replace(/5E0C3A77[^<]*/, 'Rowan Testbourne'), OPERATION);
    expect(entries).toMatchObject([{ messageId: undefined, code: 'ITK-1000' }]);
  });

  test('by the real clock has fractions of milliseconds', async () => {
    const url = await start({ now: undefined });
    const before = Date.now();
    for (const _ of [1, 2, 3, 4, 5]) await post(url, RIGHT, OPERATION);
    const times = entries.map(({ at }) => at);
    expect(times.some((at) => at % 1 !== 0)).toBe(true);
    for (const at of times) expect(Math.abs(at - before)).toBeLessThan(5000);
    expect(entries.every(({ code }) => code === 'ITK-1000')).toBe(true);
  });

  test('a journal that throws ends the exchange, not the server', async () => {
    const url = await start({ journal: () => fail() });
    await post(url, RIGHT, OPERATION).catch(() => undefined);
    expect((await post(url, RIGHT, OPERATION).catch(() => 'alive')) !== undefined).toBe(true);
  });
});

test('closing ends requests that wait for an answer', async () => {
  const url = await start({ latencyMs: 60_000 });
  const waiting = post(url, RIGHT, OPERATION);
  const ended = expect(waiting).rejects.toThrow(/hang up|ECONNRESET/);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await simulator.close();
  await ended;
});

describe('mutual TLS', () => {
  let certificates: Certificates;
  let others: Certificates;
  beforeAll(() => {
    certificates = makeCertificates({ hosts: ['simulator.invalid', '192.0.2.1'] });
    others = makeCertificates();
  });
  const startTls = () =>
    start({
      tls: {
        certificate: certificates.server.certificate,
        key: certificates.server.key,
        clientCa: certificates.ca,
      },
    });

  test('answers a client with the right certificate', async () => {
    const url = await startTls();
    expect(url).toMatch(/^https:/);
    const { certificate: cert, key } = certificates.client;
    const got = await post(url, RIGHT, OPERATION, { ca: certificates.ca, cert, key });
    expect(said(got.body).code).toBe('SMSP-0000');
  });

  test('answers a client with the PKCS#12 bundle', async () => {
    const url = await startTls();
    const { pfx, passphrase } = certificates.client;
    const got = await post(url, RIGHT, OPERATION, { ca: certificates.ca, pfx, passphrase });
    expect(said(got.body).code).toBe('SMSP-0000');
  });

  test('refuses a client without a certificate', async () => {
    const url = await startTls();
    await expect(post(url, RIGHT, OPERATION, { ca: certificates.ca })).rejects.toThrow();
    expect(entries).toEqual([]);
  });

  test('refuses a client with a certificate of another authority', async () => {
    const url = await startTls();
    const { certificate: cert, key } = others.client;
    await expect(post(url, RIGHT, OPERATION, { ca: certificates.ca, cert, key })).rejects.toThrow();
    expect(entries).toEqual([]);
  });

  test('is not believed by a client that trusts another authority', async () => {
    const url = await startTls();
    const { certificate: cert, key } = certificates.client;
    await expect(post(url, RIGHT, OPERATION, { ca: others.ca, cert, key })).rejects.toThrow(
      /certificate/,
    );
  });

  test('has the names it was given, and speaks nothing older than TLS 1.2', async () => {
    const url = await startTls();
    const { certificate: cert, key } = certificates.client;
    for (const servername of ['localhost', 'simulator.invalid']) {
      const got = await post(url, RIGHT, OPERATION, { ca: certificates.ca, cert, key, servername });
      expect(got.status).toBe(200);
    }
    const wrong = post(url, RIGHT, OPERATION, {
      ca: certificates.ca,
      cert,
      key,
      servername: 'other.invalid',
    });
    await expect(wrong).rejects.toThrow(/altnames/);
    const old = new Promise((resolve, reject) => {
      const options = {
        ca: certificates.ca,
        cert,
        key,
        maxVersion: 'TLSv1.1',
        minVersion: 'TLSv1',
        ciphers: 'DEFAULT@SECLEVEL=0',
      } as const;
      const socket = tlsConnect(Number(new URL(url).port), '127.0.0.1', options, () =>
        resolve(socket.getProtocol()),
      );
      socket.on('error', reject);
    });
    await expect(old).rejects.toThrow();
  });

  test('survives plain text and hang-ups', async () => {
    const url = await startTls();
    await raw(url, 'POST /smsp/pds HTTP/1.1\r\n\r\n');
    const { certificate: cert, key } = certificates.client;
    expect((await post(url, RIGHT, OPERATION, { ca: certificates.ca, cert, key })).status).toBe(
      200,
    );
  });
});

test('a request that is given up by the client while it waits does no harm', async () => {
  const url = await start({ latencyMs: 200 });
  const request = httpRequest(url, { method: 'POST', agent: false, headers: { SOAPAction: 'x' } });
  request.on('error', () => undefined);
  request.end(RIGHT);
  setTimeout(() => request.destroy(), 50);
  await expect.poll(() => entries).toMatchObject([{ httpStatus: 0, code: 'aborted' }]);
});
