/** From the bytes of a request to its text, by the rules of XML: the HTTP header has no say. */

/**
 * The text; `undefined` when the bytes are not in the encoding they claim. ITK messages are UTF-8
 * without a byte order mark: strict reading refuses anything else, lenient reading takes a byte
 * order mark and any declared encoding that Node knows.
 */
export function decodeBody(body: Uint8Array, isStrict: boolean): string | undefined {
  const declared = declaredEncoding(body);
  if (isStrict && (declared !== 'utf-8' || hasByteOrderMark(body))) return undefined;
  try {
    return decoderOf(declared).decode(body);
  } catch {
    return undefined;
  }
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

/** Throws RangeError for an encoding that is not known. */
function decoderOf(encoding: string): typeof UTF_8 {
  return encoding === 'utf-8' ? UTF_8 : new TextDecoder(encoding, { fatal: true });
}

function declaredEncoding(body: Uint8Array): string {
  const start = Buffer.from(body.subarray(0, 120)).toString('latin1');
  const declaration = /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']/.exec(
    start,
  );
  return (declaration?.[1] ?? 'utf-8').toLowerCase();
}

function hasByteOrderMark(body: Uint8Array): boolean {
  return body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
}
