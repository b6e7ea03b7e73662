import { RetryableError } from '../../errors.ts';

/**
 * The bytes of an XML document as text (XML 1.0, appendix F): a byte order mark, the shape of UTF-16,
 * the encoding of the XML declaration, else UTF-8. The charset of a Content-Type is not asked:
 * providers mislabel.
 * Throws RetryableError `unreadable-reply` for bytes that the encoding does not have, for a second
 * byte order mark, and for an encoding that no provider is known to use: a name must not arrive with
 * a character guessed.
 */
export function decodeXml(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  const text = KNOWN.has(encoding.toLowerCase()) ? decoded(bytes, encoding) : undefined;
  if (text === undefined || text.startsWith('\uFEFF')) {
    throw new RetryableError('unreadable-reply', 'the reply is not text in the encoding it names');
  }
  return text;
}

/** ITK is UTF-8; the others occur. Each is ASCII or UTF-16 in its first half. */
const KNOWN = new Set([
  'utf-8',
  'utf8',
  'utf-16le',
  'utf-16be',
  'us-ascii',
  'ascii',
  'iso-8859-1',
  'latin1',
  'iso-8859-15',
  'windows-1252',
]);

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function encodingOf(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  const unicode = UNICODE_STARTS.find(([prefix]) => start.startsWith(prefix));
  return unicode?.[1] ?? declaredEncoding(bytes);
}

const UNICODE_STARTS: readonly (readonly [hex: string, encoding: string])[] = [
  ['efbbbf', 'utf-8'],
  ['fffe', 'utf-16le'],
  ['feff', 'utf-16be'],
  ['3c003f00', 'utf-16le'],
  ['003c003f', 'utf-16be'],
];

const DECLARATION =
  /^<\?xml[ \t\r\n][^>]*?[ \t\r\n]encoding[ \t\r\n]*=[ \t\r\n]*(["'])([A-Za-z0-9._-]+)\1/;

/**
 * A declaration that can be read as ASCII is not UTF-16 even if it says so: .NET writes that when it
 * turns a string into bytes. It is read as UTF-8, which invalid bytes would still fail.
 */
function declaredEncoding(bytes: Uint8Array): string {
  const declared = DECLARATION.exec(Buffer.from(bytes.subarray(0, 200)).toString('latin1'))?.[2];
  return declared === undefined || /^utf-?16/i.test(declared) ? 'utf-8' : declared;
}
