/** What a provider may send that is no reply: each is refused in time, and the next question is answered. */
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createSmspTracer } from '../../../src/trace/smsp/smsp-tracer.ts';
import type { Tracer } from '../../../src/trace/tracer.ts';
import { until } from '../../support/cli.ts';
import { outcomeOfAsync } from './support/outcome.ts';
import { verifyReply } from './support/replies.ts';
import { closeServers, tcpServer } from './support/servers.ts';
import { aRequest, countingIds, MESSAGE_ID, NOW, NUMBER, someSettings } from './support/values.ts';

const TIMEOUT_MS = 1_000;
const MAX_BODY_BYTES = 256 * 1024;
const FOUND = ['value', { answer: { kind: 'found', nhsNumber: NUMBER }, code: 'SMSP-0000' }];
const UNREADABLE = ['RetryableError', 'unreadable-reply', undefined];
/** undici sees the broken head or the end first. */
const BROKEN = ['RetryableError', expect.stringMatching(/^(?:unreadable-reply|reset)$/), undefined];
const NOT_OURS = ['RetryableError', 'unreadable-reply', 1];
const TIMEOUT = ['RetryableError', 'timeout', undefined];
const RESET = ['RetryableError', 'reset', undefined];
const TOO_LARGE = ['RetryableError', 'reply-too-large', 1];
const BODY = verifyReply();
const LENGTH = `Content-Length: ${Buffer.byteLength(BODY)}`;
const CHUNKED = `${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`;

let tracers: Tracer[] = [];

afterEach(async () => {
  await closeServers();
  await Promise.all(tracers.map((tracer) => tracer.close()));
  tracers = [];
});

describe('a response that is read', () => {
  it.each<[string, string]>([
    ['with a length', head(LENGTH) + BODY],
    ['in chunks', head('Transfer-Encoding: chunked') + CHUNKED],
    ['until the end', head('Connection: close') + BODY],
    ['after early hints', `HTTP/1.1 103 Early\r\nLink: <x>\r\n\r\n${head(LENGTH)}${BODY}`],
    [
      'with a trailer, which counts for nothing',
      head('Transfer-Encoding: chunked') +
        CHUNKED.replace('0\r\n\r\n', '0\r\nContent-Type: text/html\r\nRetry-After: 9\r\n\r\n'),
    ],
    [
      'with an extension of a chunk',
      head('Transfer-Encoding: chunked') + CHUNKED.replace('\r', ';a="b"\r'),
    ],
    ['not encoded, it says', head(LENGTH, 'Content-Encoding: identity') + BODY],
  ])('%s', async (_, response) => {
    expect(await askOnce(response)).toEqual(FOUND);
  });
});

describe('a response that is no answer', () => {
  it.each<[string, string | Buffer, readonly unknown[]]>([
    [
      'a switch of protocol',
      'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
      BROKEN,
    ],
    ['a switch with a body', `HTTP/1.1 101 Switching\r\n${LENGTH}\r\n\r\n${BODY}`, BROKEN],
    ['100 without being asked', `HTTP/1.1 100 Continue\r\n\r\n${head(LENGTH)}${BODY}`, RESET],
    ['two lengths that differ', head(LENGTH, 'Content-Length: 5') + BODY, BROKEN],
    ['a length and chunks', head(LENGTH, 'Transfer-Encoding: chunked') + CHUNKED, BROKEN],
    [
      'chunks in chunks',
      head('Transfer-Encoding: chunked', 'Transfer-Encoding: chunked') + CHUNKED,
      NOT_OURS,
    ],
    [
      'another coding of the transfer',
      head('Transfer-Encoding: gzip, chunked') + CHUNKED,
      NOT_OURS,
    ],
    ['a length that is signed', head('Content-Length: +5') + BODY, BROKEN],
    ['a chunk without size', `${head('Transfer-Encoding: chunked')}\r\n${CHUNKED}`, BROKEN],
    [
      'a chunk larger than can be',
      `${head('Transfer-Encoding: chunked')}ffffffffffffffffff\r\n${BODY}`,
      BROKEN,
    ],
    ['a bare line feed in the head', `HTTP/1.1 200 OK\nContent-Length: 0\n\n`, BROKEN],
    ['a line break in a value', head(LENGTH, 'X: a\rRetry-After: 9') + BODY, BROKEN],
    ['a NUL in a value', head(LENGTH, 'X: \0') + BODY, BROKEN],
    ['a blank before the colon', head(LENGTH, 'X : y') + BODY, BROKEN],
    ['another protocol', `HTTP/2 200 OK\r\n${LENGTH}\r\n\r\n${BODY}`, BROKEN],
    ['thousands of headers', head(LENGTH, ...Array(20_000).fill('X: y')) + BODY, BROKEN],
    ['a header without end', head(LENGTH, `X: ${'x'.repeat(1_000_000)}`) + BODY, BROKEN],
    ['HTML', head(LENGTH, 'Content-Type: text/html') + BODY, NOT_OURS],
    ['plain text', head(LENGTH, 'Content-Type: text/plain') + BODY, NOT_OURS],
    ['JSON', head(LENGTH, 'Content-Type: application/json') + BODY, NOT_OURS],
    [
      'two types',
      head(LENGTH, 'Content-Type: text/xml', 'Content-Type: text/html') + BODY,
      NOT_OURS,
    ],
    ['parts', head(LENGTH, 'Content-Type: multipart/related; type="text/xml"') + BODY, NOT_OURS],
    ['no type in its header', head(LENGTH, 'Content-Type:') + BODY, NOT_OURS],
    ['compressed, it says', head(LENGTH, 'Content-Encoding: gzip') + BODY, NOT_OURS],
    ['a bomb of gzip', bomb('Content-Encoding: gzip'), NOT_OURS],
    ['a bomb of gzip that does not say so', bomb(), UNREADABLE],
    [
      'two replies in one body',
      head(`Content-Length: ${2 * BODY.length}`) + BODY + BODY,
      UNREADABLE,
    ],
    ['a body that is shorter than it says', head('Content-Length: 9999') + BODY, RESET],
    ['nothing', '', RESET],
    ['status 204', 'HTTP/1.1 204 None\r\n\r\n', ['UnansweredError', 'HTTP-204']],
    [
      'status 202',
      `HTTP/1.1 202 Accepted\r\n${LENGTH}\r\n\r\n${BODY}`,
      ['UnansweredError', 'HTTP-202'],
    ],
    [
      'a redirect',
      `HTTP/1.1 307 Moved\r\nLocation: /x\r\n${LENGTH}\r\n\r\n${BODY}`,
      ['FatalError', 'HTTP-307'],
    ],
    ['status 999', `HTTP/1.1 999 X\r\n${LENGTH}\r\n\r\n${BODY}`, ['RetryableError', 'HTTP-999', 1]],
  ])('%s', async (_, response, outcome) => {
    expect(await askOnce(response)).toEqual(outcome);
  });
});

describe('a response without end', () => {
  it.each<[string, string, string, readonly unknown[]]>([
    ['of the head, drop by drop', 'HTTP/1.1 200 OK\r\nX: ', 'x', TIMEOUT],
    ['of early statuses', '', 'HTTP/1.1 102 Processing\r\n\r\n', TIMEOUT],
    ['of a body, drop by drop', head('Content-Length: 99999'), ' ', TIMEOUT],
    ['of a chunk’s extension', `${head('Transfer-Encoding: chunked')}1;`, 'x', TIMEOUT],
    ['of a trailer', `${head('Transfer-Encoding: chunked')}0\r\n`, 'X: y\r\n', TIMEOUT],
  ])('%s', async (_, start, drop, outcome) => {
    const result = await ask((socket) => {
      socket.write(start);
      void repeat(socket, drop, 20);
    });
    expect(result).toEqual(outcome);
  });

  it.each<[string, string, string, readonly unknown[]]>([
    ['early statuses', '', 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(1_000), TIMEOUT],
    ['2 GB that are announced', head('Content-Length: 2147483648'), ' '.repeat(65_536), TOO_LARGE],
    ['chunks', head('Transfer-Encoding: chunked'), `10000\r\n${' '.repeat(65_536)}\r\n`, TOO_LARGE],
    [
      'chunks of one byte',
      head('Transfer-Encoding: chunked'),
      '1\r\n \r\n'.repeat(10_000),
      TOO_LARGE,
    ],
    [
      'a trailer',
      `${head('Transfer-Encoding: chunked')}0\r\n`,
      'X: y\r\n'.repeat(10_000),
      UNREADABLE,
    ],
    ['a chunk’s extension', `${head('Transfer-Encoding: chunked')}1;`, 'x'.repeat(65_536), TIMEOUT],
  ])('of %s, as fast as can be: in time, and in little memory', async (_, start, part, outcome) => {
    const before = process.memoryUsage.rss();
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss());
    }, 20);
    const result = await ask((socket) => {
      socket.write(start);
      void flood(socket, part);
    });
    clearInterval(watch);
    expect(result).toEqual(outcome);
    expect(most - before).toBeLessThan(100 * 1024 * 1024);
  });

  it('is cut off at our side too', async () => {
    let closed = false;
    await ask((socket) => {
      socket.on('close', () => {
        closed = true;
      });
      socket.write(head('Content-Length: 99999'));
    });
    await until(() => closed);
  });
});

describe('more than was asked for', () => {
  it('is never the answer to the next question', async () => {
    let connections = 0;
    const second = verifyReply('DEMOG-0022');
    const tracer = await tracerOf((socket) => {
      connections += 1;
      const isFirst = connections === 1;
      socket.once('data', () => {
        socket.write(head(LENGTH) + BODY);
        if (isFirst) socket.write(head(`Content-Length: ${second.length}`) + second);
      });
    });

    expect([await asked(tracer), await asked(tracer)]).toEqual([FOUND, FOUND]);
    expect(connections).toBe(2);
  });
});

/** A response is sent once, then the connection ended; the question after it is answered well. */
function askOnce(response: string | Buffer) {
  return ask((socket) => socket.end(response, 'latin1'));
}

/** The outcome of a question; after it, the same client asks again and is answered. */
async function ask(answer: (socket: Socket) => void) {
  let connections = 0;
  const tracer = await tracerOf((socket) => {
    connections += 1;
    const isFirst = connections === 1;
    socket.once('data', () => {
      if (isFirst) answer(socket);
      else socket.end(head(LENGTH, 'Connection: close') + BODY);
    });
  });
  const start = performance.now();
  const outcome = await asked(tracer);
  expect(performance.now() - start).toBeLessThan(TIMEOUT_MS + 5_000);
  expect(await asked(tracer)).toEqual(FOUND);
  return outcome;
}

function asked(tracer: Tracer) {
  const options = { messageId: MESSAGE_ID, signal: new AbortController().signal };
  return outcomeOfAsync(() => tracer.ask(aRequest(), options));
}

async function tracerOf(onConnection: (socket: Socket) => void): Promise<Tracer> {
  const endpoint = await tcpServer(onConnection);
  const tracer = createSmspTracer(
    someSettings({ endpoint, timeoutMs: TIMEOUT_MS, maxBodyBytes: MAX_BODY_BYTES }),
    { clock: () => NOW, newId: countingIds() },
  );
  tracers.push(tracer);
  return tracer;
}

function head(...headers: readonly string[]): string {
  return `${['HTTP/1.1 200 OK', ...headers].join('\r\n')}\r\n\r\n`;
}

/** 100 MB in 100 KB. */
function bomb(...headers: readonly string[]): Buffer {
  const body = gzipSync(Buffer.alloc(100 * 1024 * 1024, ' '));
  return Buffer.concat([Buffer.from(head(`Content-Length: ${body.length}`, ...headers)), body]);
}

async function repeat(socket: Socket, drop: string, everyMs: number): Promise<void> {
  while (!socket.destroyed) {
    socket.write(drop);
    await delay(everyMs);
  }
}

async function flood(socket: Socket, part: string): Promise<void> {
  while (!socket.destroyed) {
    if (!socket.write(part)) await new Promise((resolve) => setTimeout(resolve, 1));
    await new Promise((resolve) => setImmediate(resolve));
  }
}
