/** A reply's bytes as a server may send them: framed rightly in several ways, or wrongly. */
import { gzipSync } from 'node:zlib';
import type { Random } from '../random.ts';
import { damageBytes } from './damage-bytes.ts';

export interface Framed {
  /** What is written, in these pieces. */
  readonly pieces: readonly Buffer[];
  /** What happens when all is written. */
  readonly ending: 'keep' | 'end' | 'reset' | 'silence';
}

const TYPES = [
  ...['text/xml', 'text/xml; charset=utf-8', 'application/soap+xml', 'text/xml', 'application/xml'],
  ...[
    'text/html',
    'application/json',
    'multipart/related; type="text/xml"',
    'text/xml, text/html',
    '',
  ],
] as const;

const ODD_HEADERS = [
  ...[
    'Set-Cookie: a=b',
    'X: a\rb',
    'X: a\nHTTP/1.1 200 OK',
    ' folded',
    'X : y',
    'X',
    ': y',
    'X: \0',
  ],
  ...['Transfer-Encoding: chunked', 'Transfer-Encoding: gzip, chunked', 'Content-Length: 5'],
  ...[
    'Content-Length: +5',
    'Content-Length: 0',
    'Content-Type: text/html',
    'Content-Encoding: gzip',
  ],
  ...[
    'Connection: close',
    'Connection: upgrade',
    'Retry-After: 1',
    'Location: http://127.0.0.1:1/',
  ],
  `X: ${'x'.repeat(20_000)}`,
  Array.from({ length: 600 }, (_, at) => `X${at}: y`).join('\r\n'),
] as const;

const STATUS = [
  ...[
    '200 OK',
    '200 OK',
    '200 ',
    '200',
    '202 Accepted',
    '204 No Content',
    '301 Moved',
    '500 Error',
  ],
  ...['503 Busy', '100 Continue', '101 Switching', '0200 OK', '2000 OK', '999 X', '200 O\rK'],
] as const;

export function framed(random: Random, body: Buffer): Framed {
  const whole = random.chance(0.6) ? rightly(random, body) : oddly(random, body);
  const isCut = random.chance(0.02);
  const bytes = isCut ? whole.subarray(0, random.int(whole.length)) : whole;
  const isSelfEnding = !isCut && /\r\n(?:content-length|transfer-encoding):/i.test(headOf(bytes));
  return { pieces: inPieces(random, bytes), ending: afterwards(random, isSelfEnding) };
}

function headOf(bytes: Buffer): string {
  return bytes.subarray(0, 2_000).toString('latin1').split('\r\n\r\n')[0] ?? '';
}

/** Silence is seldom: it costs the whole time-out. */
function afterwards(random: Random, isSelfEnding: boolean): Framed['ending'] {
  if (random.chance(0.002)) return 'silence';
  if (random.chance(0.01)) return 'reset';
  return isSelfEnding && random.chance(0.7) ? 'keep' : 'end';
}

function rightly(random: Random, body: Buffer): Buffer {
  const type = random.chance(0.9) ? 'text/xml' : random.pick(TYPES);
  const early = random.chance(0.05) ? 'HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n' : '';
  const head = `${early}HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\n`;
  switch (random.int(4)) {
    case 0:
      return Buffer.concat([
        Buffer.from(`${head}Transfer-Encoding: chunked\r\n\r\n`),
        chunked(random, body),
      ]);
    case 1:
      return Buffer.concat([Buffer.from(`${head}Connection: close\r\n\r\n`), body]);
    default:
      return Buffer.concat([Buffer.from(`${head}Content-Length: ${body.length}\r\n\r\n`), body]);
  }
}

function oddly(random: Random, body: Buffer): Buffer {
  const good = rightly(random, body);
  const end = good.indexOf('\r\n\r\n');
  const [head, rest] = [good.subarray(0, end).toString('latin1'), good.subarray(end)];
  switch (random.int(9)) {
    case 0:
      return Buffer.concat([damageBytes(random, good.subarray(0, end)), rest]);
    case 1:
      return damageBytes(random, good);
    case 2:
      return Buffer.concat([
        Buffer.from(`${head}\r\n${pickOf(random, ODD_HEADERS)}`, 'latin1'),
        rest,
      ]);
    case 3:
      return Buffer.concat([
        Buffer.from(head.replace(/200 OK$/m, pickOf(random, STATUS)), 'latin1'),
        rest,
      ]);
    case 4:
      return Buffer.concat([
        Buffer.from(head.replaceAll('\r\n', random.pick(['\n', '\r', '\r\n '])), 'latin1'),
        rest,
      ]);
    case 5:
      return Buffer.concat([
        Buffer.from(
          head.replace(
            /Content-Length: (\d+)/,
            (_, length: string) => `Content-Length: ${Number(length) + random.int(40) - 20}`,
          ),
          'latin1',
        ),
        rest,
      ]);
    case 6:
      return Buffer.concat([good, random.chance(0.5) ? good : Buffer.from('\r\n')]);
    case 7:
      return compressed(random, body);
    default:
      return Buffer.concat([
        Buffer.from('HTTP/1.1 102 Processing\r\n\r\n'.repeat(random.int(300))),
        good,
      ]);
  }
}

function compressed(random: Random, body: Buffer): Buffer {
  const sent = random.chance(0.5) ? gzipSync(body) : body;
  const coding = random.pick(['gzip', 'identity', 'br', 'deflate, gzip', 'x']);
  const head = `HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Encoding: ${coding}\r\nContent-Length: ${sent.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), sent]);
}

function chunked(random: Random, body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const part = body.subarray(at, at + 1 + random.int(2_000));
    const extension = random.chance(0.05) ? ';x="y"' : '';
    parts.push(
      Buffer.from(`${part.length.toString(16)}${extension}\r\n`),
      part,
      Buffer.from('\r\n'),
    );
    at += part.length;
  }
  const trailer = random.chance(0.1) ? 'Content-Type: text/html\r\nX: y\r\n' : '';
  return Buffer.concat([...parts, Buffer.from(`0\r\n${trailer}\r\n`)]);
}

function inPieces(random: Random, bytes: Buffer): Buffer[] {
  if (random.chance(0.8)) return [bytes];
  const at = random.int(bytes.length + 1);
  return [bytes.subarray(0, at), bytes.subarray(at)];
}

function pickOf(random: Random, items: readonly string[]): string {
  return items[random.int(items.length)] ?? '';
}
