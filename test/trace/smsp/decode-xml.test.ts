import { describe, expect, it } from 'vitest';
import { decodeXml } from '../../../src/trace/smsp/decode-xml.ts';
import { outcomeOf } from './support/outcome.ts';

const NAME = 'Zoë Ferrão';
const declared = (encoding: string, quote = '"'): string =>
  `<?xml version="1.0" encoding=${quote}${encoding}${quote}?><a>${NAME}</a>`;

describe('decodeXml', () => {
  it.each<[string, string, Buffer]>([
    ['UTF-8 by default', `<a>${NAME}</a>`, utf8(`<a>${NAME}</a>`)],
    ['UTF-8 as declared', declared('utf-8'), utf8(declared('utf-8'))],
    ['UTF-8 with byte order mark', declared('UTF-8'), utf8(`\uFEFF${declared('UTF-8')}`)],
    [
      'the mark before the declaration',
      declared('iso-8859-1'),
      utf8(`\uFEFF${declared('iso-8859-1')}`),
    ],
    ['ISO-8859-1', declared('ISO-8859-1'), Buffer.from(declared('ISO-8859-1'), 'latin1')],
    [
      'single quotes',
      declared('iso-8859-1', "'"),
      Buffer.from(declared('iso-8859-1', "'"), 'latin1'),
    ],
    [
      'US-ASCII with more than that',
      declared('us-ascii'),
      Buffer.from(declared('us-ascii'), 'latin1'),
    ],
    [
      'UTF-16 little endian',
      declared('UTF-16'),
      Buffer.from(`\uFEFF${declared('UTF-16')}`, 'utf16le'),
    ],
    [
      'UTF-16 big endian',
      declared('UTF-16'),
      Buffer.from(`\uFEFF${declared('UTF-16')}`, 'utf16le').swap16(),
    ],
    ['UTF-16 without mark', declared('UTF-16'), Buffer.from(declared('UTF-16'), 'utf16le')],
    [
      'UTF-16 big endian without mark',
      declared('UTF-16'),
      Buffer.from(declared('UTF-16'), 'utf16le').swap16(),
    ],
    ['UTF-8 that is said to be UTF-16', declared('utf-16'), utf8(declared('utf-16'))],
    [
      'an encoding in the text only',
      `<a>encoding="iso-8859-1" ${NAME}</a>`,
      utf8(`<a>encoding="iso-8859-1" ${NAME}</a>`),
    ],
    ['nothing', '', Buffer.alloc(0)],
  ])('%s', (_, text, bytes) => {
    expect(decodeXml(bytes)).toBe(text);
  });

  it('takes the Windows characters that ISO-8859-1 is often given', () => {
    const bytes = Buffer.concat([
      Buffer.from('<?xml version="1.0" encoding="windows-1252"?><a>O'),
      Buffer.of(0x92),
      Buffer.from('Neill</a>'),
    ]);
    expect(decodeXml(bytes)).toContain('O’Neill');
  });

  it.each<[string, Buffer]>([
    ['ISO-8859-1 that does not say so', Buffer.from(`<a>${NAME}</a>`, 'latin1')],
    ['ISO-8859-1 that is said to be UTF-16', Buffer.from(declared('utf-16'), 'latin1')],
    ['UTF-8 cut inside a character', utf8('<a>ë').subarray(0, 4)],
    ['UTF-16 cut inside a character', Buffer.from('\uFEFF<a/>', 'utf16le').subarray(0, 9)],
    ['an encoding nobody knows', utf8(declared('x-nobody'))],
    ['UTF-7', utf8('<?xml version="1.0" encoding="UTF-7"?><a>Zo+AOs-</a>')],
    ['an encoding with states', utf8(declared('iso-2022-jp'))],
    ['an encoding that browsers make of others', utf8(declared('hz-gb-2312'))],
    ['two byte order marks', utf8('\uFEFF\uFEFF<a/>')],
    ['a slash in two bytes', Buffer.from('3c61c0af3e', 'hex')],
    ['half a pair in UTF-8', Buffer.from('3c613eeda0803c2f613e', 'hex')],
    ['half a pair in UTF-16', Buffer.from('\uFEFF<a>\uD800</a>', 'utf16le')],
    ['gzip', Buffer.from('1f8b0800000000000003', 'hex')],
  ])('refuses %s', (_, bytes) => {
    expect(outcomeOf(() => decodeXml(bytes))).toEqual([
      'RetryableError',
      'unreadable-reply',
      undefined,
    ]);
  });
});

function utf8(text: string): Buffer {
  return Buffer.from(text, 'utf8');
}
